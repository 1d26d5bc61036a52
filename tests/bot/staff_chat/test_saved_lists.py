"""A list that was saved by mistake is undone, or moved to the right workshop, within two taps."""

import pytest

from bot.desk.people.enrolments import list_people
from bot.messaging.messages import Uploaded
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in
from tests.bot.stage import KASHIWA, SUVA, Person, Stage

HEAD = "name,administration,email\n"
LIST = HEAD + "Mele Fonua,TO,mele@example.org\nBen Qalo,FJ,\nChi Lan,VU,\nDan Roa,PG,\n"
IN_SUVA = f"{SUVA.title}, Suva, Mon 4 December 2017"
IN_KASHIWA = f"{KASHIWA.title}, Kashiwa, Mon 4 December 2017"


@pytest.fixture
async def eva(stage: Stage) -> Person:
    """Eva, an organiser; two workshops are known."""
    stage.at("2018-01-07 12:00")
    for one in (SUVA, KASHIWA):
        await stage.workshop(one)
    return stage.visitor("Eva", "901")


async def sends(person: Person, text: str, workshop: str = IN_SUVA) -> None:
    await person.sends(Uploaded(person.sender, "people.csv", text.encode()))
    await person.taps(workshop)


async def names(stage: Stage, code: str = SUVA.code) -> list[str]:
    known = await stage.application.transactions.read(people_in, code)
    here = await stage.application.transactions.read(enrolments_in, code)
    return [known[one.participant_id].name for one in here if one.removed_at is None]


async def test_a_wrong_list_is_undone_with_one_tap_and_saved_again_with_another(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, LIST)
    await eva.taps("Save 4")
    assert eva.labels == ["Undo", "To another workshop …"]
    undo = eva.tap_on("Undo")
    await eva.taps("Undo")
    assert eva.text == "Import 1 of IPR-OC-2017 is undone: 4 people, 0 values."
    assert await names(stage) == []
    await eva.sends(undo)
    assert "Import 1 is undone already. Nothing was changed." in eva.text
    await eva.taps("Save again")
    assert len(await names(stage)) == 4
    assert eva.labels == ["Undo", "To another workshop …"]


async def test_a_list_for_the_wrong_workshop_is_moved_with_two_taps(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, LIST)
    await eva.taps("Save 4", "To another workshop …")
    assert eva.labels == [IN_KASHIWA]
    await eva.taps(IN_KASHIWA)
    moved, *follows = eva.text.splitlines()
    assert moved == "4 people of import 1 moved from IPR-OC-2017 to RM-2017."
    assert any(line.startswith("M6: from Fri 8 June 2018") for line in follows)
    assert await names(stage) == []
    assert len(await names(stage, KASHIWA.code)) == 4
    await eva.taps("Undo")
    assert await names(stage, KASHIWA.code) == []


async def test_a_list_whose_people_are_in_another_workshop_is_asked_about_first(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, LIST)
    await eva.taps("Save 4")
    await sends(eva, LIST, IN_KASHIWA)
    assert "4 people of the list are in IPR-OC-2017, and few are in RM-2017." in eva.text
    await eva.taps("the list is for: No, for IPR-OC-2017")
    assert "Same as saved today, 06:00 in Bangkok, by" in eva.text
    assert not any(label.startswith("Save") for label in eva.labels)
    assert await names(stage, KASHIWA.code) == []


async def test_who_is_not_on_the_list_any_more_stays_unless_removed(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, LIST)
    await eva.taps("Save 4")
    shorter = LIST.replace("Dan Roa,PG,\n", "").replace(
        "Ben Qalo,FJ,", "Ben Qalo,FJ,ben@example.org"
    )
    await sends(eva, shorter)
    assert "row 3, Ben Qalo: email none > b…@example.org." in eva.text
    assert "No longer on the list: Dan Roa. They stay in the workshop." in eva.text
    assert "not on the list: Keep them" in eva.labels
    await eva.taps("not on the list: Remove 1 person")
    assert "1 corrected, 1 removed, 2 as before." in eva.text
    await eva.taps("Save 3")
    assert await names(stage) == ["Mele Fonua", "Ben Qalo", "Chi Lan"]
    await eva.taps("Undo")
    assert await names(stage) == ["Mele Fonua", "Ben Qalo", "Chi Lan", "Dan Roa"]


async def test_a_short_list_is_first_asked_whether_it_is_the_whole_one(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, LIST)
    await eva.taps("Save 4")
    await sends(eva, HEAD + "Mele Fonua,TO,mele@example.org\nEli Kau,WS,\n")
    assert "Is this the whole list, or only additions?" in eva.text
    assert "the list is: Only additions" in eva.labels
    await eva.taps("the list is: The whole list", "not on the list: Remove 3 people", "Save 2")
    assert await names(stage) == ["Mele Fonua", "Eli Kau"]


async def test_one_mailbox_of_two_officers_is_asked_about_with_buttons(
    stage: Stage, eva: Person
) -> None:
    await sends(eva, LIST)
    await eva.taps("Save 4")
    await sends(eva, HEAD + "Sione Tupou,TO,mele@example.org\n")
    assert "Sione Tupou (TO) may be Mele Fonua (P-" in eva.text
    await eva.taps("row 2 is: Another person")
    await eva.taps("Save 1")
    found = await stage.application.transactions.read(
        list_people, stage.application.office, SUVA.code
    )
    assert {one.name for one in found} >= {"Mele Fonua", "Sione Tupou"}


async def test_a_wrong_calendar_is_undone_with_one_tap(stage: Stage, eva: Person) -> None:
    calendar = "code,title,starts_on,ends_on,city,country\nA,First,2018-02-05,2018-02-09,Suva,FJ\n"
    await eva.sends(Uploaded(eva.sender, "calendar.csv", calendar.encode()))
    await eva.taps("Save 1")
    assert eva.labels == ["Undo"]
    await eva.taps("Undo")
    assert eva.text == "Calendar 1 is undone: 1 workshop."
    await eva.taps("Save again")
    assert eva.text == "Calendar 1 is saved again: 1 workshop."
