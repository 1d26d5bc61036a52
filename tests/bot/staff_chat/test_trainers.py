"""The copy for the trainers of a workshop, as an organiser gets it in chat.

Drawing a page takes most of a second.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk.reports.report_status import get_status
from bot.messaging.messages import Button, Card, Say
from bot.staff_chat.reports import SURVEYS
from bot.staff_chat.trainers import COPY, TAKE_BACK
from storage.office.staff import StaffRole
from tests.analysis.builder import PLACES
from tests.bot.staff_chat.test_reports import Manager

BEFORE = datetime(2017, 11, 3, 10, tzinfo=UTC)
OVER = datetime(2017, 11, 2, tzinfo=UTC)
AFTER = datetime(2017, 11, 11, 10, tzinfo=UTC)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Manager]:
    office = Manager(tmp_path)
    office.now = BEFORE
    for place in PLACES[:12]:
        who = office.story.person("TFA", place)
        office.story.answers(who, "PRE", needs="rules" if place < "IN" else "data")
    yield office
    office.transactions.close()
    office.story.close()


def opened(office: Manager, role: StaffRole = StaffRole.ORGANISER, over: bool = True) -> Manager:
    if over:
        office.story.set("waves", office.story.wave("TFA", "PRE"), closed_at=OVER)
    office.open(role)
    return office


def buttons(card: Card) -> dict[str, Button]:
    return {button.text: button for row in card.rows for button in row}


async def result(office: Manager) -> Card:
    report = (await office.report()).says[0].card
    surveys = (await office.tap(buttons(report)[SURVEYS])).says[0].card
    return (await office.tap(buttons(surveys)["PRE"])).says[0].card


async def said(office: Manager, button: Button) -> Say:
    return (await office.tap(button)).says[0]


async def test_the_copy_is_made_with_its_undo_and_made_once(office: Manager) -> None:
    button = buttons(await result(opened(office)))[COPY]
    first = await said(office, button)
    assert first.file is not None
    assert (first.file.name, first.file.content[:4]) == ("TFA-PRE-trainer.pdf", b"%PDF")
    assert "version 1" in first.card.text
    again = await said(office, button)
    assert again.file is not None
    assert again.file.content == first.file.content
    assert not again.card.rows, "nothing new was made, so there is nothing to take back"
    undo = buttons(first.card)[TAKE_BACK]
    assert (
        "TFA/PRE is a draft. Whoever has the file keeps it."
        in (await said(office, undo)).card.text
    )
    assert "Nothing was changed." in (await said(office, undo)).card.text
    stood = office.transactions.database.read(get_status, "TFA/PRE")
    assert (stood.report_status.status, stood.report_status.version) == ("draft", 2)


async def test_a_later_version_is_not_taken_back_by_an_older_button(office: Manager) -> None:
    button = buttons(await result(opened(office)))[COPY]
    undo = buttons((await said(office, button)).card)[TAKE_BACK]
    await said(office, undo)
    await said(office, button)
    assert "TFA/PRE has version 2 by now" in (await said(office, undo)).card.text


async def test_while_the_survey_is_open_the_copy_waits_and_says_until_when(
    office: Manager,
) -> None:
    button = buttons(await result(opened(office, over=False)))[COPY]
    told = await said(office, button)
    assert told.file is None
    assert "TFA PRE is open until 13 November 2017." in told.card.text
    stood = office.transactions.database.read(get_status, "TFA/PRE")
    assert not stood.report_status.published


async def test_a_manager_gets_no_button(office: Manager) -> None:
    assert COPY not in buttons(await result(opened(office, StaffRole.MANAGER)))


async def test_after_the_workshop_there_is_no_copy_any_more(office: Manager) -> None:
    button = buttons(await result(opened(office)))[COPY]
    office.now = AFTER
    assert "ended on 10 November 2017" in (await said(office, button)).card.text
    assert COPY not in buttons(await result(office))
