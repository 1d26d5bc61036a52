"""Notices to organisers: never lost, and sent again only if they may not have arrived."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.cli.waves import wave_table
from bot.desk.waves import acts
from bot.desk.waves.texts import progress_text
from bot.desk.workshops import replanning
from bot.fieldwork.progress import wave_progress
from bot.messaging.messages import DeliveryError, Moved, Sender
from storage.database import Database
from storage.due_workshops import workshops_due
from storage.office.staff import find_member, set_removed
from surveys.planning.plan import Plan
from surveys.planning.plans_file import packaged_plans
from tests.bot.fieldwork_world import (
    BLOCKED,
    BOSS,
    DELETED,
    NETWORK,
    REFUSED,
    TIMED_OUT,
    World,
    utc,
)

MORNING = utc("2018-08-08T23:29")
OPEN = "RM M6 is open until"


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.close()


async def test_a_notice_that_could_not_leave_is_told_after_a_restart(world: World) -> None:
    world.enrol("Ada")
    world.channel.failures[BOSS] = [NETWORK, NETWORK]
    await world.tick(MORNING)
    await world.restart()
    await world.tick(MORNING + timedelta(minutes=9))
    assert world.channel.to_boss == ""
    for minutes in (10, 20, 30, 40):
        await world.tick(MORNING + timedelta(minutes=minutes))
    assert world.channel.to_boss.count(OPEN) == 1


async def test_a_notice_that_may_have_arrived_is_said_again_and_not_for_ever(
    world: World,
) -> None:
    world.enrol("Ada")
    world.channel.failures[BOSS] = [TIMED_OUT] * 9
    for minutes in range(0, 200, 10):
        await world.tick(MORNING + timedelta(minutes=minutes))
    assert world.channel.failures[BOSS] == [TIMED_OUT] * 6


async def test_a_fault_of_the_same_words_is_news_again_on_another_day(world: World) -> None:
    world.workshop("LOST", plan="nobody-knows")
    for hours in (0, 1, 2, 25):
        await world.tick(MORNING + timedelta(hours=hours))
    assert world.channel.to_boss.count("LOST: there is no plan 'nobody-knows'") == 2


async def test_d09_a_chat_of_organisers_that_has_moved_gets_each_notice_once(
    world: World,
) -> None:
    world.enrol("Ada", chat="")
    world.channel.failures[BOSS] = [DeliveryError("not_found", moved_to="-1001234")] * 9
    await world.tick(MORNING)
    assert len(world.channel.texts("-1001234")) == 1
    await world.restart()
    await world.until(utc("2018-09-08T00:00"))
    told = world.channel.texts("-1001234")
    assert [OPEN in told[0], "M6 is closed" in told[-1], len(told)] == [True, True, 2]
    # The old one was tried once; later notices went straight to the new one.
    assert len(world.channel.failures[BOSS]) == 8


@pytest.mark.parametrize("times", [1, 2], ids=["one", "both"])
async def test_d09_the_service_messages_of_a_move_are_enough(world: World, times: int) -> None:
    world.enrol("Ada", chat="")
    for _ in range(times):
        await world.application.reception.receive(Moved(Sender("demo", BOSS), "-1001234"))
    await world.tick(MORNING)
    assert world.channel.texts(BOSS) == []
    assert len(world.channel.texts("-1001234")) == 1


async def test_what_became_of_the_messages_stands_in_words_with_numbers(world: World) -> None:
    for name, failure in (
        ("Ada", None), ("Ben", BLOCKED), ("Chi", DELETED), ("Dee", TIMED_OUT), ("Eli", NETWORK),
        ("Fin", REFUSED), ("Gil", DeliveryError("network", outcome_unknown=True)),
    ):  # fmt: skip
        world.enrol(name)
        world.channel.failures[name.lower()] = [failure] * 9
    await world.tick(MORNING)
    lines = progress_text(world.database.read(wave_progress, "RM", "M6")).splitlines()
    assert lines[0].startswith("M6 RM (open): invited 3 of 7")
    assert sorted(lines[1:]) == [
        "1 did not arrive: blocked the bot",
        "1 did not arrive: deleted the account",
        "1 did not arrive: the messenger refused the message, see the log",
        "1 may not have arrived: the connection broke after the message had left; "
        "the reminder covers it",
        "1 may not have arrived: the messenger did not answer; the reminder covers it",
        "1 will be tried again: no network",
    ]
    waves = world.database.read(acts.list_waves, world.office, "RM", world.now)
    assert "M6: 1 did not arrive: blocked the bot" in wave_table(waves)


async def test_organisers_are_told_on_day_nine_how_a_wave_goes_while_there_is_time_to_call(
    world: World,
) -> None:
    for name in ("Ada", "Ben"):
        world.enrol(name)
    world.enrol("Chi", chat="")
    await world.until(utc("2018-08-17T23:59"))
    assert "Day 9" not in world.channel.to_boss
    await world.until(utc("2018-08-18T00:01"))
    await world.restart()
    await world.until(utc("2018-08-20T00:00"))
    days = [line for line in world.channel.to_boss.splitlines() if line.startswith("Day 9.")]
    assert days == [
        "Day 9. M6 RM (open): invited 2 of 3 · started 0 · completed 0 · could not be reached 1. "
        "Nobody has answered yet. It is open until Thu 6 September 2018. Whom to call: /unreachable."
    ]
    await world.until(utc("2018-09-08T00:00"))
    assert "RM M6 is closed: 3 people, 0 have answered." in world.channel.to_boss


async def test_a_wave_of_one_week_or_of_a_cancelled_workshop_has_no_day_nine(world: World) -> None:
    end = [wave for wave in packaged_plans()["standard"].waves if wave.key == "END"]
    world.plans["short"] = Plan("short", tuple(end))
    world.workshop("SHORT", ends=date(2018, 8, 6), plan="short")
    world.enrol("Ada")
    world.enrol("Ben", workshop="SHORT")
    await world.until(utc("2018-08-10T00:00"))
    world.database.run(replanning.cancel, world.office, "RM", world.now)
    await world.until(utc("2018-08-20T00:00"))
    assert "Day 9" not in world.channel.to_boss
    assert world.database.read(workshops_due, world.now) == []


async def test_a_notice_that_waits_is_not_sent_to_somebody_whose_role_has_ended(
    world: World,
) -> None:
    world.enrol("Ada")
    world.channel.failures[BOSS] = [NETWORK]
    await world.tick(MORNING)
    member = world.database.read(find_member, "demo", BOSS)
    assert member is not None
    world.database.run(set_removed, member.id, MORNING)
    await world.tick(MORNING + timedelta(minutes=20))
    assert world.channel.to_boss == ""
    assert world.count("notices") == 0
