"""The staff: who can be removed and taken back, on both databases."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.desk.office import sessions, staff
from bot.desk.office.signing_in import make_link, session_of, sign_in
from bot.desk.office.staff import StaffInvitation
from bot.desk.office.standing import change_standing
from bot.messaging.messages import Sender
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.next_contact import Rules
from storage.office.audit import Act, entries
from storage.office.desk_sessions import LONGEST
from storage.office.staff import Member, StaffRole, find_member
from tests.staff import employ

Work = Callable[[Connection], Any]
Overlapping = Callable[[Work, Work], tuple[Any, Any]]
NOW = datetime(2018, 6, 8, tzinfo=UTC)
OFFICE = Office(Rules({}, ("demo",)))
ADMINISTRATOR = StaffRole.ADMINISTRATOR


def employs(database: Database, name: str, role: StaffRole = ADMINISTRATOR) -> str:
    return database.run(employ, ("demo", name), role, NOW, name)


def signs_in(database: Database, code: str, now: datetime = NOW) -> str:
    link = database.run(make_link, OFFICE, code, now)
    cookie = database.run(sign_in, link.path.rpartition("/")[2], "Firefox", now)
    assert cookie is not None
    return cookie


def test_who_is_taken_back_signs_in_anew(database: Database) -> None:
    employs(database, "ann")
    bo = employs(database, "bo", StaffRole.ORGANISER)
    cookie = signs_in(database, bo)
    link = database.run(make_link, OFFICE, bo, NOW).path.rpartition("/")[2]
    assert database.run(staff.remove, OFFICE, bo, NOW).changed
    assert database.run(staff.take_back, OFFICE, bo, NOW).changed
    assert not database.run(staff.take_back, OFFICE, bo, NOW).changed
    assert database.read(session_of, cookie, NOW) is None
    assert database.run(sign_in, link, "Firefox", NOW) is None
    member = database.read(find_member, "demo", "bo")
    assert member is not None
    assert member.code == bo


def test_nobody_is_taken_back_after_a_week_or_in_the_chat_of_another(database: Database) -> None:
    bo = employs(database, "bo", StaffRole.ORGANISER)
    database.run(staff.remove, OFFICE, bo, NOW)
    late = NOW + timedelta(days=7)
    with pytest.raises(Conflict, match="removed over a week ago"):
        database.run(staff.take_back, OFFICE, bo, late)
    added = database.run(staff.add, OFFICE, StaffInvitation(StaffRole.MANAGER), NOW)
    database.run(joins, added.secret)
    with pytest.raises(Conflict, match=f"belongs to {added.member.code}"):
        database.run(staff.take_back, OFFICE, bo, NOW)


def joins(connection: Connection, secret: str) -> Member | None:
    return staff.join_staff(connection, Sender("demo", "bo"), secret, NOW)


@pytest.mark.parametrize("act", ["remove", "demote"])
def test_an_administrator_stays_until_another_has_come_in(database: Database, act: str) -> None:
    ann = employs(database, "ann")
    invited = database.run(staff.add, OFFICE, StaffInvitation(ADMINISTRATOR), NOW).member.code

    def goes() -> None:
        if act == "remove":
            database.run(staff.remove, OFFICE, ann, NOW)
        else:
            organiser = StaffInvitation(StaffRole.ORGANISER)
            database.run(change_standing, OFFICE, ann, organiser, NOW)

    with pytest.raises(Conflict, match="the last administrator who has come in"):
        goes()
    signs_in(database, invited, NOW - LONGEST - timedelta(minutes=1))
    with pytest.raises(Conflict, match="First add another one"):
        goes()
    signs_in(database, invited)
    goes()


def test_the_last_administrator_does_not_leave_by_trying_the_code_of_another(
    database: Database,
) -> None:
    bo = employs(database, "bo")
    manager = database.run(staff.add, OFFICE, StaffInvitation(StaffRole.MANAGER), NOW)
    with pytest.raises(Conflict, match="the last administrator who has come in"):
        database.run(joins, manager.secret)
    signs_in(database, employs(database, "ann"))
    assert database.run(joins, manager.secret) is not None
    removed = [one.about for one in database.read(entries) if one.act is Act.STAFF_REMOVED]
    assert removed == [bo]


def test_a_change_and_its_undo_revive_no_session(database: Database) -> None:
    bo = employs(database, "bo", StaffRole.ORGANISER)
    cookie = signs_in(database, bo)
    for role in (StaffRole.MANAGER, StaffRole.ORGANISER):
        database.run(change_standing, OFFICE, bo, StaffInvitation(role), NOW)
    assert database.read(session_of, cookie, NOW) is None


def test_all_are_signed_out_but_one_and_open_links_end(database: Database) -> None:
    ann, bo = employs(database, "ann"), employs(database, "bo", StaffRole.ORGANISER)
    mine, other = signs_in(database, ann), signs_in(database, bo)
    link = database.run(make_link, OFFICE, bo, NOW).path.rpartition("/")[2]
    here = database.read(session_of, mine, NOW)
    assert here is not None
    said = database.run(sessions.end_all, OFFICE, NOW, "", here.id)
    assert said == "Signed out: bo. Who needs the desk signs in again."
    assert database.read(session_of, mine, NOW) is not None
    assert database.read(session_of, other, NOW) is None
    assert database.run(sign_in, link, "Firefox", NOW) is None
    again = database.run(sessions.end_all, OFFICE, NOW, "", here.id)
    assert again == "Nobody else is signed in. Nothing was changed."


def test_of_two_administrators_who_remove_each_other_one_stays(
    database: Database, overlapping: Overlapping
) -> None:
    codes = [employs(database, "ann"), employs(database, "bea")]

    def removing(code: str) -> Work:
        def work(connection: Connection) -> bool:
            with suppress(Conflict):
                return staff.remove(connection, OFFICE, code, NOW).changed
            return False

        return work

    assert sorted(overlapping(*map(removing, codes))) == [False, True]
    assert len(database.read(staff.list_staff)) == 1
