"""Buttons and forms that nobody was shown: no answer of anybody else changes, and nothing breaks."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messaging.messages import Tapped
from bot.messaging.tokens import Action, read_token, token
from storage.schema import answers, cases, enrolments
from tests.bot.stage import Person, Stage
from tests.bot.web.browser import Browser
from tests.bot.web.conftest import Opening

NUMBERS = st.lists(st.integers(0, 60) | st.integers(0, 2**70), max_size=4)
MADE_UP = st.builds(
    lambda act, some: token(act, *some), st.sampled_from(list(Action)), st.just(())
)
WILD = st.builds(
    lambda act, some: f"1{act}" + ".".join(str(one) for one in some),
    st.sampled_from([str(act) for act in Action]) | st.characters(),
    NUMBERS,
)
BOUNDED = settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@BOUNDED
@given(text=st.text(max_size=70) | WILD)
def test_a_token_is_read_as_it_was_written_or_not_at_all(text: str) -> None:
    found = read_token(text)
    assert found is None or read_token(token(found.action, *found.numbers)) == found


async def _asked(stage: Stage) -> tuple[Person, Person]:
    """Ada and Ben before the first question; made once, whatever is tried on them."""
    if not stage.people:
        ada, ben = await stage.joined("Ada Vea"), await stage.joined("Ben Qalo")
        await stage.opens("M6", "2018-06-08 10:00")
        stage.at("2018-06-08 11:29")
        await stage.fieldwork_round()
        return ada, ben
    ada, ben = stage.people.values()
    return ada, ben


async def _stored(stage: Stage, person: Person) -> list[object]:
    case = await stage.case_of(person, "M6")
    mine = person.enrolments["IPR-OC-2017"].id
    return [
        *await stage.rows(answers.select().where(answers.c.case_id == case)),
        *await stage.rows(cases.select().where(cases.c.id == case)),
        *await stage.rows(enrolments.select().where(enrolments.c.id == mine)),
    ]


@BOUNDED
@given(data=WILD | MADE_UP | st.text(max_size=64))
async def test_taps_that_no_card_has_leave_other_people_alone(stage: Stage, data: str) -> None:
    ada, ben = await _asked(stage)
    before = await _stored(stage, ben)
    await stage.application.reception.receive(Tapped(ada.sender, data, "1"))
    assert await _stored(stage, ben) == before


FIELDS = st.sampled_from(["case", "item", "value", "tap", "language", "x"])
VALUES = st.text(max_size=30) | WILD | st.sampled_from(["1", "2", "0", "-1", "same", "9" * 30])


@BOUNDED
@given(sent=st.lists(st.tuples(FIELDS, VALUES), max_size=5))
async def test_forms_with_anything_in_them_are_answered_calmly_and_leave_others_alone(
    stage: Stage, browser: Opening, sent: list[tuple[str, str]]
) -> None:
    ada, ben = await _asked(stage)
    before = await _stored(stage, ben)
    window: Browser = await browser(ada)
    await window.sends(sent)
    assert window.answer.status_code in (200, 303, 400, 422, 429)
    assert await _stored(stage, ben) == before
