"""A list that is sent again: new, changed, gone, and what was changed by hand since the last one."""

from collections.abc import Mapping

import pytest

from bot.desk.people.participant_lists import import_participants
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from storage.database import Database
from storage.fieldwork.workshops import put_workshop
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in, set_language
from surveys.problems import BadInput
from tests.bot.desk.people.test_import_undo import HEAD, LIST, NOW, OFFICE
from tests.bot.stage import KASHIWA, SUVA


@pytest.fixture
def ready(office_database: Database) -> Database:
    """A database with two workshops, and the list of one of them."""
    for one in (SUVA, KASHIWA):
        office_database.run(put_workshop, one)
    imports(office_database)
    return office_database


def imports(
    database: Database,
    text: str = LIST,
    answers: Mapping[str, str] | None = None,
    code: str = SUVA.code,
    *,
    dry_run: bool = False,
) -> Imported:
    given = open_list(text.encode(), "people.csv", dry_run, answers)
    return import_participants(database, OFFICE, code, given, NOW)


def speaks(database: Database, name: str) -> str:
    known = database.read(people_in, SUVA.code).values()
    return next(one.language for one in known if one.name == name)


def chooses(database: Database, name: str, language: str) -> None:
    known = database.read(people_in, SUVA.code).values()
    number = next(one.id for one in known if one.name == name)
    database.run(set_language, number, language)


def test_what_was_changed_by_hand_is_kept_and_asked_about(ready: Database) -> None:
    chooses(ready, "Ben Qalo", "fr")
    done = imports(ready)
    (offer,) = done.offers
    assert offer.text == (
        "row 3: the language of Ben Qalo was changed after the last list. "
        "It is fr, and the list says en."
    )
    assert (done.same, speaks(ready, "Ben Qalo")) == (3, "fr")
    assert imports(ready, answers={offer.key: "take"}).changed == 1
    assert speaks(ready, "Ben Qalo") == "en"
    assert imports(ready).offers == ()


def test_a_language_that_a_person_has_chosen_outlives_the_list_of_another_workshop(
    ready: Database,
) -> None:
    chooses(ready, "Mele Fonua", "fr")
    mele = HEAD + "Mele Fonua,TO,mele@example.org,en\n"
    (offer,) = imports(ready, mele, code=KASHIWA.code).offers
    assert offer.key == "row 2 language"
    assert speaks(ready, "Mele Fonua") == "fr"


def test_a_value_that_only_the_list_has_changed_is_corrected(ready: Database) -> None:
    done = imports(ready, LIST.replace("VU,,en", "VU,,fr"))
    assert done.offers == ()
    assert done.changes == ("row 4, Chi Lan: language en > fr.",)
    assert speaks(ready, "Chi Lan") == "fr"


def test_new_changed_and_gone_are_said_before_anything_is_saved(ready: Database) -> None:
    text = LIST.replace("VU,,en", "VU,,fr").replace("Ben Qalo,FJ,,en\n", "Eli Kau,WS,,en\n")
    looked = imports(ready, text, dry_run=True)
    assert looked.changes == ("row 4, Chi Lan: language en > fr.", "New: Eli Kau.")
    assert looked.offers[0].text.startswith("No longer on the list: Ben Qalo. They stay")
    assert speaks(ready, "Chi Lan") == "en"


def test_who_is_gone_stays_without_an_answer_and_leaves_with_one(ready: Database) -> None:
    shorter = LIST.replace("Ben Qalo,FJ,,en\n", "")
    assert imports(ready, shorter).removed == 0
    assert imports(ready, shorter, {"not on the list": "remove"}).removed == 1
    gone = [one for one in ready.read(enrolments_in, SUVA.code) if one.removed_at is not None]
    assert len(gone) == 1
    assert imports(ready, shorter, {"not on the list": "remove"}).nothing_to_do != ""


def test_removing_many_needs_the_answer_that_the_list_is_the_whole_one(ready: Database) -> None:
    alone = HEAD + "Mele Fonua,TO,mele@example.org,en\n"
    done = imports(ready, alone, {"not on the list": "remove"})
    assert (done.removed, done.offers[0].key) == (0, "the list is")
    both = {"not on the list": "remove", "the list is": "whole"}
    assert imports(ready, alone, both).removed == 2


def test_a_list_of_another_role_takes_nobody_off(ready: Database) -> None:
    points = "name,administration,role\nMele Fonua,TO,contact_point\nEli Kau,WS,contact_point\n"
    assert imports(ready, points).offers == ()


def test_a_list_of_the_people_of_another_workshop_is_asked_about_before_anything(
    ready: Database,
) -> None:
    done = imports(ready, code=KASHIWA.code)
    (question,) = done.questions
    assert question.key == "the list is for"
    assert "3 people of the list are in IPR-OC-2017, and few are in RM-2017." in question.text
    with pytest.raises(BadInput, match=r"not for RM-2017\. Import it for IPR-OC-2017"):
        imports(ready, answers={question.key: SUVA.code}, code=KASHIWA.code)
    asked = imports(ready, answers={question.key: KASHIWA.code}, code=KASHIWA.code).questions
    answers = {one.key: one.choices[0].value for one in asked} | {question.key: KASHIWA.code}
    assert imports(ready, answers=answers, code=KASHIWA.code).new == 3
    assert len(ready.read(people_in, KASHIWA.code).keys() | ready.read(people_in, SUVA.code)) == 3
