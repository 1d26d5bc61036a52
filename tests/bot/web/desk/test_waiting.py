"""Who waits to be confirmed: new accounts, people in the room, guests on no list."""

from datetime import date

import pytest

from bot.desk.workshops.room_codes import make_room_code
from tests.bot.stage import SUVA, Stage
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

WAITING = "/desk/people/waiting"


@pytest.fixture
async def ana(stage: Stage, signed_in: SignIn) -> Window:
    """Ana, in the zone of whose workshop it is the last day."""
    stage.at("2017-12-08 15:00", "Pacific/Fiji")
    return await signed_in()


async def room_of(stage: Stage) -> str:
    """Make the code of the room in Suva."""
    office, day = stage.application.office, date(2017, 12, 8)
    made = await stage.application.transactions.write(
        make_room_code, office, SUVA.code, day, stage.now
    )
    return str(made.code)


async def test_a_new_account_is_approved_after_a_look_at_both(stage: Stage, ana: Window) -> None:
    ada = await stage.joined("Ada Vea")
    other = stage.visitor("Other", "1000")
    await other.types(f"/start {ada.codes[SUVA.code]}")
    await ana.opens(WAITING)
    await ana.follows("Approve … Ada Vea, chat 1000")
    assert "Chat 1000 asks to answer for Ada Vea (P-101), TO." in ana.panel
    await ana.presses("Approve")
    assert ana.note == "P-101 answers from this account now."
    assert "Nobody waits to be confirmed." in ana.text


async def test_what_was_decided_in_chat_meanwhile_is_said(stage: Stage, ana: Window) -> None:
    ada = await stage.joined("Ada Vea")
    for number in ("1000", "1001", "1002"):
        await stage.visitor(number, number).types(f"/start {ada.codes[SUVA.code]}")
    await ana.opens(WAITING)
    await ana.follows("Approve … Ada Vea, chat 1001")
    assert "2 other chats ask too." in ana.panel
    again = Window(ana.client._transport.app)  # type: ignore[attr-defined]
    again.client.cookies = ana.client.cookies
    await again.opens(WAITING)
    await again.presses("Refuse Ada Vea, chat 1000")
    assert again.note.startswith("P-101 is not linked to this account.")
    # One chat less asks: the question is asked again.
    await ana.presses("Approve")
    assert "This has changed since you looked." in ana.errors
    await again.presses("Refuse all who ask for Ada Vea")
    assert again.note == "P-101 is not linked: 2 accounts refused."
    await ana.presses("Approve")
    assert "This was decided already." in ana.errors


async def test_all_on_the_list_are_approved_and_who_came_later_is_not(
    stage: Stage, ana: Window
) -> None:
    people = [await stage.enrol(name) for name in ("Ada Vea", "Ben Qalo", "Chi Lan")]
    code = await room_of(stage)
    for person in people[:2]:
        await person.types(code)
        await person.types(f"P-{person.identifier}")
    await ana.opens(WAITING)
    approve = "Approve 2 on the list … in the room of IPR-OC-2017"
    await ana.follows(approve)
    assert "Ada Vea, Ben Qalo" in ana.panel
    await people[2].types(code)
    await people[2].types("P-103")
    await ana.presses("Approve 2 on the list")
    assert "This has changed since you looked." in ana.errors
    assert "Ada Vea, Ben Qalo, Chi Lan" in ana.panel
    await ana.presses("Approve 3 on the list")
    assert ana.note == "3 people are confirmed in IPR-OC-2017."


async def test_a_guest_on_no_list_is_added_and_removed_or_turned_away(
    stage: Stage, ana: Window
) -> None:
    await stage.enrol("Ada Vea")
    code = await room_of(stage)
    for name, chat in (("Mele <b>", "960"), ("Sione", "961")):
        guest = stage.visitor(name, chat)
        await guest.types(code)
        await guest.types(f"{name}, Tonga")
    await ana.opens(WAITING)
    await ana.presses("Not here Sione")
    assert ana.note.startswith("Sione is not added.")
    await ana.follows("Add … Mele <b>")
    await ana.presses("Add")
    assert ana.note.endswith("is added to the workshop and confirmed.")
    await ana.presses("Remove from IPR-OC-2017")
    assert "is removed from IPR-OC-2017." in ana.note
    assert ana.heading == "Mele <b>"
