"""Rounds with faults: two processes, a kill, a flood, time-outs, exceptions of our own."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from bot.messaging.messages import DeliveryError
from bot.outbox.sending import Contact, SendingContext, claim_contact
from bot.runtime.transactions import Transactions
from bot.service.rounds import Rounds
from storage import schema
from storage.database import Database
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.claims import set_leaving
from storage.fieldwork.due_contacts import due_cases
from storage.people.addresses import find_address, get_address
from surveys.people import AddressState
from surveys.planning.plan import Plan
from surveys.planning.plans_file import packaged_plans
from tests.bot.fieldwork_world import NETWORK, TIMED_OUT, Enrolled, World, utc

MORNING = utc("2018-08-08T23:29")
"""Just before the window of the first day closes in Fiji: everybody is due by then."""
DEAD = SendingContext(77, "demo")
"""A process that has ended."""


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.check_messages()
    world.close()


def many(world: World, number: int) -> list[Enrolled]:
    return [world.enrol(f"p{n:02}") for n in range(number)]


# Two processes, and processes that die


async def test_d03_two_processes_on_one_database_send_each_invitation_once(world: World) -> None:
    many(world, 20)
    url = world.database.url.render_as_string(hide_password=False)
    twin = Transactions(Database(url))
    other = Rounds(twin, world.office, {"demo": world.channel}, lambda: world.now)
    world.now = MORNING
    for _ in range(3):
        await asyncio.gather(world.rounds.tick(), other.tick())
    twin.close()
    assert Counter(world.channel.chats()) == Counter(f"p{n:02}" for n in range(20))
    assert world.count("waves") == 1
    assert world.count("cases") == 20
    world.check()


async def claimed_by_the_dead(world: World) -> Contact:
    await world.tick(utc("2018-08-08T12:00"))
    world.now = MORNING
    case = world.database.read(due_cases, MORNING, 10)[0]
    contact = world.database.run(claim_contact, world.office, case, MORNING, DEAD)
    assert contact is not None
    return contact


async def test_a_kill_between_claim_and_leaving_costs_nobody_the_invitation(world: World) -> None:
    many(world, 3)
    await claimed_by_the_dead(world)
    # The process dies here: nothing of the message has left.
    assert await world.restart() == 0
    assert world.count("attempts") == 0
    await world.tick(MORNING)
    assert world.channel.chats() == ["p00", "p01", "p02"]
    assert world.count("attempts") == 3


async def test_a_kill_between_leaving_and_sent_never_leads_to_a_second_message(
    world: World,
) -> None:
    many(world, 3)
    contact = await claimed_by_the_dead(world)
    assert world.database.run(set_leaving, contact.claimed.id, DEAD.process)
    # The process dies here: the message may have been sent or not.
    assert await world.restart() == 1
    await world.tick(MORNING)
    assert len(world.channel.to_people) == 2
    assert contact.address.identifier not in world.channel.chats()
    await world.until(utc("2018-08-14T00:00"))
    chat = contact.address.identifier
    assert world.outcomes(chat)[:2] == [
        ("invitation", "unknown", "interrupted"),
        ("reminder", "sent", ""),
    ]


async def test_a_message_that_is_cut_off_in_the_middle_never_leads_to_a_second_one(
    world: World,
) -> None:
    many(world, 5)
    world.channel.failures["p02"] = [asyncio.CancelledError()]
    world.now = MORNING
    with pytest.raises(asyncio.CancelledError):
        await world.rounds.tick()
    await world.restart()
    await world.tick(MORNING)
    # Others may have been on their way too; of those it is unknown as well whether they arrived.
    assert set(Counter(world.channel.chats()).values()) <= {1}
    assert "p02" not in world.channel.chats()
    assert world.outcomes("p02") == [("invitation", "unknown", "interrupted")]
    assert world.count("attempts") == 5


async def test_a_claim_whose_outcome_was_lost_becomes_unknown_while_the_process_lives(
    world: World,
) -> None:
    many(world, 1)
    contact = await claimed_by_the_dead(world)
    world.database.run(set_leaving, contact.claimed.id, DEAD.process)
    await world.tick(MORNING + timedelta(minutes=59))
    assert world.outcomes("p00") == [("invitation", "leaving", "")]
    await world.tick(MORNING + timedelta(minutes=61))
    assert world.outcomes("p00") == [("invitation", "unknown", "interrupted")]


async def test_a_clock_that_was_set_back_repeats_nothing(world: World) -> None:
    many(world, 3)
    await world.tick(MORNING)
    assert len(world.channel.to_people) == 3
    for hours in (1, 30, 24 * 9):
        await world.tick(MORNING - timedelta(hours=hours))
    await world.restart()
    await world.tick(MORNING)
    assert len(world.channel.to_people) == 3


@dataclass
class Jump:
    """A clock that jumps at the nth send or at the nth reading."""

    world: World
    by: timedelta
    at_send: int = 0
    at_reading: int = 0
    readings: int = 0

    def sends(self, number: int, _chat: str) -> None:
        if number == self.at_send:
            # Each of the eight reads it before its message leaves, and again when that is stored.
            self.at_reading = self.readings + 12

    def __call__(self) -> datetime:
        self.readings += 1
        if self.readings == self.at_reading:
            self.world.now += self.by
        return self.world.now


JUMPS = [timedelta(hours=6), timedelta(days=6), timedelta(hours=-1)]


@pytest.mark.parametrize("by", JUMPS, ids=str)
async def test_a_machine_that_sleeps_while_messages_wait_for_their_turn_decides_them_anew(
    world: World, by: timedelta
) -> None:
    people = many(world, 8)
    world.now = MORNING
    jump = Jump(world, by, at_send=2)
    world.channel.on_call = jump.sends
    world.rounds = Rounds(world.application.transactions, world.office, world.channels, jump)
    await world.tick()
    # The message that was sent is not repeated; those in the queue are planned again.
    assert len(world.channel.to_people) >= 1
    await on_the_next_days(world, people)


@pytest.mark.parametrize(
    ("reading", "by"), list(zip((4, 5, 6, 7, 8, 9), JUMPS * 2, strict=True)), ids=str
)
async def test_a_clock_that_jumps_at_any_reading_sends_nothing_twice_or_outside_the_window(
    world: World, by: timedelta, reading: int
) -> None:
    people = many(world, 2)
    world.now = MORNING
    jump = Jump(world, by, at_reading=reading)
    world.rounds = Rounds(world.application.transactions, world.office, world.channels, jump)
    await world.rounds.tick()
    # A clock that was set back is put right again: what was planned with it is still to come.
    await on_the_next_days(world, people, max(world.now, MORNING))


async def on_the_next_days(
    world: World, people: list[Enrolled], now: datetime | None = None
) -> None:
    """Check that a day later each person was invited once, within their contact hours."""
    world.now = now or world.now
    await world.until(world.now + timedelta(days=1))
    for who in people:
        first, *reminders = world.outcomes(who.chat)
        assert first == ("invitation", "sent", "")
        assert set(reminders) <= {("reminder", "sent", "")}
        assert len(world.channel.times(who.chat)) == 1 + len(reminders)
    assert {file.calendar.in_window(at) for file, at in sendings(world)} == {True}


def sendings(world: World) -> list[tuple[CaseFile, datetime]]:
    """Return all messages that were sent, with case and time."""
    files = {file.participant.name: file for file in world.cases().values()}
    return [(files[chat], at) for at, chat, _ in world.channel.to_people]


# What the messenger says


async def test_d10_a_flood_is_waited_out_as_long_as_asked_and_nobody_gets_two(
    world: World,
) -> None:
    many(world, 60)

    def flood(number: int, _chat: str) -> None:
        if number == 31:
            raise DeliveryError("flood", retry_after=34)

    world.channel.on_call = flood
    await world.tick(MORNING)
    flooded_at, before = world.now, len(world.channel.to_people)
    # Messages in progress may end; no other is tried during the pause.
    assert before <= 30 + 16
    for seconds in (5, 20, 33):
        await world.tick(flooded_at + timedelta(seconds=seconds))
    assert len(world.channel.to_people) == before
    await world.tick(flooded_at + timedelta(seconds=34))
    assert Counter(world.channel.chats()) == Counter(f"p{n:02}" for n in range(60))
    again = [at for at, _, _ in world.channel.to_people[before:]]
    assert min(again) >= flooded_at + timedelta(seconds=34)
    assert world.count("attempts") == 60


async def test_a_message_that_may_have_arrived_is_never_sent_again(world: World) -> None:
    many(world, 2)
    world.channel.failures["p00"] = [TIMED_OUT]
    await world.until(utc("2018-09-10T00:00"))
    tries = world.outcomes("p00")
    assert tries[0] == ("invitation", "unknown", "timed_out")
    assert {one[:2] for one in tries[1:]} == {("reminder", "sent")}
    assert len(tries) == 4


async def test_an_hour_without_network_costs_nobody_their_invitation(world: World) -> None:
    many(world, 3)
    start = utc("2018-08-08T22:25")
    for chat in ("p00", "p01", "p02"):
        world.channel.failures[chat] = [NETWORK] * 6
    for minutes in range(0, 64, 2):
        await world.tick(start + timedelta(minutes=minutes))
    await world.until(utc("2018-08-10T00:00"))
    assert Counter(world.channel.chats()) == Counter({"p00": 1, "p01": 1, "p02": 1})
    assert world.count("attempts") == 3


async def test_a_chat_that_moved_is_tried_once_under_its_new_number(world: World) -> None:
    (who,) = many(world, 1)
    world.channel.failures["p00"] = [DeliveryError("not_found", moved_to="-100")]
    await world.tick(MORNING)
    assert world.channel.chats() == ["-100"]
    assert world.channel.calls == 2
    address = world.database.read(get_address, who.address)
    assert address is not None
    assert (address.identifier, address.state) == ("-100", AddressState.ACTIVE)
    assert world.outcomes("p00") == [("invitation", "sent", "")]
    await world.until(utc("2018-08-14T00:00"))
    assert world.channel.chats() == ["-100", "-100"]


async def test_a_chat_that_moves_again_and_again_is_given_up(world: World) -> None:
    (who,) = many(world, 1)
    world.channel.failures["p00"] = [DeliveryError("not_found", moved_to="-100")]
    world.channel.failures["-100"] = [DeliveryError("not_found", moved_to="-200")]
    await world.tick(MORNING)
    await world.tick(MORNING + timedelta(minutes=1))
    assert world.channel.calls == 2
    address = world.database.read(get_address, who.address)
    assert address is not None
    assert (address.identifier, address.state) == ("-100", AddressState.UNREACHABLE)
    assert world.outcomes("p00") == [("invitation", "failed", "moved")]


async def test_a_chat_that_moved_to_one_we_know_already_does_not_stop_the_round(
    world: World,
) -> None:
    many(world, 2)
    world.channel.failures["p00"] = [DeliveryError("not_found", moved_to="p01")]
    done = await world.tick(MORNING)
    assert done.outcomes == {"invitation_sent": 2}
    old = world.database.read(find_address, "demo", "p00")
    assert old is not None
    assert old.state is AddressState.DELETED


# Faults of our own


async def test_a_fault_in_one_case_does_not_stop_the_others_and_is_told_once(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    many(world, 5)
    world.channel.failures["p02"] = [RuntimeError("secret words")]
    done = await world.tick(MORNING)
    assert done.outcomes == {"invitation_sent": 4, "fault": 1}
    assert world.channel.to_boss.count("a fault, see the log") == 1
    # The message may have left before the fault, so it is not sent again.
    assert world.outcomes("p02") == [("invitation", "unknown", "fault")]
    logged = capsys.readouterr().out
    assert "RuntimeError" in logged
    assert "secret words" not in logged
    await world.until(utc("2018-08-14T00:00"))
    assert world.outcomes("p02")[1][:2] == ("reminder", "sent")


async def test_a_fault_before_the_claim_is_tried_again_an_hour_later(world: World) -> None:
    people = many(world, 3)
    await world.tick(utc("2018-08-08T12:00"))

    def set_wave_version(connection: Connection, version: int) -> None:
        connection.execute(update(schema.waves).values(questionnaire_version=version))

    world.database.run(set_wave_version, 99)
    done = await world.tick(MORNING)
    faults = done.outcomes.get("fault", 0)
    assert faults > 0
    assert world.count("attempts") == 0
    world.database.run(set_wave_version, 1)
    await world.until(utc("2018-08-09T23:31"))
    assert len(world.channel.to_people) == len(people)


async def test_a_workshop_that_cannot_open_does_not_stop_the_others(world: World) -> None:
    many(world, 2)
    wave = packaged_plans()["standard"].waves[3]
    unpublished = replace(wave, questionnaire="NOT_THERE")
    world.plans["odd"] = Plan("odd", (unpublished,))
    world.workshop("ODD", plan="odd")
    world.enrol("Odd", workshop="ODD", chat="")
    world.workshop("LOST", plan="nobody-knows")
    done = await world.tick(MORNING)
    assert done.outcomes == {"invitation_sent": 2}
    await world.tick(MORNING + timedelta(minutes=1))
    told = world.channel.to_boss
    assert told.count("Questionnaire NOT_THERE is not published yet") == 1
    assert told.count("LOST: there is no plan 'nobody-knows'") == 1


async def test_an_organiser_who_cannot_be_told_stops_nothing(world: World) -> None:
    many(world, 2)
    world.channel.failures["boss"] = [DeliveryError("blocked", permanent=True)]
    await world.tick(MORNING)
    assert len(world.channel.to_people) == 2
