"""One case in chat, from a message of its person: moved, set aside, opened again, each with Undo."""

import pytest

from analysis.facts.frames import load
from bot.desk.waves import acts
from storage.office.audit import Act, entries
from tests.bot.participants.test_office_messages import ONE_CHOICE, WRONG
from tests.bot.stage import KASHIWA, SUVA, Person, Stage


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Ada is asked about two workshops, has answered about Suva, and says that it was the wrong one."""
    await stage.publish(ONE_CHOICE)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")
    for _ in range(2):
        await stage.until_next_message()
    asked_first = next(one for one in ada.screen if SUVA.title in one.card.text and one.buttons)
    stage.messenger.latest[ada.identifier] = asked_first
    await ada.taps("Start", "Yes")
    await ada.types(WRONG)
    return ada


async def shown(stage: Stage, workshop: str = SUVA.code) -> Person:
    """Eva sees the case of Ada."""
    eva = stage.visitor("Eva", "901")
    await eva.types("/messages")
    await eva.taps("Cases 1")
    lines = [line.partition(".") for line in eva.text.splitlines()]
    number = next(number for number, _, rest in lines if workshop in rest)
    await eva.taps(f"Case {number}")
    return eva


async def counted_cases(stage: Stage) -> tuple[int, int]:
    """Return how many cases and answers analysis reads."""
    frames = await stage.application.transactions.read(load, None)
    return len(frames.cases), len(frames.answers)


async def test_answers_about_the_wrong_workshop_are_moved_and_moved_back(
    stage: Stage, ada: Person
) -> None:
    eva = await shown(stage)
    await eva.taps(f"Move the answers to {KASHIWA.code}")
    assert eva.sees("This would be done:\n1 answer of IPR-OC-2017 M6 of Ada Vea belong")
    assert await stage.answers(ada, "M6", SUVA) == {"use": "yes"}
    await eva.taps("Do it")
    assert await stage.answers(ada, "M6", SUVA) == {}
    assert await stage.answers(ada, "M6", KASHIWA) == {"use": "yes"}
    assert (await stage.case(ada, "M6", KASHIWA)).completed_at is not None
    before = await stage.case(ada, "M6", SUVA)
    assert (before.completed_at, before.answered, before.started_at) == (None, 0, None)
    await stage.fieldwork_round()
    assert ada.sees(f"Your answers now belong to: {KASHIWA.title}.")
    await eva.taps("Undo")
    assert await stage.answers(ada, "M6", SUVA) == {"use": "yes"}
    assert await stage.answers(ada, "M6", KASHIWA) == {}
    moved = await stage.application.transactions.read(entries)
    about = [one.about for one in moved if one.act is Act.ANSWERS_MOVED]
    assert about == [
        "P-101 IPR-OC-2017 to " + KASHIWA.code,
        f"P-101 {KASHIWA.code} to IPR-OC-2017",
    ]


async def test_answers_do_not_move_onto_others(stage: Stage, ada: Person) -> None:
    eva = await shown(stage)
    move = eva.tap_on(f"Move the answers to {KASHIWA.code}")
    await ada.types("/continue")
    await ada.taps("Not yet")
    await eva.sends(move)
    assert eva.sees("The answers cannot move there any more. Nothing was changed.")
    assert await stage.answers(ada, "M6", KASHIWA) == {"use": "no"}


async def test_a_case_that_is_set_aside_is_in_no_figure_until_it_is_put_back(
    stage: Stage, ada: Person
) -> None:
    assert await counted_cases(stage) == (2, 1)
    eva = await shown(stage)
    await eva.taps("Set it aside", "Set aside: wrong workshop")
    assert eva.sees("IPR-OC-2017 M6 of Ada Vea is set aside: 1 answer in no figure any more.")
    assert await counted_cases(stage) == (1, 0)
    await stage.fieldwork_round()
    aside = "The office has set the questionnaire about Combating counterfeiting"
    assert ada.sees(aside)
    await ada.taps("See or change my answers")
    assert ada.text.startswith(aside)
    await eva.taps("Undo")
    assert await counted_cases(stage) == (2, 1)
    case = await stage.case(ada, "M6", SUVA)
    assert (case.closed_at, case.set_aside_reason) == (None, "")
    await eva.taps("Show the case")
    assert eva.sees("complete, open until Fri 6 July 2018")


async def test_one_case_of_a_closed_wave_is_opened_again_for_a_time(
    stage: Stage, ada: Person
) -> None:
    office = stage.application.office
    await stage.application.transactions.write(
        acts.close_wave, office, KASHIWA.code, "M6", stage.now
    )
    await stage.fieldwork_round()
    eva = await shown(stage, KASHIWA.code)
    await eva.taps("Open it for 14 days", "Do it")
    assert eva.sees("M6 of Ada Vea is open again until Mon 25 June 2018.")
    await stage.fieldwork_round()
    assert ada.sees("until 25 June. Please send /continue.")
    await ada.types("/continue")
    await ada.taps("Not yet")
    assert await stage.answers(ada, "M6", KASHIWA) == {"use": "no"}
    stage.at("2018-06-26 12:00")
    await stage.fieldwork_round()
    case = await stage.case(ada, "M6", KASHIWA)
    assert case.disposition == "complete"
    assert case.closed_at is not None


async def test_opening_one_case_again_is_undone(stage: Stage, ada: Person) -> None:
    office = stage.application.office
    await stage.application.transactions.write(
        acts.close_wave, office, KASHIWA.code, "M6", stage.now
    )
    await stage.fieldwork_round()
    before = await stage.case(ada, "M6", KASHIWA)
    eva = await shown(stage, KASHIWA.code)
    await eva.taps("Open it for 14 days", "Do it", "Undo")
    await stage.fieldwork_round()
    after = await stage.case(ada, "M6", KASHIWA)
    assert (after.disposition, after.disposition_detail) == (
        before.disposition,
        before.disposition_detail,
    )
    await ada.types("/continue")
    assert "use" not in await stage.answers(ada, "M6", KASHIWA)
