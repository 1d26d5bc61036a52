"""Claims of messages, called one by one: who may send, and what a lost claim leaves behind."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from bot.outbox.sending import (
    Contact,
    SendingContext,
    SendResult,
    claim_contact,
    mark_unknown,
    postpone_after_fault,
    store_result,
)
from storage import schema
from storage.database import Database
from storage.fieldwork.cases import case_with_card
from storage.fieldwork.due_contacts import due_cases
from surveys.planning.dispositions import Outcome
from tests.bot.fieldwork_world import World, utc

MORNING = utc("2018-08-08T23:29")
"""Just before the window of the first day closes in Fiji: everybody is due by then."""
LIVING = SendingContext(77)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = World(database)
    world.keeps_only("M6")
    world.workshop()
    world.enrol("ada")
    yield world
    world.close()


async def due_case(world: World) -> int:
    """The case of Ada, whose invitation is due in the morning."""
    await world.tick(utc("2018-08-08T12:00"))
    world.now = MORNING
    (case,) = world.database.read(due_cases, MORNING, 10)
    return case


def claimed(world: World, case: int) -> Contact:
    contact = world.database.run(claim_contact, world.office, case, MORNING, LIVING)
    assert contact is not None
    return contact


def next_contact(world: World) -> tuple[datetime | None, str]:
    case = world.cases()["ada", "M6"].case
    return case.next_contact_at, case.hold


async def test_a_case_that_is_finished_meanwhile_gets_no_invitation(
    world: World, overlapping: Callable[..., tuple[None, Contact | None]]
) -> None:
    case = await due_case(world)

    def finish(connection: Connection) -> None:
        done = {"started_at": MORNING, "completed_at": MORNING}
        connection.execute(update(schema.cases).where(schema.cases.c.id == case).values(done))

    _, contact = overlapping(
        finish, lambda c: claim_contact(c, world.office, case, MORNING, LIVING)
    )
    assert contact is None
    assert world.outcomes("ada") == []


async def test_a_claim_stays_claimed_and_the_case_waits_for_its_outcome(world: World) -> None:
    case = await due_case(world)
    contact = claimed(world, case)
    assert (contact.claimed.case_id, contact.at) == (case, MORNING)
    assert world.outcomes("ada") == [("invitation", "claimed", "")]
    assert next_contact(world) == (None, "in_flight")
    assert world.database.run(claim_contact, world.office, case, MORNING, LIVING) is None


async def test_a_letter_has_an_envelope_and_a_chat_message_has_none(world: World) -> None:
    world.enrol("ben", chat="", email="ben@example.org")
    await world.tick(utc("2018-08-08T12:00"))
    due = world.database.read(due_cases, MORNING, 10)
    contacts = {one.address.channel: one for one in (claimed(world, case) for case in due)}
    assert contacts["demo"].card.envelope is None
    assert contacts["email"].card.envelope is not None


async def test_the_message_that_was_sent_is_the_card_of_its_case(world: World) -> None:
    case = await due_case(world)
    contact = claimed(world, case)
    sent = SendResult(Outcome.SENT, ref="17")
    world.database.run(store_result, world.office, contact, sent, MORNING)
    assert world.outcomes("ada") == [("invitation", "sent", "")]
    assert world.database.read(case_with_card, contact.address.id, "17") == case


async def test_a_fault_after_the_claim_may_have_sent_it_and_is_looked_at_an_hour_later(
    world: World,
) -> None:
    case = await due_case(world)
    claimed(world, case)
    world.database.run(postpone_after_fault, case, MORNING)
    assert world.outcomes("ada") == [("invitation", "unknown", "fault")]
    assert next_contact(world) == (MORNING + timedelta(hours=1), "fault")


async def test_a_claim_is_given_up_when_its_process_is_gone_or_it_is_too_old(world: World) -> None:
    claimed(world, await due_case(world))
    before = MORNING - timedelta(seconds=1)
    assert world.database.run(mark_unknown, world.office, before, (), MORNING) == 0
    assert world.database.run(mark_unknown, world.office, before, (76,), MORNING) == 0
    assert world.outcomes("ada") == [("invitation", "claimed", "")]
    assert world.database.run(mark_unknown, world.office, before, (76, 77), MORNING) == 1
    assert world.outcomes("ada") == [("invitation", "unknown", "interrupted")]
    assert world.database.run(mark_unknown, world.office, MORNING, (77,), MORNING) == 0


async def test_a_claim_that_was_given_up_is_followed_by_a_reminder(world: World) -> None:
    claimed(world, await due_case(world))
    assert world.database.run(mark_unknown, world.office, MORNING, (), MORNING) == 1
    at, hold = next_contact(world)
    # On the fourth day after the 9th of August, in the hours of Fiji.
    assert at is not None
    assert utc("2018-08-12T21:30") <= at <= utc("2018-08-12T23:30")
    assert hold == ""
