"""Undoing merges: every row of every table as before, or a sentence that says why it cannot be."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, update

from bot.desk.people.person import erase_code, merge_people, unmerge_people
from bot.desk.people.relinking import relink_person
from bot.fieldwork.closing import close_wave
from bot.fieldwork.slices import settle_slice
from bot.operations.retention import delete_expired
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.erasure.merging import Merged
from storage.fieldwork.attempts import Claim, Result, claim, finish
from storage.fieldwork.cases import open_case
from storage.fieldwork.next_contact import Rules, refresh_person
from storage.fieldwork.waves import Wave, set_closed
from storage.fieldwork.workshops import put_workshop
from storage.people.addresses import add_address, addresses_of, find_address
from storage.people.codes import add_code
from storage.people.enrolments import NewEnrolment, enrol
from storage.people.links import Link, Purpose, add_link
from storage.people.participants import (
    NewParticipant,
    add_participant,
    participant_with,
    set_stopped,
)
from storage.responses.text_decisions import NewDecision, add_decision
from storage.schema import answers, audit, cases, enrolments, merges, metadata, participants
from surveys.people import Address, Enrolment, Role
from surveys.planning.contacts import Kind
from surveys.planning.dispositions import Outcome
from surveys.planning.plans_file import packaged_plans
from surveys.workshop import Workshop
from tests.storage.world import NOW, WORKSHOP, World, made

OFFICE = Office(Rules(packaged_plans(), ("demo",)))
LATER = NOW + timedelta(days=1)
OTHER_WORKSHOP = Workshop(
    "AEO-2018", "Operators", "regional", date(2018, 3, 5), date(2018, 3, 9), "Suva", "FJ"
)
PLACES = tuple((code, role) for code in ("RM-2018", "AEO-2018") for role in Role)
CODES = ("P-ADA", "P-TWO", "P-SIX")
OWN_TABLES = ("merges", "audit", "due_workshops")


@pytest.fixture
def world(database: Database) -> World:
    return database.run(made)


def dump(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables except those that record merges and what is due."""
    return {
        table.name: sorted(map(tuple, connection.execute(select(table))), key=str)
        for table in metadata.sorted_tables
        if table.name not in OWN_TABLES
    }


def settled(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return the dump after the next contact of everybody was worked out."""
    for number in list(connection.scalars(select(participants.c.id))):
        refresh_person(connection, number, OFFICE.rules, LATER)
    return dump(connection)


def added(connection: Connection, code: str) -> int:
    return add_participant(connection, NewParticipant(code, code.title())).id


def enrolled(
    connection: Connection,
    person: int,
    place: tuple[str, Role] = ("RM-2018", Role.PARTICIPANT),
    about: int | None = None,
) -> Enrolment:
    return enrol(connection, NewEnrolment(place[0], person, "NP", place[1], about), NOW)


def furnished(connection: Connection, wave: Wave, one: Enrolment, address: Address | None) -> int:
    """Give an enrolment a code, a link and a case with an attempt; return the case."""
    secret = f"{one.participant_id}-{one.id}"
    add_code(connection, f"code-{secret}", one.id, NOW)
    add_link(connection, f"link-{secret}", Link(Purpose.STOP, one.id, NOW, None, None))
    case = open_case(connection, wave.id, one.id, NOW)
    add_decision(
        connection, NewDecision(case, "proof", secret, NOW, "released", "Order 7", "S-EVA", NOW)
    )
    if address is not None:
        claimed = claim(connection, case, Claim(Kind.INVITATION, 1, address, 1, NOW))
        assert claimed is not None
        finish(connection, claimed.id, Result(Outcome.SENT), NOW)
        connection.execute(
            update(cases)
            .where(cases.c.id == case)
            .values(card_address_id=address.id, card_ref="7")
        )
    return case


def answered(connection: Connection, case: int) -> None:
    told = {"case_id": case, "item": "job", "value": "same", "state": "answered"}
    how = {"language": "en", "channel": "demo", "answered_at": NOW}
    connection.execute(insert(answers).values(told | how))


def merged(connection: Connection, kept: str, other: str) -> Merged:
    return merge_people(connection, OFFICE, (kept, other), LATER)


def undone(connection: Connection, other: str) -> Merged:
    return unmerge_people(connection, OFFICE, other, LATER)


def twin(connection: Connection, world: World) -> tuple[Enrolment, Enrolment]:
    """Enrol Ada again as P-TWO, where the supervisor of P-TWO is Ben."""
    two = added(connection, "P-TWO")
    address = add_address(connection, two, "demo", "ada-2", NOW)
    again = enrolled(connection, two)
    furnished(connection, world.wave, again, address)
    answered(connection, world.case)
    boss = enrolled(connection, world.ben.id, ("RM-2018", Role.SUPERVISOR), again.id)
    return again, boss


def about(connection: Connection, number: int) -> int | None:
    column = enrolments.c.about_enrolment_id
    return connection.scalar(select(column).where(enrolments.c.id == number))


def people(draw: st.DataObject, connection: Connection, wave: Wave) -> None:
    """Enrol three entries at random, some about each other, with addresses and what hangs on them."""
    known: list[int] = []
    for code in CODES:
        found = code == "P-ADA" and participant_with(connection, code).id
        person = found or added(connection, code)
        address = None
        if draw.draw(st.booleans(), f"{code} has a chat"):
            address = add_address(connection, person, "demo", f"chat {code}", NOW)
        for place in draw.draw(st.lists(st.sampled_from(PLACES), unique=True), code):
            if code == "P-ADA" and place == PLACES[0]:
                continue
            about = draw.draw(st.sampled_from([None, *known]), "about")
            one = enrolled(connection, person, place, about)
            known.append(one.id)
            if place[0] == WORKSHOP.code and draw.draw(st.booleans(), "has a case"):
                furnished(connection, wave, one, address)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_merges_undone_in_reverse_order_restore_every_row(
    database: Database, world: World, draw: st.DataObject
) -> None:
    # Takes seconds: 25 random offices with up to two merges each.
    pairs = draw.draw(
        st.sampled_from(
            [
                [("P-ADA", "P-TWO")],
                [("P-TWO", "P-ADA")],
                [("P-ADA", "P-TWO"), ("P-ADA", "P-SIX")],
                [("P-TWO", "P-ADA"), ("P-SIX", "P-TWO")],
                [("P-SIX", "P-TWO"), ("P-ADA", "P-SIX")],
            ]
        )
    )

    def tried(connection: Connection) -> None:
        with connection.begin_nested() as trial:
            put_workshop(connection, OTHER_WORKSHOP)
            people(draw, connection, world.wave)
            before = settled(connection)
            for pair in pairs:
                merged(connection, *pair)
            for _, other in reversed(pairs):
                undone(connection, other)
            assert settled(connection) == before
            trial.rollback()

    database.run(tried)


def test_the_supervisor_is_about_the_same_person_again(database: Database, world: World) -> None:
    again, boss = database.run(twin, world)
    database.run(merged, "P-ADA", "P-TWO")
    assert database.read(about, boss.id) == world.adas.id
    database.run(undone, "P-TWO")
    assert database.read(about, boss.id) == again.id


def test_a_supervisor_who_was_given_another_person_since_keeps_that(
    database: Database, world: World
) -> None:
    _, boss = database.run(twin, world)
    database.run(merged, "P-ADA", "P-TWO")
    mine = update(enrolments).where(enrolments.c.id == boss.id)
    database.run(lambda c: c.execute(mine.values(about_enrolment_id=world.bens.id)))
    database.run(undone, "P-TWO")
    assert database.read(about, boss.id) == world.bens.id


def test_after_retention_codes_links_and_addresses_stay_deleted(
    database: Database, world: World
) -> None:
    again, _ = database.run(twin, world)
    database.run(merged, "P-ADA", "P-TWO")
    database.run(set_closed, world.wave.id, LATER)
    expired = delete_expired(database, OFFICE, NOW + timedelta(days=2_000))
    assert "P-ADA" in expired.people
    looked = database.run(lambda c: unmerge_people(c, OFFICE, "P-TWO", LATER, dry_run=True))
    assert looked.lost == 1
    assert database.read(lambda c: c.scalar(select(merges.c.undone_at))) is None
    assert database.run(undone, "P-TWO") == looked
    rows = database.read(dump)
    assert (rows["addresses"], rows["codes"], rows["links"]) == ([], [], [])
    case = select(cases).where(cases.c.enrolment_id == again.id)
    back = database.read(lambda c: c.execute(case).one())
    assert (back.card_address_id, back.closed_at) == (None, LATER)


def test_an_address_that_was_replaced_since_is_not_mistaken_for_the_new_one(
    database: Database, world: World
) -> None:
    database.run(twin, world)
    database.run(merged, "P-ADA", "P-TWO")

    def replaced(connection: Connection) -> None:
        old = find_address(connection, "demo", "ada-2")
        assert old is not None
        table = metadata.tables["addresses"]
        connection.execute(delete(table).where(table.c.id == old.id))
        # SQLite gives the new address the id of the deleted one.
        add_address(connection, world.ada.id, "demo", "newest", LATER)

    database.run(replaced)
    assert database.run(undone, "P-TWO").lost == 1
    mine = database.read(lambda c: [one.identifier for one in addresses_of(c, world.ada.id)])
    assert mine == ["ada", "newest"]


def test_after_a_relink_the_newest_account_stays_with_the_entry_that_was_kept(
    database: Database, world: World
) -> None:
    database.run(twin, world)
    database.run(merged, "P-ADA", "P-TWO")
    database.run(relink_person, OFFICE, "P-ADA", "demo:new", LATER)
    database.run(undone, "P-TWO")
    mine = database.read(lambda c: [one.identifier for one in addresses_of(c, world.ada.id)])
    assert mine == ["new"]


def test_rows_come_back_where_their_ids_were_given_to_others(
    database: Database, world: World
) -> None:
    again, boss = database.run(twin, world)
    # The newest enrolment is set aside, so that SQLite gives its id to the next one.
    database.run(lambda c: c.execute(delete(enrolments).where(enrolments.c.id == boss.id)))
    database.run(merged, "P-ADA", "P-TWO")

    def joined(connection: Connection) -> Enrolment:
        one = enrolled(connection, added(connection, "P-SIX"))
        furnished(connection, world.wave, one, None)
        return one

    six = database.run(joined)
    database.run(undone, "P-TWO")
    table = enrolments.c
    owned = select(participants.c.code, table.id).join(
        enrolments, table.participant_id == participants.c.id
    )
    owners = database.read(lambda c: {row.code: row.id for row in c.execute(owned)})
    assert owners["P-SIX"] == six.id
    assert owners["P-TWO"] == (again.id if again.id != six.id else owners["P-TWO"])
    held = select(cases.c.id).join(enrolments).where(table.id == owners["P-TWO"])
    assert database.read(lambda c: len(list(c.scalars(held)))) == 1


def test_a_later_answer_stays_and_a_wave_that_closed_meanwhile_closes_the_case(
    database: Database, world: World
) -> None:
    again, _ = database.run(twin, world)
    database.run(merged, "P-ADA", "P-TWO")
    told = {"case_id": world.case, "item": "use", "value": "yes", "state": "answered"}
    how = {"language": "en", "channel": "demo", "answered_at": LATER}
    database.run(lambda c: c.execute(insert(answers).values(told | how)))
    database.run(close_wave, world.wave, LATER)
    database.run(settle_slice, OFFICE, world.wave.workshop_code, LATER)
    database.run(undone, "P-TWO")
    row = database.read(
        lambda c: c.execute(select(cases).where(cases.c.enrolment_id == again.id)).one()
    )
    assert row.closed_at == LATER
    assert row.disposition is not None
    kept = select(answers.c.item).where(answers.c.case_id == world.case)
    assert set(database.read(lambda c: list(c.scalars(kept)))) == {"job", "use"}


def test_a_stop_that_was_said_since_holds_for_both(database: Database, world: World) -> None:
    database.run(twin, world)
    database.run(merged, "P-ADA", "P-TWO")
    database.run(set_stopped, world.ada.id, LATER + timedelta(hours=1))
    database.run(undone, "P-TWO")
    assert database.read(participant_with, "P-TWO").stopped_at == LATER + timedelta(hours=1)


def six_merged(connection: Connection, kept: str, other: str) -> None:
    added(connection, "P-SIX")
    merged(connection, kept, other)


def erased(connection: Connection, code: str) -> None:
    erase_code(connection, OFFICE, code, LATER, keep_answers=False)


def enrolled_again(connection: Connection) -> None:
    enrolled(connection, participant_with(connection, "P-TWO").id)


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        (lambda c: six_merged(c, "P-ADA", "P-SIX"), "P-SIX was merged into P-ADA later. Undo"),
        (lambda c: six_merged(c, "P-SIX", "P-ADA"), "P-ADA was merged into P-SIX later. Undo"),
        (lambda c: erased(c, "P-ADA"), "P-ADA was erased meanwhile"),
        (lambda c: erased(c, "P-TWO"), "P-TWO was erased meanwhile"),
        (enrolled_again, "P-TWO was enrolled in RM-2018 as participant after the merge"),
    ],
)
def test_what_cannot_be_undone_is_refused_in_words_and_changes_nothing(
    database: Database, world: World, meanwhile: Callable[[Connection], Any], words: str
) -> None:
    database.run(twin, world)
    database.run(merged, "P-ADA", "P-TWO")
    database.run(meanwhile)
    before = database.read(dump), database.read(lambda c: c.execute(select(audit)).all())
    with pytest.raises(Conflict, match=words):
        database.run(undone, "P-TWO")
    assert before == (
        database.read(dump),
        database.read(lambda c: c.execute(select(audit)).all()),
    )


def test_erasing_a_person_erases_entries_that_were_merged_through_others(
    database: Database, world: World
) -> None:
    database.run(twin, world)
    database.run(six_merged, "P-TWO", "P-SIX")
    database.run(merged, "P-ADA", "P-TWO")
    database.run(erased, "P-ADA")
    names = database.read(lambda c: set(c.scalars(select(participants.c.name))))
    assert names == {"", "Ben"}
