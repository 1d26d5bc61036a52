"""The last day in the room: one code for all, each says who they are, and an organiser confirms."""

import pytest
from sqlalchemy import select

from bot.desk.people.person import erase_code
from bot.desk.workshops import room_codes
from storage.database import Conflict
from storage.office.audit import Act, entries
from storage.people.addresses import add_address
from storage.schema import walk_ins
from tests.bot.stage import KASHIWA, Person, Stage
from tests.storage.everything import columns_with, holding

LAST_DAY = "2017-12-08 15:00"
FIJI = "Pacific/Fiji"


async def _made(stage: Stage) -> tuple[Person, str]:
    """Eva makes the room code of Suva in chat, on its last day."""
    stage.at(LAST_DAY, FIJI)
    eva = stage.visitor("Eva", "901")
    await eva.types("/room")
    await eva.taps("Combating", "Make a code for Fri 8 December 2017")
    return eva, eva.text.partition(": ")[2].partition("\n")[0]


async def _listed(stage: Stage) -> Person:
    """Ada is on the list with an e-mail address; her strip of paper is lost."""
    ada = await stage.enrol("Ada Vea")
    given = ("email", "ada@example.org")
    await stage.application.transactions.write(add_address, ada.participant_id, *given, stage.now)
    return ada


async def _acts(stage: Stage) -> list[tuple[str, Act, str]]:
    written = await stage.application.transactions.read(entries)
    return [(one.who, one.act, one.about) for one in written]


async def test_a_guest_in_the_room_is_linked_when_an_organiser_confirms(
    stage: Stage,
) -> None:
    ada = await _listed(stage)
    eva, code = await _made(stage)
    await ada.types(code.lower())
    assert ada.sees("Welcome to the workshop: Combating counterfeiting")
    await ada.types(" Ada@Example.org ")
    assert ada.sees("We are asking the organiser")
    assert "Ada" not in "".join(message.card.text for message in ada.screen)
    await ada.types("/continue")
    assert ada.sees("do not know this chat")
    await stage.fieldwork_round()
    assert "Ada Vea (P-101) is waiting in the room of IPR-OC-2017" in eva.text
    await eva.taps("Show who it is")
    assert eva.sees("1. Ada Vea, TO (P-101), in the room of IPR-OC-2017, chat 101")
    await eva.taps("Approve 1")
    assert eva.sees("Nobody is waiting to be confirmed.")
    await stage.fieldwork_round()
    assert ada.sees("The office has confirmed that it is you.")
    await ada.types("/continue")
    assert ada.sees("Hello Ada Vea.")
    await ada.taps("I agree")
    assert (await stage.enrolment(ada)).consented_at == stage.now
    acts = await _acts(stage)
    assert ("S-901", Act.ROOM_OPENED, "IPR-OC-2017 on 2017-12-08") in acts
    assert ("S-901", Act.ROOM_CONFIRMED, "P-101 IPR-OC-2017") in acts
    # The strip that was lost joins nobody any more.
    cat = stage.visitor("Cat", "960")
    await cat.types(f"/start {ada.codes['IPR-OC-2017']}")
    assert cat.sees("We do not know this code")


async def test_a_refused_guest_stays_a_stranger_and_may_give_the_code_of_a_person(
    stage: Stage,
) -> None:
    ada = await _listed(stage)
    eva, code = await _made(stage)
    await ada.types(f"/start {code}")
    await ada.types("p-101")
    await eva.types("/relink")
    await eva.taps("Refuse 1")
    await stage.fieldwork_round()
    await ada.types("/continue")
    assert ada.sees("do not know this chat")
    assert await stage.application.transactions.read(
        room_codes.room_of_workshop, "IPR-OC-2017", stage.now
    )


async def test_a_guest_learns_no_name_and_guessing_is_slowed(stage: Stage) -> None:
    await _listed(stage)
    await stage.enrol("Kim Lee", "KR", KASHIWA)
    _, code = await _made(stage)
    cat = stage.visitor("Cat", "960")
    await cat.types(code)
    # P-102 is a person, but of another workshop.
    for guess in ("ada@example.com", "P-102", "Ada Vea", "x"):
        await cat.types(guess)
        assert cat.sees("We cannot find this on the list of the workshop.")
    # To send the code of the room again does not help.
    await cat.types(code)
    assert cat.sees("Please wait")
    await cat.types("ada@example.org")
    assert cat.sees("Please wait")
    said = "".join(message.card.text for message in cat.screen)
    assert "Ada" not in said
    assert "Kim" not in said


async def test_a_room_code_works_on_its_day_of_the_host_and_until_it_is_ended(
    stage: Stage,
) -> None:
    ada = await _listed(stage)
    eva, old = await _made(stage)
    await eva.types("/room")
    await eva.taps("Combating", "Make a code for Fri 8 December 2017")
    new = eva.text.partition(": ")[2].partition("\n")[0]
    await ada.types(old)
    assert ada.sees("We do not know this code")
    stage.at("2017-12-08 23:59", FIJI)
    await ada.types(new)
    assert ada.sees("Welcome to the workshop")
    ben = stage.visitor("Ben", "961")
    stage.at("2017-12-09 00:00", FIJI)
    await ben.types(new)
    assert ben.sees("We do not know this code")
    stage.at("2017-12-08 23:59", FIJI)
    await eva.types("/room")
    await eva.taps("Combating", "End the code")
    assert eva.notice == "The room code of IPR-OC-2017 does not work any more."
    # Who was in the room already is a stranger again.
    await ada.types("ada@example.org")
    assert ada.sees("do not know this chat")
    with pytest.raises(Conflict, match="is over in Pacific/Fiji"):
        await stage.application.transactions.write(
            room_codes.make_room_code,
            stage.application.office,
            "IPR-OC-2017",
            stage.now.date().replace(day=7),
            stage.now,
        )


async def test_a_known_chat_needs_no_confirmation(stage: Stage) -> None:
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    kim = await stage.enrol("Kim Lee", "KR", KASHIWA)
    await kim.joins(KASHIWA)
    _, code = await _made(stage)
    await ada.types(f"/start {code}")
    assert ada.sees("I agree")
    await kim.types(f"/start {code}")
    assert kim.sees("registered for another person")


async def test_nothing_is_left_of_a_guest_who_is_erased(stage: Stage) -> None:
    ada = await _listed(stage)
    ada.sender = type(ada.sender)(ada.sender.channel, "123456789")
    eva, code = await _made(stage)
    await ada.types(code)
    await ada.types("P-101")
    await eva.types("/relink")
    await eva.taps("Approve 1")
    await stage.application.transactions.write(
        lambda connection: erase_code(
            connection, stage.application.office, "P-101", stage.now, keep_answers=False
        )
    )
    stage.application.transactions.database.scrub_whole()
    assert holding(stage.application.transactions.database, "123456789") == []


async def test_all_who_wait_in_a_room_are_approved_together(stage: Stage) -> None:
    people = [await stage.enrol(name) for name in ("Ada Vea", "Ben Qalo", "Chi Lan")]
    eva, code = await _made(stage)
    for person in people[:2]:
        await person.types(code)
        await person.types(f"P-{person.identifier}")
    await eva.types("/relink")
    await eva.taps("Approve all 2 in IPR-OC-2017")
    assert eva.sees("Approve 2 people in the room of IPR-OC-2017? Ada Vea, Ben Qalo.")
    late = people[2]
    await late.types(code)
    await late.types(f"P-{late.identifier}")
    await eva.taps("Approve all")
    assert eva.sees("2 people are confirmed in IPR-OC-2017.")
    await eva.taps("Show who waits")
    assert eva.sees("1. Chi Lan, TO (P-103), in the room of IPR-OC-2017")


async def test_a_guest_on_no_list_is_added_by_an_organiser(stage: Stage) -> None:
    told: list[bool] = []
    stage.application.reception.tell_staff = lambda: told.append(True)
    await stage.enrol("Ada Vea")
    eva, code = await _made(stage)
    mele = stage.visitor("Mele", "960")
    await mele.types(code)
    await mele.types("Mele Fonua")
    assert mele.sees(
        "If you are not on the list, please send your name, a comma and your country."
    )
    await mele.types("Mele Fonua, Nowhere")
    assert mele.sees("We do not know this country.")
    await mele.types("Mele Fonua, Tonga")
    assert mele.sees("We are asking the organiser")
    assert told == [True]
    await stage.fieldwork_round()
    assert "Mele Fonua, Tonga, is waiting in the room of IPR-OC-2017" in eva.text
    await eva.taps("Show who it is")
    assert eva.sees("Guest 1. Mele Fonua, TO, in the room of IPR-OC-2017, on no list, chat 960")
    add = eva.tap_on("Add guest 1")
    await eva.sends(add)
    assert eva.sees("is added to the workshop and confirmed.")
    await eva.sends(add)
    assert eva.sees("This was decided already.")
    await stage.fieldwork_round()
    assert mele.sees("The office has confirmed that it is you.")
    await mele.types("/continue")
    assert mele.sees("Hello Mele Fonua.")
    assert any(act is Act.WALK_IN_ADDED for _, act, _ in await _acts(stage))


async def test_a_guest_who_is_refused_is_forgotten(stage: Stage) -> None:
    await stage.enrol("Ada Vea")
    eva, code = await _made(stage)
    mele = stage.visitor("Mele", "123456789")
    mele.sender = type(mele.sender)(mele.sender.channel, "123456789")
    await mele.types(code)
    await mele.types("Mele Fonua, Tonga")
    await stage.fieldwork_round()
    await eva.types("/relink")
    await eva.taps("Refuse guest 1")
    assert eva.sees("Mele Fonua is not added.")
    await mele.types("/continue")
    assert mele.sees("do not know this chat")
    assert await stage.rows(select(walk_ins)) == []
    assert columns_with(stage.application.transactions.database, "Mele") == []
