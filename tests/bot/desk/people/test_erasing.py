"""Erasing removes a person from all tables, and from the bytes of the file and its log."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from bot.access.links import new_link
from bot.desk.people.participant_lists import import_participants
from bot.desk.people.person import erase_code
from bot.desk.workshops.room_codes import make_room_code
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.operations.housekeeping import Housekeeping
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.next_contact import Rules
from storage.office.audit import Act, entries
from storage.office.notices import put_staff_notices
from storage.office.staff import StaffRole
from storage.people.addresses import add_address
from storage.people.apart import are_apart, put_apart
from storage.people.codes import add_code
from storage.people.links import Purpose
from storage.people.room_codes import enter_room, room_with
from storage.people.walk_ins import NewWalkIn, put_walk_in
from storage.schema import answers, attempts, cases, metadata, participants
from surveys.planning.plans_file import packaged_plans
from tests.staff import employ
from tests.storage.everything import columns_with, holding
from tests.storage.world import NOW, WORKSHOP, World, made, wrote

OFFICE = Office(Rules(packaged_plans(), ("demo",)))
NAME, EMAIL, WORDS, EARLIER = "Mele Fifita Tupou", "mele.fifita@ex.org", "we hid it", "in Vaiola"
TITLE = "Right Honourable"
CHAT = ("demo", "mele")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    """Ada has another name, an e-mail address, a code, a link, and has written in her words."""
    world = database.run(made)
    database.run(furnish, world)
    return world


def furnish(connection: Connection, world: World) -> None:
    mine = participants.c.id == world.ada.id
    personal = {"name": NAME, "language": "fr", "timezone": "Pacific/Apia", "channel": "email"}
    titled = personal | {"title": TITLE}
    connection.execute(update(participants).where(mine).values(titled))
    put_apart(connection, [(world.ada.id, world.ben.id)], NOW)
    add_address(connection, world.ada.id, "email", EMAIL, NOW)
    add_code(connection, "code-of-mele", world.adas.id, NOW)
    new_link(connection, world.adas.id, Purpose.INTERVIEW, NOW)
    wrote(connection, world.case, WORDS, EARLIER, "fr")
    begun = {"started_at": NOW, "answered": 2, "asked": 9, "draft": WORDS, "card_ref": "77"}
    connection.execute(update(cases).where(cases.c.id == world.case).values(begun))
    tried = {"case_id": world.case, "ordinal": 1, "kind": "invitation", "channel": "email"}
    sent = {"claimed_at": NOW, "claimed_by": 1, "outcome": "sent", "ref": f"<1.{EMAIL}>"}
    connection.execute(insert(attempts).values(tried | sent))


def erased(database: Database, *, keep_answers: bool) -> None:
    database.run(erase_code, OFFICE, "P-ADA", LATER, keep_answers=keep_answers)
    Housekeeping(database).after_round(LATER + timedelta(minutes=1), 0.1)


@pytest.mark.parametrize("keep_answers", [False, True])
def test_nothing_of_an_erased_person_is_left_in_any_table_or_file(
    database: Database, world: World, keep_answers: bool
) -> None:
    for text in (NAME, TITLE, EMAIL, WORDS, EARLIER):
        assert holding(database, text)
    erased(database, keep_answers=keep_answers)
    for text in (NAME, "Fifita", TITLE, EMAIL, WORDS, EARLIER):
        assert holding(database, text) == []
    assert not database.read(are_apart, (world.ada.id, world.ben.id))
    kept = database.read(lambda c: [tuple(row) for row in c.execute(select(answers.c.value))])
    assert kept == ([("same",)] if keep_answers else [])
    for table in ("addresses", "codes", "links"):
        rows = database.read(lambda c, name=table: c.execute(select(metadata.tables[name])).all())
        assert rows == []


def test_what_a_guest_said_in_a_room_before_joining_by_a_code_goes_too(
    database: Database, world: World
) -> None:
    def waits(connection: Connection) -> None:
        code = make_room_code(connection, OFFICE, WORKSHOP.code, NOW.date(), NOW).code
        room = room_with(connection, code, NOW)
        assert room is not None
        enter_room(connection, code, CHAT, room, NOW)
        put_walk_in(connection, NewWalkIn(CHAT, "en", "Mele F", "TO"), NOW)
        put_staff_notices(connection, ["Mele F waits."], StaffRole.ORGANISER, NOW)
        add_address(connection, world.ada.id, *CHAT, NOW)

    database.run(employ, ("demo", "boss"), StaffRole.ORGANISER, NOW, "Boss")
    database.run(waits)
    assert set(columns_with(database, "Mele F")) > {"walk_ins.name", "notices.text"}
    erased(database, keep_answers=False)
    assert holding(database, "Mele F") == []


def test_an_erased_person_is_not_written_to_and_the_case_tells_of_no_answer(
    database: Database, world: World
) -> None:
    erased(database, keep_answers=False)
    row = database.read(lambda c: c.execute(select(cases)).one())
    assert (row.next_contact_at, row.hold, row.answered, row.started_at) == (
        None,
        "stopped",
        0,
        None,
    )


def test_the_audit_says_the_code_and_nothing_else(database: Database, world: World) -> None:
    erased(database, keep_answers=False)
    (line,) = database.read(entries)
    assert (line.at, line.act, line.about, dict(line.counts)) == (
        LATER,
        Act.PERSON_ERASED,
        "P-ADA",
        {},
    )


def test_others_stay_as_they_were(database: Database, world: World) -> None:
    erased(database, keep_answers=False)
    assert holding(database, "Ben")


def test_erasing_a_second_time_says_that_it_was_done(database: Database, world: World) -> None:
    erased(database, keep_answers=False)
    with pytest.raises(Conflict, match="P-ADA was erased on Fri 10 August 2018"):
        erased(database, keep_answers=True)


def test_an_erased_person_does_not_come_back_by_a_list_unasked(
    database: Database, world: World
) -> None:
    erased(database, keep_answers=False)

    def imports(text: str, answers: dict[str, str] | None = None) -> Imported:
        given = open_list(
            f"name,administration,email,role,about\n{text}\n".encode(), "p.csv", answers=answers
        )
        return import_participants(database, OFFICE, WORKSHOP.code, given, LATER)

    for row in (f"Somebody,FJ,{EMAIL}", "TUPOU Mele Fifita,NP,"):
        (question,) = imports(row).questions
        assert "was erased on Fri 10 August 2018" in question.text
    assert imports("Mele Fifita Tupou,FJ,other@ex.org", {}).questions == ()
    out = imports(f"Somebody,FJ,{EMAIL}\nBen,FJ,", {"row 2 was erased": "leave out"})
    assert (out.new, out.same) == (0, 1)
    with_boss = f"Somebody,FJ,{EMAIL},,\nBoss,FJ,,supervisor,Somebody"
    assert imports(with_boss, {"row 2 was erased": "leave out"}).new == 0
    assert imports(f"Somebody,FJ,{EMAIL}", {"row 2 was erased": "enrol"}).new == 1
