"""What the office does next, decided in chat below the picture of a report."""

from pathlib import Path

import pytest

from bot.desk.reports.next_steps import release
from bot.desk.reports.steps import StepPlace
from bot.messaging.messages import Button, Reply
from bot.staff_chat.next_steps import LABEL
from storage.office.staff import StaffRole
from tests.analysis.builder import PLACES
from tests.bot.staff_chat.test_reports import Manager


@pytest.fixture
def organiser(tmp_path: Path) -> Manager:
    """An organiser's chat; one of six people has not answered."""
    made = Manager(tmp_path)
    for number, place in enumerate(PLACES[:6]):
        person = made.story.person("TFA", place)
        if number:
            made.story.answers(person, "M6", use_1="tried")
        else:
            made.story.silent(person, "M6")
    made.open(StaffRole.ORGANISER)
    return made


def button(reply: Reply, label: str) -> Button:
    cards = (say.card for say in reply.says)
    return next(one for card in cards for row in card.rows for one in row if one.text == label)


async def test_a_step_that_no_longer_applies_is_taken_back_in_chat(organiser: Manager) -> None:
    database, place = organiser.transactions.database, StepPlace("TFA", "help")
    database.run(release, organiser.office, place, organiser.now)
    shown = await organiser.tap(button(await organiser.report(), LABEL))
    assert "(Programme manager) – no longer applies by rule; still told outside" in (
        shown.says[0].card.text
    )
    back = await organiser.tap(button(shown, "Take back: help"))
    assert "For the office alone." in back.says[0].card.text
    assert "still told outside" not in back.says[1].card.text


async def test_a_step_is_released_dropped_and_taken_back_in_chat(organiser: Manager) -> None:
    shown = await organiser.tap(button(await organiser.report(), LABEL))
    assert shown.says[0].card.text.splitlines()[2] == (
        "silent: 1 · No reply or not reachable: call their contact points. (Organiser) – for the office"
    )
    released = await organiser.tap(button(shown, "Release: silent"))
    assert "Released, without its count" in released.says[0].card.text
    assert "released to readers outside" in released.says[1].card.text
    dropped = await organiser.tap(button(released, "Drop: silent"))
    assert "– dropped" in dropped.says[1].card.text
    late = await organiser.tap(button(released, "Undo"))
    assert "was changed since" in late.says[0].card.text
    back = await organiser.tap(button(dropped, "Undo"))
    assert "is as it was before. Released" in back.says[0].card.text
    kept = await organiser.tap(button(dropped, "Keep for the office: silent"))
    assert "For the office alone." in kept.says[0].card.text
