"""Own words at the desk: one text after the other is released, withheld, left for later, taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk.reports.own_words import own_words
from storage.database import Database
from storage.office.staff import StaffRole
from tests.analysis.builder import CUT_OFF
from tests.analysis.quoting import told
from tests.bot.web.desk.offices import Desk
from tests.bot.web.desk.window import Window

PAGE = "/desk/reports/words"
TEXTS = [f"We wrote rule number {number} for the whole of the border" for number in range(9)]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The desk of an office whose participants wrote nine texts."""
    url = f"sqlite:///{tmp_path / 'words.sqlite3'}"
    story, _ = told(TEXTS, url=url)
    story.connection.commit()
    desk = Desk(Database(url))
    desk.now = CUT_OFF
    yield desk
    desk.transactions.close()
    story.connection.close()


@pytest.fixture
async def ana(desk: Desk) -> Window:
    return await desk.signs_in("Ana", StaffRole.ORGANISER)


def text_of(window: Window) -> str:
    return str(window.tree.xpath("//blockquote")[0].text)


async def states(desk: Desk) -> dict[str, str]:
    found = await desk.transactions.read(own_words, (), "", CUT_OFF)
    return {one.text: one.released or one.state for one in found}


async def test_texts_are_released_shortened_and_withheld_and_each_is_taken_back(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(PAGE)
    first = text_of(ana)
    await ana.presses("Release", shorter="We wrote … for the whole of the border")
    assert ana.note.startswith("Released. Case ")
    assert (await states(desk))[first] == "We wrote … for the whole of the border"
    second = text_of(ana)
    assert second != first
    await ana.presses("Withhold")
    assert (await states(desk))[second] == "withheld"
    await ana.presses("Undo")
    assert (await states(desk))[second] == "unread"
    assert text_of(ana) == second


async def test_what_is_left_for_later_stays_behind_while_others_are_decided(ana: Window) -> None:
    await ana.opens(PAGE)
    first = text_of(ana)
    await ana.follows("Later")
    second = text_of(ana)
    await ana.presses("Withhold")
    assert text_of(ana) not in (first, second)
    await ana.follows("Later")
    await ana.presses("Release")
    assert text_of(ana) not in (first, second)
    assert len(ana.path) < 100


async def test_after_the_last_text_the_first_one_comes_again(desk: Desk, ana: Window) -> None:
    found = await desk.transactions.read(own_words, (), "unread", CUT_OFF)
    await ana.opens(f"{PAGE}?after={found[-1].case}.{found[-1].item}")
    assert text_of(ana) == found[0].text
    await ana.opens(f"{PAGE}?after={found[4].case}.{found[4].item}")
    assert text_of(ana) == found[5].text
    await ana.opens(f"{PAGE}?after=gone")
    assert text_of(ana) == found[0].text
