"""Undo of an import: whom nothing reached and what nobody changed since; the rest is named."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.desk.people.import_list import list_imports
from bot.desk.people.import_undo import Undone, move_import, redo_import, undo_import
from bot.desk.people.participant_lists import import_participants
from bot.desk.people.removing import remove_person, restore_person
from bot.fieldwork.planned_waves import WaveNow, waves_now
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.erasure.erasing import erase
from storage.erasure.merging import merge
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.office.audit import Act, entries
from storage.people.addresses import addresses_of, forget_addresses
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in, set_language
from storage.schema import enrolments
from surveys.people import Participant, RemovalReason, Role
from surveys.planning.plans_file import packaged_plans
from surveys.planning.wave_states import WaveState
from tests.bot.fieldwork_world import utc
from tests.bot.stage import KASHIWA, SUVA
from tests.storage.everything import columns_with

NOW = utc("2018-01-10T10:12")
LATER = NOW + timedelta(hours=1)
OFFICE = Office(Rules(packaged_plans(), ("demo", "email")))
HEAD = "name,administration,email,language\n"
LIST = HEAD + "Mele Fonua,TO,mele@example.org,en\nBen Qalo,FJ,,en\nChi Lan,VU,,en\n"
CODE = SUVA.code


@pytest.fixture
def ready(office_database: Database) -> Database:
    """A database with two workshops."""
    for one in (SUVA, KASHIWA):
        office_database.run(put_workshop, one)
    return office_database


def imports(
    database: Database, text: str = LIST, answers: Mapping[str, str] | None = None
) -> Imported:
    given = open_list(text.encode(), "people of Suva.CSV", answers=answers)
    return import_participants(database, OFFICE, CODE, given, NOW)


def undo(database: Database, number: int = 0) -> Undone:
    return database.run(undo_import, OFFICE, CODE, number, LATER)


def names(database: Database, code: str = CODE) -> list[str]:
    known = database.read(people_in, code)
    here = [one for one in database.read(enrolments_in, code) if one.removed_at is None]
    return [known[one.participant_id].name for one in here]


def person(database: Database, name: str) -> Participant:
    return next(one for one in database.read(people_in, CODE).values() if one.name == name)


def agrees(database: Database, name: str) -> None:
    mine = enrolments.c.participant_id == person(database, name).id
    database.run(lambda c: c.execute(update(enrolments).where(mine).values(consented_at=NOW)))


def email(database: Database, name: str) -> list[str]:
    known = database.read(addresses_of, person(database, name).id)
    return [one.identifier for one in known]


def test_a_whole_import_is_undone_and_saved_again(ready: Database) -> None:
    number = imports(ready).number
    done = undo(ready)
    assert (done.number, done.people, done.values, done.left) == (number, 3, 0, ())
    assert names(ready) == []
    with pytest.raises(Conflict, match="is undone already"):
        undo(ready, number)
    again = ready.run(redo_import, OFFICE, CODE, number, LATER)
    assert (again.people, again.left) == (3, ())
    assert names(ready) == ["Mele Fonua", "Ben Qalo", "Chi Lan"]
    with pytest.raises(Conflict, match="is not undone"):
        ready.run(redo_import, OFFICE, CODE, number, LATER)
    assert undo(ready).people == 3


def test_who_has_answered_stays_and_is_named_with_the_way_to_remove(ready: Database) -> None:
    imports(ready)
    agrees(ready, "Ben Qalo")
    done = undo(ready)
    code = person(ready, "Ben Qalo").code
    assert done.people == 2
    assert done.left == (
        f"Ben Qalo ({code}) stays: has a message or has answered. "
        f"`followup participant remove {CODE} {code} --why wrong-list` removes the person.",
    )
    assert names(ready) == ["Ben Qalo"]


def test_values_go_back_unless_somebody_has_changed_them_since(ready: Database) -> None:
    imports(ready)
    corrected = (
        LIST.replace("mele@", "fonua@").replace("FJ,,en", "FJ,,fr").replace("VU,,en", "VU,,fr")
    )
    asked = imports(ready, corrected).questions
    number = imports(ready, corrected, {asked[0].key: asked[0].choices[0].value}).number
    assert email(ready, "Mele Fonua") == ["fonua@example.org"]
    ready.run(set_language, person(ready, "Ben Qalo").id, "th")
    done = undo(ready)
    assert (done.number, done.people, done.values) == (number, 0, 2)
    (left,) = done.left
    assert left.startswith("The language of Ben Qalo (P-")
    assert left.endswith("was changed since, and stays.")
    assert email(ready, "Mele Fonua") == ["mele@example.org"]
    assert person(ready, "Chi Lan").language == "en"
    assert person(ready, "Ben Qalo").language == "th"
    ready.run(redo_import, OFFICE, CODE, number, LATER)
    assert email(ready, "Mele Fonua") == ["fonua@example.org"]
    assert person(ready, "Chi Lan").language == "fr"


def test_what_a_list_said_of_an_entry_that_was_merged_since_stays_and_is_named(
    ready: Database,
) -> None:
    two = HEAD + "Mele Fonua,TO,mele@example.org,en\nMele Vea,TO,,en\n"
    imports(ready, two)
    refuses = two.replace("language", "language,consent", 1).replace(
        "Mele Vea,TO,,en", "Mele Vea,TO,,en,no"
    )
    number = imports(ready, refuses).number
    ready.run(merge, person(ready, "Mele Fonua"), person(ready, "Mele Vea"), NOW)
    done = undo(ready, number)
    assert done.values == 0
    (left,) = done.left
    assert left.startswith("The refusal of Mele Vea")


def test_addresses_that_imports_have_changed_are_forgotten_with_the_others(
    ready: Database,
) -> None:
    imports(ready)
    corrected = LIST.replace("mele@", "fonua@").replace("VU,,en", "VU,,fr")
    asked = imports(ready, corrected).questions
    imports(ready, corrected, {asked[0].key: asked[0].choices[0].value})
    assert columns_with(ready, "mele@example.org") != []
    ready.run(forget_addresses, list(ready.read(people_in, CODE)))
    assert columns_with(ready, "@example.org") == []
    done = undo(ready)
    assert (done.values, person(ready, "Chi Lan").language) == (1, "en")


def test_a_list_of_the_wrong_workshop_is_moved_with_the_same_people(ready: Database) -> None:
    number = imports(ready).number
    before = {one.code for one in ready.read(people_in, CODE).values()}
    done = ready.run(move_import, OFFICE, (CODE, number), KASHIWA.code, LATER)
    assert (done.people, done.to, done.left) == (3, KASHIWA.code, ())
    assert names(ready) == []
    assert names(ready, KASHIWA.code) == ["Mele Fonua", "Ben Qalo", "Chi Lan"]
    assert {one.code for one in ready.read(people_in, KASHIWA.code).values()} == before
    with pytest.raises(Conflict, match="are in RM-2017 already"):
        ready.run(move_import, OFFICE, (CODE, number), KASHIWA.code, LATER)
    ready.run(undo_import, OFFICE, KASHIWA.code, done.new_number, LATER)
    assert names(ready, KASHIWA.code) == []
    with pytest.raises(Conflict, match=f"is in {CODE} already"):
        ready.run(move_import, OFFICE, (CODE, number), CODE, LATER)


def test_the_imports_of_a_workshop_are_listed_without_any_name(ready: Database) -> None:
    first = imports(ready).number
    agrees(ready, "Ben Qalo")
    imports(ready, LIST.replace("VU,,en", "VU,,fr"))
    newest, oldest = ready.read(list_imports, OFFICE, CODE, LATER)
    assert (oldest.number, oldest.people, oldest.values, oldest.reached) == (first, 3, 0, 1)
    assert (newest.people, newest.values) == (0, 1)
    assert (oldest.file, oldest.saved) == (".csv", "today, 17:12 in Bangkok, by plan")


def test_the_same_file_again_says_so_and_stores_nothing(ready: Database) -> None:
    imports(ready)
    again = imports(ready)
    assert again.before == "Same as saved today, 17:12 in Bangkok, by plan. Nothing to do."
    assert len(ready.read(list_imports, OFFICE, CODE, LATER)) == 1
    undo(ready)
    assert imports(ready).before == ""


def test_removed_people_who_are_on_the_next_list_are_asked_about(ready: Database) -> None:
    imports(ready)
    undo(ready)
    (question,) = imports(ready).questions
    assert "3 people of the list were removed from this workshop: Mele Fonua" in question.text
    out = imports(ready, answers={question.key: question.choices[1].value})
    assert (out.new, out.changed, out.same, names(ready)) == (0, 0, 3, [])
    back = imports(ready, answers={question.key: question.choices[0].value})
    assert (back.changed, len(names(ready))) == (3, 3)
    assert undo(ready).people == 3


def test_undo_and_again_are_in_the_audit_log_in_counts(ready: Database) -> None:
    number = imports(ready).number
    undo(ready)
    ready.run(redo_import, OFFICE, CODE, number, LATER)
    ready.run(move_import, OFFICE, (CODE, number), KASHIWA.code, LATER)
    found = [(one.act, one.about, dict(one.counts)) for one in ready.read(entries, None)]
    assert found[1:] == [
        (Act.IMPORT_UNDONE, f"{CODE} import {number}", {"people": 3, "values": 0, "left": 0}),
        (Act.IMPORT_SAVED_AGAIN, f"{CODE} import {number}", {"people": 3, "values": 0, "left": 0}),
        (Act.IMPORT_MOVED, f"{CODE} import {number} to RM-2017", {"people": 3, "left": 0}),
    ]


def test_an_import_that_is_not_there_is_said(ready: Database) -> None:
    with pytest.raises(NotFound, match="No list was imported for"):
        undo(ready)
    imports(ready)
    with pytest.raises(NotFound, match="There is no import 99 of"):
        undo(ready, 99)


def test_supervisors_follow_their_participants_to_another_workshop(ready: Database) -> None:
    text = "name,administration,role,about\nMele Fonua,TO,,\nChief,TO,supervisor,Mele Fonua\n"
    number = imports(ready, text).number
    ready.run(move_import, OFFICE, (CODE, number), KASHIWA.code, LATER)

    def about(connection: Connection) -> list[int | None]:
        here = enrolments.c.workshop_code == KASHIWA.code
        rows = connection.execute(select(enrolments).where(here).order_by(enrolments.c.id))
        return [row.about_enrolment_id or -row.id for row in rows]

    mele, chief = ready.read(about)
    assert chief == -(mele or 0)


def test_a_right_list_after_a_wrong_one_makes_a_near_wave_wait_for_a_yes(ready: Database) -> None:
    imports(ready)
    undo(ready)
    near = utc(f"{find(ready, NOW).opens_on}T00:00") - timedelta(days=1)
    given = open_list((HEAD + "Dan Lee,FJ,,en\n").encode(), "right.csv")
    import_participants(ready, OFFICE, CODE, given, near)
    assert find(ready, near).state(near) is WaveState.NEEDS_YES


def find(database: Database, now: datetime) -> WaveNow:
    """Return the next wave of participants."""
    waves = database.read(waves_now, OFFICE, CODE)
    return next(
        one for one in waves if one.role is Role.PARTICIPANT and utc(f"{one.opens_on}T00:00") > now
    )


def test_who_was_removed_anew_or_erased_since_is_not_put_back_by_saving_again(
    ready: Database,
) -> None:
    number = imports(ready).number
    undo(ready)
    mele, ben = person(ready, "Mele Fonua"), person(ready, "Ben Qalo")
    ready.run(restore_person, OFFICE, (CODE, mele.code), LATER)
    ready.run(remove_person, OFFICE, (CODE, mele.code), RemovalReason.DID_NOT_COME, LATER)
    ready.run(erase, ben.id, LATER, keep_answers=False)
    again = ready.run(redo_import, OFFICE, CODE, number, LATER)
    assert (again.people, names(ready)) == (1, ["Chi Lan"])
    assert again.left == (
        f"Mele Fonua ({mele.code}) stays removed: did-not-come was given as the reason since.",
        f"an erased person ({ben.code}) stays removed: erased since.",
    )


def test_an_erased_person_is_in_no_other_workshop_after_a_list_was_moved(ready: Database) -> None:
    number = imports(ready).number
    undo(ready)
    ready.run(erase, person(ready, "Ben Qalo").id, LATER, keep_answers=False)
    done = ready.run(move_import, OFFICE, (CODE, number), KASHIWA.code, LATER)
    assert (done.people, names(ready, KASHIWA.code)) == (2, ["Mele Fonua", "Chi Lan"])
