"""Three days lie between any two messages to a person, over workshops and channels."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.desk.waves import acts
from bot.messaging.messages import Commanded, Sender
from storage.database import Database
from storage.fieldwork.elearning_reminders import plan_reminder
from storage.office.notices import put_notices
from storage.schema import enrolments
from tests.bot.fieldwork_world import BLOCKED, World, utc
from tests.templates import ON_SQLITE

FIJI = ZoneInfo("Pacific/Fiji")
JULY = utc("2018-07-20T10:00")
GAP = timedelta(days=3)


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """Ada was at two workshops, half a year ago, and has a chat and a mailbox."""
    world = World(office_database, JULY)
    world.keeps_only("M6")
    world.workshop()
    world.workshop("TFA", ends=date(2018, 2, 12))
    ada = world.enrol("Ada", email="ada@example.org")
    world.enrol("Ada", workshop="TFA", same_as=ada)
    yield world
    world.close()


def messages(world: World) -> list[date]:
    """The local days of all messages to Ada, on both channels."""
    sent = [*world.channel.times("ada"), *world.mail.times("ada@example.org")]
    return sorted(at.astimezone(FIJI).date() for at in sent)


async def test_invitations_and_reminders_of_two_workshops_keep_apart_on_both_channels(
    world: World,
) -> None:
    world.channel.failures["ada"] = [None, None, BLOCKED]
    await world.until(utc("2018-09-14T00:00"))
    assert len(world.channel.times("ada")) == 2
    assert len(world.mail.times("ada@example.org")) >= 3
    days = messages(world)
    assert len(days) >= 6
    assert all(later - one >= GAP for one, later in pairwise(days)), days


async def test_what_is_shown_before_opening_is_what_is_sent(world: World) -> None:
    shown = [
        world.database.read(acts.preview_wave, world.office, code, "M6", world.now).messages[0]
        for code in ("RM", "TFA")
    ]
    planned = sorted(
        at for one in shown for at in (one.at, *(later.at for later in one.later)) if at
    )
    await world.until(utc("2018-09-14T00:00"))
    assert world.channel.times("ada") == planned


@ON_SQLITE
async def test_a_notice_of_the_office_leaves_at_once_and_others_wait_for_it(world: World) -> None:
    await world.until(utc("2018-08-08T23:00"))
    assert len(messages(world)) == 1
    tell = [("demo", "ada")]
    told = utc("2018-08-11T20:00")
    await world.until(told)
    world.database.run(put_notices, ["The wave was put back."], tell, told)
    await world.until(utc("2018-08-20T00:00"))
    days = messages(world)
    assert days[:3] == [date(2018, 8, 9), date(2018, 8, 12), date(2018, 8, 15)]


@ON_SQLITE
async def test_a_reply_delays_no_message(world: World) -> None:
    await world.until(utc("2018-08-11T20:00"))
    await world.application.reception.receive(Commanded(Sender("demo", "ada"), "help"))
    world.database.run(
        put_notices, ["You are confirmed."], [("demo", "ada")], world.now, reply=True
    )
    await world.until(utc("2018-08-14T00:00"))
    invited = [at for at, _, text in world.channel.to_people if "TFA" in text]
    assert [at.astimezone(FIJI).date() for at in invited] == [date(2018, 8, 13)]


async def test_a_reminder_of_the_elearning_keeps_apart_from_questionnaires(world: World) -> None:
    starts = world.enrol("Ben", workshop=world.workshop("NEXT", ends=date(2018, 8, 24)))
    learns = enrolments.c.id == starts.enrolment
    world.database.run(
        lambda connection: connection.execute(
            update(enrolments).where(learns).values(elearning="in_progress")
        )
    )
    ben = world.enrol("Ben", same_as=starts)
    assert ben.participant == starts.participant
    invited = utc("2018-08-08T23:29")
    await world.until(invited)
    assert len(world.channel.times("ben")) == 1
    world.database.run(plan_reminder, starts.enrolment, invited + timedelta(days=1))
    await world.until(utc("2018-08-19T00:00"))
    days = [at.astimezone(FIJI).date() for at in world.channel.times("ben")]
    assert days == [date(2018, 8, 9), date(2018, 8, 13), date(2018, 8, 16)]
    # The reminder of the questionnaire falls on the 13th too, a few minutes earlier.
    assert ["e-learning" in text for text in world.channel.texts("ben")] == [False, False, True]
