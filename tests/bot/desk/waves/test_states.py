"""Opened too early, held, skipped, other days: what the office does to a wave can be undone."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.desk.waves import acts
from bot.desk.workshops import replanning
from storage import schema
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.claims import set_leaving
from storage.fieldwork.waves import find_wave
from surveys.planning.wave_states import UNDO_TIME, WaveState
from tests.bot.desk.waves.world import MAY, does, state, two_people
from tests.bot.fieldwork_world import World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE

EVENING = utc("2018-05-02T08:00")
DAY = timedelta(days=1)


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    yield from two_people(office_database, EVENING)


def days(world: World, key: str = "M6") -> tuple[date, date]:
    one = world.database.read(acts.find_wave_now, world.office, "RM", key)
    return one.opens_on, one.closes_on


# Opened too early


async def test_opening_early_is_asked_about_with_its_day_and_its_people(world: World) -> None:
    asked = world.database.read(acts.open_question, world.office, "RM", "m6", world.now)
    assert asked == (
        "RM M6 is planned for Fri 8 June 2018, 5 weeks from now: open today for 2 people?"
    )
    world.now = utc("2017-12-01T08:00")
    asked = world.database.read(acts.open_question, world.office, "RM", "M6", world.now)
    assert asked.startswith("The workshop has not begun: its first day is Mon 4 December 2017.")
    assert "6 months from now" in asked
    world.now = utc("2018-06-08T08:00")
    assert not world.database.read(acts.open_question, world.office, "RM", "M6", world.now)


async def test_nothing_leaves_for_two_minutes_and_undo_costs_nobody_anything(world: World) -> None:
    world.now = MAY
    opened = does(world, "open_wave")
    assert "opens at 05:02 in Bangkok" in opened.said
    assert "2 people. Nothing is sent before." in opened.said
    await world.until(MAY + UNDO_TIME - timedelta(seconds=1))
    assert (state(world), world.count("attempts")) == ("opening", 0)
    back = does(world, "put_back")
    assert back.said == (
        "RM M6 is planned for Fri 8 June 2018 again. 2 invitations were taken back."
    )
    assert (state(world), world.count("cases"), days(world)[0]) == ("planned", 0, date(2018, 6, 8))
    await world.until(utc("2018-06-07T00:00"))
    assert world.channel.to_people == []
    await world.until(utc("2018-06-09T00:00"))
    assert world.channel.chats() == ["ada", "ben"]


async def test_a_wave_goes_back_after_a_message_and_opens_on_its_day_as_if_it_had_not(
    world: World,
) -> None:
    world.now = MAY
    does(world, "open_wave")
    while not world.channel.to_people:
        await world.tick(world.now + timedelta(minutes=1))
    (first,) = world.channel.chats()
    asked = world.database.read(acts.back_question, world.office, "RM", "M6")
    assert "1 person has a message of RM M6 already" in asked
    back = world.database.run(acts.put_back, world.office, "RM", "M6", world.now, tell=True)
    assert back.said.endswith(
        "1 invitation was taken back. 1 person has a message already, told now."
    )
    await world.tick(world.now + timedelta(minutes=1))
    assert world.channel.texts(first)[-1] == (
        "Our message about “Workshop RM” came too early. The questions come on 8 June."
    )
    assert (state(world), days(world)) == ("planned", (date(2018, 6, 8), date(2018, 7, 6)))
    told = len(world.channel.to_people)
    await world.until(utc("2018-06-07T00:00"))
    assert len(world.channel.to_people) == told
    await world.until(utc("2018-07-08T00:00"))
    for name in ("Ada", "Ben"):
        counted = [kind for kind, outcome, _ in world.outcomes(name) if outcome == "sent"]
        assert counted == ["invitation", "reminder", "reminder", "reminder"]


async def test_a_wave_that_somebody_has_answered_does_not_go_back(world: World) -> None:
    world.now = MAY
    does(world, "open_wave")
    await world.tick(MAY + UNDO_TIME)
    started = schema.cases.update().values(started_at=world.now)
    world.database.run(lambda connection: connection.execute(started))
    with pytest.raises(Conflict, match=r"cannot be put back to its plan \(open, and somebody has"):
        does(world, "put_back")
    assert state(world) == "open"


# Nothing leaves unseen


async def test_a_running_workshop_that_is_imported_waits_for_a_yes_and_organisers_are_asked(
    world: World,
) -> None:
    world.now = utc("2018-06-20T00:00")
    world.workshop("NEW", ends=date(2017, 12, 8))
    world.enrol("Chi", workshop="NEW", came=world.now)
    follows = world.database.read(acts.what_follows, world.office, "NEW", world.now)
    assert follows[0] == (
        "M6: Its day, Fri 8 June 2018, is past or near, so it needs your yes: open, hold or skip it."
    )
    assert follows[1].startswith("M12: from Sat 8 December 2018 to Sat 5 January 2019: 1 of 1")
    await world.until(utc("2018-06-22T00:00"))
    assert "chi" not in world.channel.chats()
    assert world.channel.to_boss.count("NEW M6 needs your yes") == 1
    world.database.run(acts.open_wave, world.office, "NEW", "M6", world.now)
    wave = world.database.read(find_wave, "NEW", "M6")
    assert wave is not None
    assert (wave.opens_on, wave.closes_on) == (date(2018, 6, 22), date(2018, 7, 20))
    await world.until(utc("2018-06-26T00:00"))
    assert "chi" in world.channel.chats()


async def test_a_wave_without_people_does_not_open_and_asks_when_its_list_comes(
    world: World,
) -> None:
    world.workshop("NEW", ends=date(2017, 12, 8))
    await world.until(utc("2018-06-20T00:00"))
    assert world.database.read(find_wave, "NEW", "M6") is None
    world.enrol("Chi", workshop="NEW", came=world.now)
    await world.until(utc("2018-06-22T00:00"))
    assert "chi" not in world.channel.chats()
    assert "NEW M6 needs your yes" in world.channel.to_boss


async def test_days_are_counted_from_the_day_a_wave_really_opened(world: World) -> None:
    world.now = utc("2018-05-20T00:00")
    days_of_workshop = (None, date(2017, 11, 10))
    moved = world.replan(replanning.move, "RM", days_of_workshop)
    assert "M6: Its day, Thu 10 May 2018, is past or near" in moved.said[1]
    await world.until(utc("2018-05-22T00:00"))
    assert world.channel.to_people == []
    does(world, "open_wave")
    await world.until(utc("2018-05-30T12:00"))
    assert "Day 9" not in world.channel.to_boss
    assert [len(world.channel.times(chat)) for chat in ("ada", "ben")] == [2, 2]
    await world.until(utc("2018-06-01T00:00"))
    assert "Day 9" in world.channel.to_boss


# On hold


async def test_a_held_wave_does_not_open_and_asks_for_its_days_once_they_have_passed(
    world: World,
) -> None:
    held = does(world, "hold_wave", ("Elections", date(2018, 6, 11)))
    assert held.said == (
        "RM M6 is on hold. Nothing is sent. Organisers are reminded on Mon 11 June 2018."
    )
    assert (held.undo, does(world, "hold_wave").changed) == ("release", False)
    await world.until(utc("2018-06-10T00:00"))
    assert (state(world), world.channel.to_people) == ("on hold, was planned", [])
    assert "Elections" not in world.channel.to_boss
    await world.until(utc("2018-06-12T00:00"))
    assert "RM M6 is on hold since Wed 2 May 2018 (Elections)." in world.channel.to_boss
    released = does(world, "release_wave")
    assert "Its day, Fri 8 June 2018, is past or near, so it needs your yes" in released.said
    await world.until(utc("2018-06-14T00:00"))
    assert (state(world), world.channel.to_people) == ("needs your yes", [])
    does(world, "change_days", (date(2018, 6, 18), None))
    await world.until(utc("2018-06-17T10:00"))
    await world.until(utc("2018-06-19T00:00"))
    assert (state(world), world.channel.chats()) == ("open", ["ada", "ben"])


async def test_a_hold_takes_back_what_has_been_claimed_and_has_not_left(world: World) -> None:
    await world.until(utc("2018-06-07T20:00"))
    claim = schema.attempts.insert().values(
        case_id=select(schema.cases.c.id).limit(1).scalar_subquery(), ordinal=1,
        kind="invitation", channel="demo", claimed_at=world.now, claimed_by=7, outcome="claimed",
    )  # fmt: skip
    world.database.run(lambda connection: connection.execute(claim))
    does(world, "hold_wave")
    assert not world.database.run(set_leaving, 1, 7)
    await world.until(utc("2018-06-12T00:00"))
    assert world.channel.to_people == []
    does(world, "release_wave")
    await world.until(utc("2018-06-14T00:00"))
    assert world.channel.chats() == ["ada", "ben"]


async def test_a_workshop_on_hold_opens_and_sends_nothing_until_it_is_released(
    world: World,
) -> None:
    def whole(what: str) -> acts.WorkshopResult:
        return world.replan(getattr(acts, f"{what}_workshop"), "RM")

    assert (whole("hold").changed, whole("hold").changed) == (True, False)
    with pytest.raises(Conflict, match="whole workshop RM is on hold"):
        does(world, "release_wave")
    await world.until(utc("2018-06-12T00:00"))
    assert (world.channel.to_people, world.count("cases")) == ([], 0)
    released = whole("release")
    assert released.said[0] == "RM is released."
    assert released.said[1].startswith("M6: Its day, Fri 8 June 2018, is past or near")
    assert not whole("release").changed
    does(world, "open_wave")
    await world.until(utc("2018-06-14T00:00"))
    whole("hold")
    sent = len(world.channel.to_people)
    assert sent == 2
    await world.until(utc("2018-06-25T00:00"))
    assert len(world.channel.to_people) == sent
    whole("release")
    await world.until(utc("2018-06-27T00:00"))
    assert len(world.channel.to_people) == 2 * sent


# Skipped, other days, closed


async def test_a_skipped_wave_asks_nobody_and_comes_back(world: World) -> None:
    assert does(world, "skip_wave").undo == "back"
    assert not does(world, "skip_wave").changed
    assert "planned for Fri 8 June 2018 again" in does(world, "put_back").said
    does(world, "skip_wave")
    await world.until(utc("2018-07-10T00:00"))
    assert (state(world), world.channel.to_people) == ("skipped", [])
    does(world, "open_wave")
    await world.until(utc("2018-07-12T00:00"))
    assert world.channel.chats() == ["ada", "ben"]


async def test_days_by_hand_stay_when_the_workshop_moves_and_go_back_to_the_plan(
    world: World,
) -> None:
    done = does(world, "change_days", (date(2018, 6, 20), date(2018, 7, 1)))
    assert done.said == (
        "RM M6 has other days: Wed 20 June 2018 to Sun 1 July 2018. "
        "Before: Fri 8 June 2018 to Fri 6 July 2018."
    )
    assert not does(world, "change_days", (date(2018, 6, 20), date(2018, 7, 1))).changed
    later = (None, date(2017, 12, 15))
    world.database.run(replanning.move, world.office, "RM", later, world.now)
    assert days(world) == (date(2018, 6, 20), date(2018, 7, 1))
    does(world, "put_back")
    assert days(world) == (date(2018, 6, 15), date(2018, 7, 13))
    for wrong in ((date(2018, 5, 1), None), (None, date(2018, 5, 1))):
        with pytest.raises(Conflict):
            does(world, "change_days", wrong)


async def test_a_closed_wave_opens_again_past_its_last_day_with_a_new_one(world: World) -> None:
    await world.until(utc("2018-07-08T00:00"))
    assert state(world) == "closed"
    with pytest.raises(Conflict, match="without a new last day: its last day was Fri 6 July 2018"):
        does(world, "reopen_wave")
    done = does(world, "reopen_wave", date(2018, 7, 20))
    assert "is open again until Fri 20 July 2018: 2 people have not finished." in done.said
    longer = does(world, "change_days", (None, date(2018, 7, 27)))
    assert longer.changed
    await world.until(utc("2018-07-27T00:00"))
    assert state(world) == "open"


# Whatever the office does


ANY = (
    "open_wave",
    "put_back",
    "hold_wave",
    "release_wave",
    "skip_wave",
    "close_wave",
    "reopen_wave",
)


@pytest.mark.parametrize("seed", range(6))
async def test_in_any_order_of_acts_nobody_is_invited_twice_and_nothing_leaves_unseen(
    world: World, seed: int
) -> None:
    """Some fifty acts over two months on a whole database, which takes about a second."""
    chance = random.Random(seed)
    openings = 0
    for _ in range(50):
        act = chance.choice(ANY)
        try:
            done = does(world, act)
        except (Conflict, NotFound):
            continue
        finally:
            sent = world.count("attempts")
            before = WaveState(state(world))
            if before not in (WaveState.OPEN, WaveState.PLANNED):
                await world.tick(world.now + timedelta(seconds=30))
                assert world.count("attempts") == sent, (act, before)
            world.now += chance.choice((timedelta(minutes=3), timedelta(hours=7), DAY))
            await world.tick(world.now)
        openings += done.changed and act == "open_wave"
        for name in ("Ada", "Ben"):
            invited = [one for one in world.outcomes(name) if one[:2] == ("invitation", "sent")]
            assert len(invited) <= 1, (seed, act)
    assert openings
