"""The second reading of own words at the desk: by another member, without what the first released."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk.reports.own_words import TextPlace, own_words, release
from bot.desk.reports.queued_texts import QueuedText
from storage.office.staff import StaffRole
from tests.analysis.builder import CUT_OFF
from tests.bot.web.desk.offices import OFFICE, Desk
from tests.bot.web.desk.window import Window
from tests.bot.web.desk.words import desk_with

PAGE = "/desk/reports/words/second"
TEXTS = [f"We wrote rule number {number} for the whole of the border" for number in range(2)]
SHORTER = "We wrote … for the whole of the border"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The desk of an office that has released two texts, the first one shortened."""
    with desk_with(tmp_path, TEXTS) as desk:
        for one, shorter in zip(await texts(desk), (SHORTER, None), strict=True):
            place = TextPlace(one.case, one.item)
            await desk.transactions.write(release, OFFICE, place, CUT_OFF, shorter)
        yield desk


@pytest.fixture
async def eva(desk: Desk) -> Window:
    return await desk.signs_in("Eva", StaffRole.ORGANISER)


async def texts(desk: Desk) -> list[QueuedText]:
    found = await desk.transactions.read(own_words, (), "", CUT_OFF)
    return sorted(found, key=lambda one: one.text)


async def test_who_releases_the_same_is_the_second_reader_and_that_is_taken_back(
    desk: Desk, eva: Window
) -> None:
    await eva.opens(PAGE)
    assert SHORTER not in eva.text
    await eva.presses("Save, next one", leaving="shorter", shorter=SHORTER)
    assert "two have read it now" in eva.note
    assert [len(one.read_by) for one in await texts(desk)] == [2, 1]
    await eva.presses("Undo")
    assert "waits for a second reader again" in eva.note
    assert [len(one.read_by) for one in await texts(desk)] == [1, 1]


async def test_who_releases_another_text_sees_both_and_chooses(desk: Desk, eva: Window) -> None:
    await eva.opens(PAGE)
    await eva.presses("Save, next one", leaving="whole")
    assert f"First reader: {SHORTER}" in eva.panel
    assert [len(one.read_by) for one in await texts(desk)] == [1, 1]
    await eva.presses("Save", whose="theirs")
    assert [(one.released, len(one.read_by)) for one in await texts(desk)] == [
        (SHORTER, 2),
        (TEXTS[1], 1),
    ]
    await eva.presses("Save, next one", leaving="shorter", shorter=SHORTER)
    await eva.presses("Save", whose="mine")
    assert "another member reads it" in eva.note
    assert [(one.released, len(one.read_by)) for one in await texts(desk)] == [
        (SHORTER, 2),
        (SHORTER, 1),
    ]
    assert "No text waits for you" in eva.text


async def test_a_text_that_the_second_reader_withholds_is_withheld(
    desk: Desk, eva: Window
) -> None:
    await eva.opens(PAGE)
    await eva.presses("Save, next one", leaving="withhold")
    assert "withheld" in eva.note
    assert [one.state for one in await texts(desk)] == ["withheld", "released"]


async def test_nobody_reads_twice(desk: Desk, eva: Window) -> None:
    await eva.opens(PAGE)
    ana = await desk.signs_in("Ana", StaffRole.ORGANISER)
    await ana.opens(PAGE)
    await ana.presses("Save, next one", leaving="shorter", shorter=SHORTER)
    await eva.presses("Save, next one", leaving="shorter", shorter=SHORTER)
    assert "Two members of staff have read this text." in eva.text
    assert [len(one.read_by) for one in await texts(desk)] == [2, 1]
