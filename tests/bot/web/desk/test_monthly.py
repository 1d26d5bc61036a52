"""The monthly message at the desk: switched on and off at once, each with its Undo."""

from bot.web.desk.pages.monthly import ADDRESS
from storage.office.staff import StaffRole
from tests.bot.stage import Stage
from tests.bot.web.desk.conftest import SignIn

PAGE = f"/desk{ADDRESS}"


async def test_a_manager_switches_it_on_reads_it_and_stops_it(
    stage: Stage, signed_in: SignIn
) -> None:
    max_ = await signed_in(StaffRole.MANAGER, "Max")
    await max_.follows("The monthly message")
    assert "It is not sent to you." in max_.text and "Send it by e-mail" not in max_.buttons
    await max_.presses("Send it in chat")
    assert max_.note.startswith("The monthly message is sent in chat, on the first working day")
    await max_.presses("Undo")
    assert "It is not sent to you." in max_.text
    await max_.presses("Send it in chat")
    await max_.follows("What it says about October 2017")
    assert "No wave opened or closed, and none is open." in max_.text
    await max_.presses("Stop it")
    assert max_.note == "No monthly message is sent."
