"""The copies for the trainers at the desk: when there are any, how one is got and taken back.

The first takes a second: it draws a page.
"""

import pytest

from bot.desk.waves import acts
from storage.office.staff import StaffRole
from tests.bot.stage import SUVA, Person, Stage
from tests.bot.web.desk.conftest import SignIn

PAGE = f"/desk/reports/{SUVA.code}/trainers"


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Somebody who is asked before the workshop."""
    stage.at("2017-11-14 10:00")
    ada = await stage.joined("Ada Vea")
    await wave(stage, "open")
    stage.at("2017-11-14 11:00")
    return ada


async def wave(stage: Stage, what: str) -> None:
    act = {"open": acts.open_wave, "close": acts.close_wave}[what]
    working = stage.application
    await working.transactions.write(act, working.office, SUVA.code, "PRE", stage.now)


async def test_a_copy_is_got_with_its_undo_once_the_survey_is_over(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    await wave(stage, "close")
    ana = await signed_in()
    await ana.opens(PAGE)
    assert "Over; no copy was made" in ana.text
    await ana.presses("Get the copy of PRE")
    assert "IPR-OC-2017, PRE, version 1, is ready." in ana.note
    assert "Get the file" in ana.buttons
    await ana.presses("Undo")
    assert "Taken back: IPR-OC-2017/PRE is a draft." in ana.note
    await ana.opens(PAGE)
    assert "Over; no copy was made" in ana.text


async def test_while_the_survey_is_open_there_is_no_button(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    ana = await signed_in()
    await ana.opens(f"/desk/reports/{SUVA.code}")
    await ana.follows("Copies for the trainers")
    assert "Open until" in ana.text
    assert "Get the copy of PRE" not in ana.buttons


async def test_after_the_workshop_the_copies_have_ended(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    await wave(stage, "close")
    stage.at("2017-12-11 10:00")
    ana = await signed_in()
    await ana.opens(PAGE)
    assert "The workshop ended on" in ana.text
    assert "Get the copy of PRE" not in ana.buttons
    max_ = await signed_in(StaffRole.MANAGER, "Max")
    await max_.opens(f"/desk/reports/{SUVA.code}")
    assert "Copies for the trainers" not in max_.links
