"""The delegations of a database: who has a seat, what counts, and the headlines by another way."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from analysis.facts.as_of import until
from analysis.facts.responses import responses, with_facts
from analysis.measures.delegations.headlines import FIGURES, Outcome, outcome
from analysis.measures.delegations.reading import delegations
from analysis.measures.delegations.states import State
from analysis.measures.delegations.units import Delegation
from storage.erasure.erasing import erase
from storage.people.enrolments import set_present_administration
from surveys.authoring.packaged import packaged_questionnaire
from tests.analysis.builder import CUT_OFF, Story
from tests.analysis.new_answers import SCOPES, decide, workshops_told_anew
from tests.analysis.recount_delegations import Recount

NEW = {"use_1": "regular", "anchors": "unit", "anchor_status_unit": "new"}
TITLED = NEW | {"title_unit": "Order 45 of 2018"}


def read(
    story: Story, *codes: str, moment: str = "M6", at: datetime = CUT_OFF
) -> tuple[Delegation, ...]:
    frames = until(story.frames(*codes), at)
    return delegations(frames, responses(frames, with_facts(frames)), moment)


def found(story: Story, *codes: str, moment: str = "M6", at: datetime = CUT_OFF) -> Outcome:
    return outcome(read(story, *codes, moment=moment, at=at), moment)


def alone(values: dict[str, str] = TITLED) -> tuple[Story, int, int]:
    """One officer who answered after six months: the story, the enrolment, the case."""
    story = Story().workshop("W")
    person = story.person("W", "FJ")
    return story, person, story.answers(person, "M6", **values)


@pytest.fixture(scope="module")
def told() -> Story:
    return workshops_told_anew()


@pytest.mark.parametrize("moment", ["M6", "M12"])
@pytest.mark.parametrize("scope", SCOPES)
def test_every_headline_is_found_by_a_query_too(
    told: Story, scope: Sequence[str], moment: str
) -> None:
    own = found(told, *scope, moment=moment)
    query = Recount(told.connection, scope, moment)
    for key in FIGURES:
        line = own.headlines[key]
        bounds = line.bounds
        counts = (bounds.yes, bounds.no, bounds.disputed, bounds.not_known)
        assert counts == query.states(key), key
        assert line.replied == query.replied(*next(iter(line.waves.values()))), key
    assert tuple(own.grades.values()) == query.grades()
    assert own.was_there_before == query.row_of_anchors("before")
    assert own.since_not_asked == query.row_of_anchors("in_force")


def test_the_story_has_every_state_and_grade(told: Story) -> None:
    for moment in ("M6", "M12"):
        own = found(told, *SCOPES[-1], moment=moment)
        states = {state for line in own.headlines.values() for state in line.states.values()}
        assert states == set(State)
        assert all(own.grades.values())
        assert own.paper_only
        assert own.stood_before


def test_a_seat_stays_when_its_person_refuses_stops_or_is_erased() -> None:
    story, _, _ = alone()
    refused, silent = (story.person("W", "FJ") for _ in range(2))
    story.set("enrolments", refused, refused_at=CUT_OFF)
    before = found(story, "W").headlines
    erase(story.connection, silent, CUT_OFF, keep_answers=False)
    (one,) = read(story, "W")
    assert len(one.members) == 3
    assert found(story, "W").headlines == before


def test_an_erased_person_leaves_an_empty_seat() -> None:
    story, person, _ = alone()
    erase(story.connection, person, CUT_OFF, keep_answers=False)
    (one,) = read(story, "W")
    assert [member.told for member in one.members] == [{}]


def test_who_did_not_come_has_no_seat() -> None:
    story, person, _ = alone()
    story.set("enrolments", person, removed_at=CUT_OFF, removed_why="did-not-come")
    assert read(story, "W") == ()


def test_a_workshop_counts_once_the_wave_has_opened() -> None:
    story, _, _ = alone()
    assert len(read(story, "W", moment="M6")) == 1
    assert read(story, "W", moment="M12") == ()


def test_who_works_elsewhere_since_says_nothing_of_the_delegation() -> None:
    story, person, _ = alone()
    answered = date(2018, 5, 12)
    for place, day, yes in (
        ("VU", answered + timedelta(days=1), 1),
        ("VU", answered, 0),
        ("FJ", answered, 1),
    ):
        set_present_administration(story.connection, person, place, day)
        assert found(story, "W").headlines["embedded"].bounds.yes == yes


def test_the_word_of_the_office_counts_from_its_day_and_until_the_text_is_changed() -> None:
    story, _, case = alone()

    def grade(at: datetime = CUT_OFF) -> tuple[int, ...]:
        return tuple(found(story, "W", at=at).grades.values())

    assert grade() == (0, 1, 0, 0)
    decide(story, case, "unit", "description", "rejected")
    assert grade() == (1, 0, 0, 0)
    assert grade(datetime(2018, 11, 24, tzinfo=UTC)) == (0, 1, 0, 0)
    decide(story, case, "unit", "description", "undecided")
    assert grade() == (0, 1, 0, 0)
    decide(story, case, "unit", "description", "rejected")
    story.changes(case, "title_unit", "Order 46 of 2018", CUT_OFF)
    assert grade() == (0, 1, 0, 0)


def test_of_two_decisions_about_one_dispute_the_newer_counts() -> None:
    story, _, case = alone()
    other = story.answers(story.person("W", "FJ"), "M6", **NEW)
    story.answers(story.person("W", "FJ"), "M6", anchors="none")

    def state() -> str:
        (one,) = found(story, "W").headlines["embedded"].states.values()
        return str(one)

    assert state() == "disputed"
    for number, decision, expected in (
        (case, "yes", "yes"),
        (other, "no", "no"),
        (case, "undecided", "no"),
        (other, "undecided", "disputed"),
    ):
        decide(story, number, "unit", "dispute", decision)
        assert state() == expected


def test_contact_points_who_hand_over_are_one_seat_and_the_last_answer_counts() -> None:
    story = Story().workshop("W")
    said = {"anchors_new": "unit", "new_status_unit": "new"}
    story.answers(story.person("W", "FJ"), "M12", **said)
    former, later = (story.person("W", "FJ", "contact_point") for _ in range(2))
    story.answers(former, "NCP12", seen_unit="not_in_force")
    story.answers(later, "NCP12", seen_unit="new")
    story.set("enrolments", former, handed_over_at=CUT_OFF)
    (one,) = read(story, "W", moment="M12")
    assert len(one.witnesses) == 1
    assert tuple(found(story, "W", moment="M12").grades.values()) == (0, 0, 1, 0)


@pytest.mark.parametrize(("listed", "asked"), [("unit", True), ("procedure", False)])
def test_what_the_list_before_the_workshop_did_not_have_was_not_asked(
    listed: str, asked: bool
) -> None:
    story = Story().workshop("W")
    form = packaged_questionnaire("PRE").model_copy(update={"version": 1})
    kinds = tuple(one for one in form.choices["anchors"] if one.name in (listed, "none"))
    story.publish(form.model_copy(update={"choices": form.choices | {"anchors": kinds}}))
    person = story.person("W", "FJ")
    story.answers(person, "PRE", exists_today="none")
    story.answers(person, "M6", **NEW)
    assert found(story, "W").before_not_asked == (not asked)
