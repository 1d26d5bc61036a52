"""Claims of messages, called one by one: who may send, and what a lost claim leaves behind."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from bot.outbox.recovery import postpone_after_fault, recover_claims, take_back
from bot.outbox.sending import (
    Contact,
    SendingContext,
    SendResult,
    claim_contact,
    store_result,
)
from storage import schema
from storage.database import Database
from storage.fieldwork.cases import case_with_card
from storage.fieldwork.claims import set_leaving
from storage.fieldwork.due_contacts import cases_to_claim, due_cases
from surveys.planning.dispositions import Outcome
from tests.bot.fieldwork_world import World, utc
from tests.templates import EMPTY_ON_SQLITE

MORNING = utc("2018-08-08T23:29")
"""Just before the window of the first day closes in Fiji: everybody is due by then."""
LIVING = SendingContext(77, "")


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
    assert next_contact(world) == (None, "completed")


@EMPTY_ON_SQLITE
async def test_what_another_channel_sends_is_left_to_its_queue(world: World) -> None:
    case = await due_case(world)
    unknown = update(schema.cases).values(next_contact_channel="")
    world.database.run(lambda connection: connection.execute(unknown).close())
    letters = SendingContext(77, "email")
    assert world.database.run(claim_contact, world.office, case, MORNING, letters) is None
    assert world.outcomes("ada") == []
    assert world.database.run(cases_to_claim, "demo", MORNING, 10) == [case]
    assert world.database.run(cases_to_claim, "email", MORNING, 10) == []


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


async def test_a_fault_when_it_was_leaving_may_have_sent_it_and_is_looked_at_an_hour_later(
    world: World,
) -> None:
    case = await due_case(world)
    left = claimed(world, case)
    assert world.database.run(set_leaving, left.claimed.id, LIVING.process)
    world.database.run(postpone_after_fault, case, MORNING)
    assert world.outcomes("ada") == [("invitation", "unknown", "fault")]
    assert next_contact(world) == (MORNING + timedelta(hours=1), "fault")


async def test_a_fault_before_it_left_costs_nobody_the_message(world: World) -> None:
    case = await due_case(world)
    claimed(world, case)
    world.database.run(postpone_after_fault, case, MORNING)
    assert world.outcomes("ada") == []
    assert next_contact(world) == (MORNING + timedelta(hours=1), "fault")


async def recovered(world: World, after: timedelta = timedelta()) -> int:
    lease = world.application.transactions.lease
    return world.database.run(recover_claims, world.office, lease, MORNING + after)


async def test_a_claim_of_a_dead_process_is_due_again_also_one_that_was_to_be_retried(
    world: World,
) -> None:
    case = await due_case(world)
    again = SendResult(Outcome.RETRY, "network", retry_at=MORNING)
    world.database.run(store_result, world.office, claimed(world, case), again, MORNING)
    claimed(world, case)
    assert await recovered(world) == 0
    assert world.outcomes("ada") == [("invitation", "claimed", "network")]
    await world.rounds.recover()
    assert world.outcomes("ada") == [("invitation", "retry", "network")]
    assert next_contact(world) == (MORNING, "")


async def test_a_claim_that_was_taken_back_does_not_leave(world: World) -> None:
    case = await due_case(world)
    asleep = claimed(world, case)
    assert await recovered(world, timedelta(hours=2)) == 0
    assert not world.database.run(set_leaving, asleep.claimed.id, LIVING.process)
    # Another process claims it, and takes nothing from this one either.
    other = world.database.run(claim_contact, world.office, case, MORNING, SendingContext(78))
    assert other is not None
    world.database.run(take_back, world.office, asleep, False, MORNING)
    assert world.database.run(set_leaving, other.claimed.id, 78)


async def test_a_message_that_was_leaving_is_unknown_and_followed_by_a_reminder(
    world: World,
) -> None:
    contact = claimed(world, await due_case(world))
    assert world.database.run(set_leaving, contact.claimed.id, LIVING.process)
    await world.rounds.recover()
    assert world.outcomes("ada") == [("invitation", "unknown", "interrupted")]
    at, hold = next_contact(world)
    # On the fourth day after the 9th of August, in the hours of Fiji.
    assert at is not None
    assert utc("2018-08-12T21:30") <= at <= utc("2018-08-12T23:30")
    assert hold == ""
