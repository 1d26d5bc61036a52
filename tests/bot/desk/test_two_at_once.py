"""Two members of the office do the same at the same moment: one effect, and both are told."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from bot.desk.people.import_undo import undo_import
from bot.desk.people.joining_codes import Asked, give_codes, make_codes, store_codes
from bot.desk.people.participant_lists import import_participants
from bot.desk.questionnaires.publishing import publish_version
from bot.desk.reports.verification import Inspection, verify
from bot.desk.waves.acts import close_wave, hold_wave, hold_workshop
from bot.desk.workshops.replanning import cancel
from bot.desk.workshops.room_codes import make_room_code
from bot.importing.files import open_list
from bot.outbox.sending import Due, SendingContext, claim_due
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.case_files import load_file
from storage.fieldwork.claims import set_leaving
from storage.fieldwork.next_contact import Rules, refresh
from storage.instruments.questionnaires import list_questionnaires
from storage.office.audit import Act, entries
from storage.people.imports import ENROLLED, Change, ListFile, add_changes, add_import
from storage.people.room_codes import room_of_workshop, room_with
from storage.schema import answers
from surveys.authoring.packaged import packaged_questionnaire
from surveys.planning.contacts import Hold
from surveys.planning.plans_file import packaged_plans
from tests.storage.world import NOW, WORKSHOP, World, made

Work = Callable[[Connection], Any]
Overlapping = Callable[[Work, Work], tuple[Any, Any]]
OFFICE = Office(Rules(packaged_plans(), ("demo",)))
DAY = date(2018, 8, 9)


def acts(database: Database, act: Act) -> int:
    return [one.act for one in database.read(entries)].count(act)


def test_two_room_codes_made_at_once_leave_one_that_works(
    database: Database, overlapping: Overlapping
) -> None:
    database.run(made)

    def make(connection: Connection) -> str:
        return make_room_code(connection, OFFICE, WORKSHOP.code, DAY, NOW).code

    codes = overlapping(make, make)
    working = [code for code in codes if database.read(room_with, code, NOW) is not None]
    assert len(working) == 1
    assert database.read(room_of_workshop, WORKSHOP.code, NOW) is not None


def test_of_two_who_know_of_no_room_code_one_is_told_that_there_is_one(
    database: Database, overlapping: Overlapping
) -> None:
    database.run(made)

    def make(connection: Connection) -> bool:
        with suppress(Conflict):
            make_room_code(connection, OFFICE, WORKSHOP.code, DAY, NOW, seen="")
            return True
        return False

    assert overlapping(make, make) == (True, False)
    assert acts(database, Act.ROOM_OPENED) == 1


@pytest.mark.parametrize("renew", [False, True])
def test_of_two_sheets_with_new_codes_one_is_stored(
    database: Database, overlapping: Overlapping, renew: bool
) -> None:
    database.run(made)
    if renew:
        database.run(lambda connection: give_codes(connection, OFFICE, b"key", WORKSHOP.code, NOW))
    asked = Asked(WORKSHOP.code, renew=renew)

    def store(connection: Connection) -> bool:
        with suppress(Conflict):
            store_codes(connection, OFFICE, WORKSHOP.code, sheets.pop(), NOW)
            return True
        return False

    sheets = [database.read(make_codes, OFFICE, b"key", asked, NOW) for _ in range(2)]
    assert sheets[0].given
    assert overlapping(store, store) == (True, False)


def test_an_anchor_that_two_verify_at_once_is_verified_once(
    database: Database, overlapping: Overlapping
) -> None:
    world = database.run(made)
    database.run(in_force, world)

    def seen(connection: Connection) -> bool:
        inspection = Inspection("Eva", "a signed order")
        return verify(connection, OFFICE, (world.case, "sop"), inspection, NOW).changed

    assert sorted(overlapping(seen, seen)) == [False, True]
    assert acts(database, Act.VERIFIED) == 1


def in_force(connection: Connection, world: World) -> None:
    """Ada has said that her procedure is in force."""
    said = {"case_id": world.case, "item": "anchor_status_sop", "value": "in_force"}
    how = {"state": "answered", "language": "en", "channel": "demo", "answered_at": NOW}
    connection.execute(insert(answers).values(said | how))


def test_a_questionnaire_that_two_publish_at_once_is_one_version(
    database: Database, overlapping: Overlapping
) -> None:
    database.run(made)
    changed = packaged_questionnaire("M6").model_copy(update={"title": {"en": "Half a year on"}})

    def publish(connection: Connection) -> object:
        return publish_version(connection, OFFICE, changed, NOW)

    overlapping(publish, publish)
    versions = [one.version for one in database.read(list_questionnaires) if one.key == "M6"]
    assert versions == [1, 2]


def test_an_import_that_two_undo_at_once_is_undone_once(
    database: Database, overlapping: Overlapping
) -> None:
    database.run(made)
    given = open_list(b"name,administration\nDee Rai,TO\nEma Fa,FJ\n", "people.csv")
    number = import_participants(database, OFFICE, WORKSHOP.code, given, NOW).number

    def undo(connection: Connection) -> int:
        return undo_import(connection, OFFICE, WORKSHOP.code, number, NOW).people

    with pytest.raises(Conflict, match="is undone already"):
        overlapping(undo, undo)
    assert acts(database, Act.IMPORT_UNDONE) == 1


def test_who_is_written_to_while_an_import_is_undone_stays(
    database: Database, overlapping: Overlapping
) -> None:
    world = database.run(made)
    due = planned(database, world)
    listed = [Change(world.ada.id, world.adas.id, ENROLLED)]
    number = database.run(add_import, WORKSHOP.code, ListFile(".csv", "hash"), "plan", NOW)
    database.run(add_changes, number, listed)

    def sends(connection: Connection) -> bool:
        return claim_due(connection, OFFICE, world.case, due, SendingContext()) is not None

    def undo(connection: Connection) -> int:
        return undo_import(connection, OFFICE, WORKSHOP.code, number, NOW).people

    assert overlapping(sends, undo) == (True, 0)


M6 = (WORKSHOP.code, "M6")
STOPS: list[tuple[Callable[..., Any], tuple[str, ...], Hold]] = [
    (hold_wave, M6, Hold.HELD),
    (close_wave, M6, Hold.CLOSED),
    (hold_workshop, M6[:1], Hold.HELD),
    (cancel, M6[:1], Hold.CANCELLED),
]


@pytest.mark.parametrize(("act", "what", "why"), STOPS)
def test_what_is_claimed_at_the_moment_of_a_stop_does_not_leave(
    database: Database,
    overlapping: Overlapping,
    act: Callable[..., Any],
    what: tuple[str, ...],
    why: Hold,
) -> None:
    world = database.run(made)
    due = planned(database, world)

    def sends(connection: Connection) -> Due | None:
        return claim_due(connection, OFFICE, world.case, due, SendingContext())

    def stops(connection: Connection) -> bool:
        return bool(act(connection, OFFICE, *what, due).changed)

    claimed, held = overlapping(sends, stops)
    assert held
    assert not database.run(set_leaving, claimed.claimed.id, claimed.claimed.by)
    assert database.read(load_file, world.case).case.hold == why


def planned(database: Database, world: World) -> datetime:
    """Return when the case of Ada is contacted."""
    database.run(refresh, [world.case], OFFICE.rules, NOW)
    due = database.read(load_file, world.case).case.next_contact_at
    assert due is not None
    return due
