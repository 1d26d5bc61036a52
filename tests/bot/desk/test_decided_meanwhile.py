"""Somebody else decides the same while a member of the office is about to: the second one finds that.

Each test stops one transaction of two between what it reads and what it writes, on PostgreSQL. SQLite
has one writer at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from bot.access.accounts.tokens import Account
from bot.desk.answers.undo import undo_answers
from bot.desk.office.accounts import bind_account
from bot.desk.office.signing_in import make_link, sign_in
from bot.desk.office.staff import StaffInvitation, add, join_staff
from bot.desk.people.messages import settle_message
from bot.desk.people.walk_ins import add_walk_in, refuse_walk_in
from bot.desk.questionnaires.drafts import publish_draft, save_draft
from bot.desk.reports import recommendations
from bot.desk.reports.handing_out import MadeFiles, keep_made
from bot.desk.reports.recommendation_wording import Wording
from bot.desk.reports.sharing import end_share
from bot.desk.workshops.calendar_undo import redo_calendar, undo_calendar
from bot.desk.workshops.calendars import import_workshops
from bot.importing.files import open_list
from bot.messaging.messages import Sender
from bot.participants.code_throttling import count_wrong_code
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.next_contact import Rules
from storage.instruments.questionnaires import list_questionnaires
from storage.office.audit import Act, entries_of
from storage.office.report_status import put_report_status
from storage.office.report_versions import TOLD, Edition
from storage.office.share_links import NewShare, add_share
from storage.office.staff import StaffRole, member_with
from storage.people.addresses import find_address
from storage.people.failed_codes import failed_codes_of
from storage.people.imports import ListFile
from storage.people.office_messages import keep_message, waiting_messages
from storage.people.room_codes import Room, add_room_code, enter_room
from storage.people.walk_ins import NewWalkIn, put_walk_in, waiting_walk_ins
from storage.responses.answer_imports import begin_import
from surveys.authoring.packaged import packaged_questionnaire
from surveys.planning.fiscal_year import FiscalYear
from surveys.planning.plans_file import packaged_plans
from surveys.report_status import ReportStatus
from tests.meanwhile import meanwhile
from tests.staff import employ
from tests.storage.world import NOW, WORKSHOP, World, made
from tests.templates import copied

OFFICE = Office(Rules(packaged_plans(), ("demo",)))
YEAR = FiscalYear(2017)
EDITION = Edition(WORKSHOP.code, 1, "presented", "members", "rtc", "", "en")
GUEST = ("demo", "guest")
CALENDAR = b"code,title,starts_on,ends_on,city,country\nNEW,New,2018-08-06,2018-08-10,Apia,WS\n"


@pytest.fixture(scope="module")
def database(postgresql: Engine, postgresql_template: str, worker_id: str) -> Iterator[Database]:
    """One database for all: each test is about rows of its own."""
    for url in copied(postgresql, postgresql_template, worker_id):
        database = Database(url)
        yield database
        database.close()


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return database.run(made)


def acts(database: Database, act: Act) -> int:
    return len(database.read(entries_of, act))


def test_a_draft_is_published_once(database: Database, world: World) -> None:
    changed = packaged_questionnaire("M6").model_copy(update={"title": {"en": "Half a year on"}})
    number = database.run(save_draft, OFFICE, changed, NOW)
    publish = partial(database.run, publish_draft, OFFICE, number, False, NOW)
    found = meanwhile(database, publish, "INSERT", publish)
    assert sorted(isinstance(one, Conflict) for one in found) == [False, True]
    versions = [one.version for one in database.read(list_questionnaires) if one.key == "M6"]
    assert versions == [1, 2]


def test_a_share_link_is_ended_once(database: Database) -> None:
    new = NewShare("L-1", "page", EDITION, "Donor", "", "S-EVA", NOW, NOW + timedelta(days=9))
    database.run(add_share, "secret", new)
    end = partial(database.run, end_share, OFFICE, "L-1", NOW)
    first, second = meanwhile(database, end, "UPDATE share_links", end)
    assert (first.changed, second.changed) == (True, False)
    assert acts(database, Act.SHARE_ENDED) == 1


def test_one_chat_of_two_joins_with_a_code(database: Database) -> None:
    added = database.run(add, OFFICE, StaffInvitation(StaffRole.ORGANISER), NOW)

    def joins(chat: str) -> Callable[[], Any]:
        return partial(database.run, join_staff, Sender("demo", chat), added.secret, NOW)

    first, second = meanwhile(database, joins("one"), "UPDATE staff", joins("two"))
    assert (first is None, second is None) == (False, True)
    assert database.read(member_with, added.member.code).identifier == "one"


def test_a_member_has_the_account_that_was_bound_first(database: Database) -> None:
    code = database.run(employ, ("demo", "bo"), StaffRole.ORGANISER, NOW)
    bo = database.read(member_with, code)

    def binds(subject: str) -> Callable[[], Any]:
        account = Account("https://id.example.org", subject)
        return partial(database.run, bind_account, OFFICE, bo, account, NOW)

    found = meanwhile(database, binds("one"), "DELETE FROM staff_accounts", binds("two"))
    assert [isinstance(one, Conflict) for one in found] == [False, True]
    assert acts(database, Act.ACCOUNT_BOUND) == 1


def test_an_undo_keeps_the_words_that_came_meanwhile(database: Database) -> None:
    given = Wording("Share examples.", "ROCB", date(2019, 6, 30))
    number = database.run(recommendations.add, OFFICE, YEAR, given, NOW).number
    change = partial(database.run, recommendations.change, OFFICE, number)
    undo = partial(database.run, recommendations.undo, OFFICE)
    before = change(replace(given, owner="WCO"), NOW)
    meanwhile(
        database,
        partial(undo, before.undo, NOW),
        "INSERT",
        partial(change, Wording("Share more."), NOW),
    )
    (found,) = database.read(recommendations.list_recommendations, YEAR)
    assert (found.content.words, found.content.owner) == ("Share more.", "ROCB")


def test_a_link_that_works_once_signs_one_browser_in(database: Database) -> None:
    code = database.run(employ, ("demo", "ann"), StaffRole.ORGANISER, NOW)
    secret = database.run(make_link, OFFICE, code, NOW).path.rpartition("/")[2]
    signs = partial(database.run, sign_in, secret, "Firefox", NOW)
    first, second = meanwhile(database, signs, "UPDATE sign_in_links", signs)
    assert (first is None, second is None) == (False, True)


def test_a_report_knows_what_another_one_told_meanwhile(database: Database) -> None:
    presented = ReportStatus(1, "presented", "members", NOW)
    database.run(put_report_status, WORKSHOP.code, presented, "S-EVA", NOW)

    def keeps(audience: str) -> Callable[[], Any]:
        new = MadeFiles(replace(EDITION, audience=audience), {}, {TOLD: b"{}"}, 0)
        return partial(database.run, keep_made, new, "S-EVA", NOW)

    assert meanwhile(database, keeps("rtc"), "INSERT", keeps("wco")) == ({TOLD: b"{}"}, None)


def test_an_import_of_answers_is_taken_back_once(database: Database, world: World) -> None:
    file, by = ListFile(".csv", "hash"), ("S-EVA", NOW)
    number = database.run(begin_import, world.wave.id, file, by).id
    undo = partial(undo_answers, database, OFFICE, WORKSHOP.code, number, NOW)
    meanwhile(database, undo, "UPDATE answer_imports", undo)
    assert acts(database, Act.ANSWERS_TAKEN_BACK) == 1


def test_a_calendar_is_undone_and_saved_again_once(database: Database) -> None:
    given = open_list(CALENDAR, "calendar.csv")
    number = import_workshops(database, OFFICE, given, NOW).number
    for act, statement in ((undo_calendar, "DELETE"), (redo_calendar, "INSERT")):
        does = partial(database.run, act, OFFICE, number, NOW)
        first, second = meanwhile(database, does, statement, does)
        assert (first.workshops, first.left) == (1, ())
        assert isinstance(second, Conflict)


def test_a_guest_who_is_being_added_is_not_refused(database: Database, world: World) -> None:
    number = database.run(guest_waits)
    _, refused = meanwhile(
        database,
        partial(database.run, add_walk_in, OFFICE, number, NOW),
        "INSERT INTO participants",
        partial(database.run, refuse_walk_in, OFFICE, number, NOW),
    )
    assert isinstance(refused, NotFound)
    assert database.read(find_address, *GUEST) is not None


def guest_waits(connection: Connection) -> int:
    """Let a guest wait in the room of the workshop; return the number."""
    room = Room(WORKSHOP.code, "S-EVA", NOW, NOW, NOW + timedelta(days=1))
    add_room_code(connection, "ROOM", room)
    enter_room(connection, "ROOM", GUEST, room, NOW)
    put_walk_in(connection, NewWalkIn(GUEST, "en", "Gus", "NP"), NOW)
    return waiting_walk_ins(connection)[0].id


def test_each_wrong_code_of_a_chat_counts(database: Database) -> None:
    wrong = partial(database.run, count_wrong_code, Sender("demo", "guesser"), NOW)
    wrong()
    meanwhile(database, wrong, "UPDATE failed_codes", wrong)
    assert database.run(failed_codes_of, "demo", "guesser").wrong == 3


def test_a_message_is_settled_by_one_member(database: Database, world: World) -> None:
    database.run(keep_message, world.ada.id, "Please call me", NOW)
    number = database.read(waiting_messages)[-1].id
    settles = partial(database.run, settle_message, OFFICE, number, NOW)
    first, second = meanwhile(database, settles, "UPDATE office_messages", settles)
    assert (first.changed, second.changed) == (True, False)
    assert acts(database, Act.MESSAGE_SETTLED) == 1
