"""One person in several workshops at once: a minimum gap, at most two open cases, nothing lost."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Connection, select, update

from bot.desk.waves import acts
from bot.outbox.sending import Contact, SendingContext, claim_contact
from storage import schema
from storage.database import Database
from storage.fieldwork.due_contacts import due_cases
from storage.fieldwork.next_contact import refresh_person
from storage.fieldwork.waves import find_wave
from tests.bot.fieldwork_world import Enrolled, World, all_files, utc

ENDED = date(2018, 2, 9)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = World(database)
    world.keeps_only("M6")
    yield world
    world.check_messages()
    world.close()


def ada_in(world: World, *codes: str, ends: date = ENDED) -> Enrolled:
    """Ada took part in several workshops that ended on the same day."""
    for code in codes:
        world.workshop(code, ends=ends)
    ada = world.enrol("Ada", workshop=codes[0])
    for code in codes[1:]:
        world.enrol("Ada", workshop=code, same_as=ada)
    return ada


def invited(world: World) -> list[str]:
    """Workshops in the order of the invitations, each with its local day."""
    rows = world.database.read(
        lambda c: c.execute(
            select(schema.waves.c.workshop_code, schema.attempts.c.claimed_at)
            .join(schema.cases, schema.cases.c.id == schema.attempts.c.case_id)
            .join(schema.waves, schema.waves.c.id == schema.cases.c.wave_id)
            .where(schema.attempts.c.kind == "invitation")
            .order_by(schema.attempts.c.claimed_at)
        ).all()
    )
    return [f"{row.workshop_code} {row.claimed_at + timedelta(hours=12):%d %b}" for row in rows]


def finish(world: World, code: str) -> None:
    """Ada answers the questionnaire of one workshop to its end."""

    def store(connection: Connection) -> None:
        wave = find_wave(connection, code, "M6")
        assert wave is not None
        connection.execute(
            update(schema.cases)
            .where(schema.cases.c.wave_id == wave.id)
            .values(started_at=world.now, completed_at=world.now)
        )
        refresh_person(connection, 1, world.office.rules, world.now)

    world.database.run(store)
    world.check()


async def test_two_invitations_of_the_same_day_are_set_apart_by_the_minimum_gap(
    world: World,
) -> None:
    ada_in(world, "A", "B")
    await world.until(utc("2018-08-17T00:00"))
    # The 12th of August is a Sunday, and on Monday the reminder of the first one comes earlier.
    days = sorted(one.partition(" ")[2] for one in invited(world))
    assert days == ["09 Aug", "16 Aug"]


async def test_two_cases_that_are_due_in_the_same_second_do_not_both_go(world: World) -> None:
    ada_in(world, "A", "B", "C", "D", "E", "F")
    await world.tick(utc("2018-08-08T23:29"))
    assert len(world.channel.times("ada")) == 1


async def test_two_messages_to_one_person_are_decided_one_after_the_other(
    world: World, overlapping: Callable[..., tuple[Contact | None, Contact | None]]
) -> None:
    ada_in(world, "A", "B")
    await world.tick(utc("2018-08-08T12:00"))
    morning = utc("2018-08-08T23:29")
    one, other = world.database.read(due_cases, morning, 10)
    first, second = overlapping(
        lambda c: claim_contact(c, world.office, one, morning, SendingContext()),
        lambda c: claim_contact(c, world.office, other, morning, SendingContext()),
    )
    assert first is not None
    assert second is None


async def test_a_third_questionnaire_waits_until_one_is_finished(world: World) -> None:
    ada_in(world, "A", "B", "C")
    await world.until(utc("2018-08-22T00:00"))
    assert len(invited(world)) == 2
    waiting = ({"A", "B", "C"} - {one[0] for one in invited(world)}).pop()
    shown = world.database.read(acts.preview_wave, world.office, waiting, "M6", world.now)
    assert [one.reason for one in shown.messages] == ["has two other questionnaires open"]
    finish(world, invited(world)[0][0])
    # Three days after the last message, whatever that was about: reminders come between.
    await world.until(utc("2018-09-06T00:00"))
    assert [one[0] for one in invited(world)][2:] == [waiting]


async def test_closing_a_wave_frees_the_questionnaire_that_waited(world: World) -> None:
    ada_in(world, "A", "B", "C")
    await world.until(utc("2018-08-19T23:25"))  # a morning in Fiji, while messages may go
    assert len(invited(world)) == 2
    first = invited(world)[0][0]
    world.database.run(acts.close_wave, world.office, first, "M6", world.now)
    world.check()
    await world.until(utc("2018-09-06T00:00"))
    assert len(invited(world)) == 3


async def test_a_questionnaire_whose_turn_never_came_says_so(world: World) -> None:
    ada_in(world, "A", "B", "C")
    await world.until(utc("2018-09-10T00:00"))
    files = [file for file in world.database.read(all_files) if not file.case.started_at]
    outcomes = sorted((f.case.disposition, f.case.disposition_detail) for f in files)
    assert outcomes == [
        ("not_asked", "not_sent"),
        ("unknown", "silent"),
        ("unknown", "silent"),
    ]


async def test_nobody_ever_has_more_than_two_open_or_two_invitations_too_close(
    world: World,
) -> None:
    """Six workshops in ten weeks; Ada finishes a questionnaire now and then."""
    ada: Enrolled | None = None
    for number in range(6):
        code = f"W{number}"
        world.workshop(code, ends=ENDED + timedelta(days=12 * number))
        ada = ada or world.enrol("Ada", workshop=code)
        if number:
            world.enrol("Ada", workshop=code, same_as=ada)
    for week in range(16):
        await world.until(utc("2018-08-05T00:00") + timedelta(weeks=week))
        files = [
            file
            for file in world.database.read(all_files)
            if not file.case.closed_at and not file.case.completed_at
        ]
        attempted = set(world.database.read(_invited_cases))
        unfinished = [file for file in files if file.case.id in attempted]
        assert len([f for f in unfinished if not f.closed(world.now)]) <= 2
        if week % 3 == 2 and unfinished:
            finish(world, unfinished[0].wave.workshop_code)
    times = world.database.read(_invitation_times)
    calendar = world.database.read(all_files)[0].calendar
    for one, other in pairwise(calendar.local_day(at) for at in times):
        assert other - one >= timedelta(days=3)
    assert len(times) >= 4


def _invited_cases(connection: Connection) -> list[int]:
    return list(connection.scalars(select(schema.attempts.c.case_id)))


def _invitation_times(connection: Connection) -> list[datetime]:
    wanted = select(schema.attempts.c.claimed_at).where(schema.attempts.c.kind == "invitation")
    return list(connection.scalars(wanted.order_by(schema.attempts.c.claimed_at)))
