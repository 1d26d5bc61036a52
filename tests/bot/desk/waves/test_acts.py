"""The acts of organisers on waves: preview, open, hold, release, close, cancel."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.desk.waves import acts
from bot.desk.workshops import replanning
from bot.fieldwork.progress import wave_progress
from storage.database import Conflict, Database, NotFound
from storage.office.audit import entries
from surveys.people import Role
from surveys.planning.plan import Plan
from tests.bot.fieldwork_world import BLOCKED, World, utc
from tests.templates import ON_SQLITE

JULY = utc("2018-07-20T00:00")
"""After M3 has closed: whoever joins now is asked in M6 first."""
BEFORE = utc("2018-08-01T12:00")
SENDING = utc("2018-08-08T23:29")


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    world.keeps_only("M3", "M6", "M12")
    world.workshop()
    yield world
    world.check_messages()
    world.close()


def preview(world: World, key: str = "M6") -> acts.Preview:
    return world.database.read(acts.preview_wave, world.office, "RM", key, world.now)


def state(world: World, key: str = "M6") -> str:
    lines = world.database.read(acts.list_waves, world.office, "RM", world.now)
    return next(line.state for line in lines if line.key == key)


# Looking ahead


@ON_SQLITE
async def test_what_a_preview_shows_is_what_then_happens(world: World) -> None:
    world.now = JULY
    for number, place in enumerate(("FJ", "NP", "WS", "MV", "TH", "JP", "AF", "BD", "TO", "CN")):
        world.enrol(f"p{number}", place)
    world.enrol("Bea", "FJ", timezone="Europe/Brussels")
    world.enrol("Chi", "FJ")
    ben = world.enrol("Ben", "FJ")
    world.enrol("Dee", "FJ", chat="")
    await world.stops(ben)
    shown = preview(world)
    assert {one.name: one.reason for one in shown.not_sent} == {
        "Ben": "asked to stop",
        "Dee": "cannot be reached: no address that works",
    }
    await world.until(utc("2018-08-14T00:00"))
    firsts = {chat: world.channel.times(chat)[0] for chat in set(world.channel.chats())}
    assert firsts == {one.name.lower(): one.at for one in shown.sent_to}
    assert {one.channel for one in shown.sent_to} == {"demo"}
    later = preview(world)
    assert {one.name for one in later.messages} == {one.name for one in shown.messages} - {"Ben"}


@ON_SQLITE
async def test_a_preview_of_an_open_wave_shows_the_next_reminders(world: World) -> None:
    world.now = JULY
    world.enrol("Ada")
    await world.until(SENDING)
    (line,) = preview(world).messages
    await world.until(utc("2018-08-15T00:00"))
    assert world.channel.times("ada")[1:] == [line.at]


@ON_SQLITE
async def test_the_reasons_of_a_planned_wave_stay_when_it_opens(world: World) -> None:
    world.now = JULY
    for name in ("Ada", "Ben", "Chi"):
        world.enrol(name)
    world.enrol("Dee", chat="")
    await world.blocks(world.enrol("Eli"))
    before = {one.name: one.reason for one in preview(world).messages}
    await world.until(utc("2018-08-08T12:00"))
    assert {one.name: one.reason for one in preview(world).messages} == before


@ON_SQLITE
async def test_a_preview_reckons_with_the_other_cases_of_a_person(world: World) -> None:
    world.now = JULY
    world.workshop("TFA", ends=date(2018, 2, 8))
    ada = world.enrol("Ada")
    world.enrol("Ada", workshop="TFA", same_as=ada)
    await world.until(utc("2018-08-08T09:59"))  # M6 of TFA went out on the 8th in Fiji
    assert len(world.channel.times("ada")) == 1
    (line,) = preview(world).messages
    assert line.reason == "gets another message in the days before"
    await world.until(utc("2018-08-11T23:59"))
    assert world.channel.times("ada")[1:] == []
    await world.until(utc("2018-08-16T00:00"))
    # On the 13th the reminder of the other one comes first, so this one waits again.
    assert world.channel.times("ada")[2:] == [line.at]


@ON_SQLITE
async def test_a_preview_warns_where_no_holidays_are_known(world: World) -> None:
    await world.until(BEFORE)
    known = world.enrol("Ada", "FJ")
    assert known
    assert {one.warning for one in preview(world).messages} == {""}


@ON_SQLITE
async def test_somebody_enrolled_a_moment_ago_is_listed_as_soon_to_be_added(world: World) -> None:
    world.enrol("Ada")
    await world.until(SENDING)
    world.enrol("Dee")
    assert {one.name: one.reason for one in preview(world).messages} == {
        "Ada": "",
        "Dee": "is added in the next round",
    }


# Opening


async def test_d04_opening_twice_and_then_by_plan_sends_one_invitation(world: World) -> None:
    for name in ("Ada", "Ben", "Dee"):
        world.enrol(name)
    await world.tick(BEFORE)

    async def tap() -> acts.WaveResult:
        return await world.application.transactions.write(
            acts.open_wave, world.office, "RM", "m6", world.now
        )

    first, second = await asyncio.gather(tap(), tap())
    assert {first.changed, second.changed} == {False, True}
    assert first.wave is not None
    assert first.wave == second.wave
    assert (first.cases, second.cases) == (3, 3)
    assert first.wave.opened_at == BEFORE
    assert (first.wave.opens_on, first.wave.closes_on) == (date(2018, 8, 1), date(2018, 8, 29))
    await world.until(utc("2018-08-12T00:00"))  # past the day of the plan
    invitations = [one for one in world.outcomes("Ada") if one[0] == "invitation"]
    assert len(invitations) == 1
    assert world.count("waves") == 2  # M3 by plan, M6 by hand
    again = await tap()
    assert not again.changed


@ON_SQLITE
async def test_what_cannot_be_opened_says_why(world: World) -> None:
    def opening(code: str, key: str) -> str:
        with pytest.raises((Conflict, NotFound)) as problem:
            world.database.run(acts.open_wave, world.office, code, key, world.now)
        return str(problem.value)

    world.workshop("TBC", confirmed=False)
    world.workshop("OFF")
    world.database.run(replanning.cancel, world.office, "OFF", world.now)
    assert "There is no workshop NONE" in opening("NONE", "M6")
    assert "has no wave M7. Its waves: M3, M6, M12." in opening("RM", "M7")
    unsure = "TBC M6 cannot be opened (waits for confirmed dates). Nothing was changed."
    assert opening("TBC", "M6") == unsure
    assert opening("OFF", "M6") == "OFF M6 cannot be opened (cancelled). Nothing was changed."


@ON_SQLITE
async def test_a_wave_that_was_missed_can_be_opened_and_asks_everybody(world: World) -> None:
    world.enrol("Ada")
    await world.tick(utc("2018-07-04T00:00"))
    states = [
        one.state for one in world.database.read(acts.list_waves, world.office, "RM", world.now)
    ]
    assert states == ["not asked", "planned", "planned"]
    opened = world.database.run(acts.open_wave, world.office, "RM", "M3", world.now)
    assert opened.wave is not None
    assert (opened.changed, opened.cases, opened.wave.missed_at) == (True, 1, None)
    assert opened.wave.opens_on == world.now.date()
    again = world.database.run(acts.open_wave, world.office, "RM", "M3", world.now)
    assert not again.changed
    await world.until(utc("2018-07-06T00:00"))
    assert world.channel.chats() == ["ada"]
    lines = world.database.read(entries)
    assert [one.about for one in lines if one.act == "wave opened"] == ["RM M3"]


# Holding, releasing, closing


async def test_a_held_wave_sends_nothing_and_goes_on_where_it_was(world: World) -> None:
    world.now = JULY
    for name in ("Ada", "Ben"):
        world.enrol(name)
    await world.until(SENDING)
    sent = len(world.channel.to_people)
    for _ in range(2):
        world.database.run(acts.hold_wave, world.office, "RM", "M6", world.now)
        world.check()
    assert state(world) == "on hold, was open"
    assert {one.reason for one in preview(world).messages} == {"the wave is on hold"}
    await world.until(utc("2018-08-20T00:00"))
    assert len(world.channel.to_people) == sent
    for _ in range(2):
        world.database.run(acts.release_wave, world.office, "RM", "M6", world.now)
        world.check()
    assert state(world) == "open"
    await world.until(utc("2018-08-22T00:00"))
    # Two reminders were due meanwhile; each person gets one message.
    assert Counter(world.channel.chats()) == Counter({"ada": 2, "ben": 2})


async def test_closing_early_freezes_every_case_and_the_sums_reconcile(world: World) -> None:
    world.now = JULY
    for name in ("Ada", "Ben", "Chi"):
        world.enrol(name)
    world.enrol("Dee", chat="")
    world.channel.failures["chi"] = [BLOCKED]
    await world.until(SENDING)
    closed = world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    assert closed.wave is not None
    assert closed.wave.closed_at == world.now
    found = Counter(
        (file.case.disposition, file.case.disposition_detail)
        for (_, key), file in world.cases().items()
        if key == "M6"
    )
    assert found == {
        ("unknown", "silent"): 2,
        ("non_contact", "blocked"): 1,
        ("non_contact", "no_address"): 1,
    }
    progress = world.database.read(wave_progress, "RM", "M6")
    assert progress.state == "closed"
    assert progress.cases == progress.invited + progress.not_reached == sum(found.values())
    again = world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    assert (again.changed, again.wave) == (False, closed.wave)
    assert again.said.endswith("Nothing was changed.")
    with pytest.raises(Conflict, match="cannot be opened"):
        world.database.run(acts.open_wave, world.office, "RM", "M6", world.now)
    sent = len(world.channel.to_people)
    await world.until(utc("2018-09-10T00:00"))
    assert len(world.channel.to_people) == sent


async def test_a_wave_closes_by_itself_when_its_last_day_has_ended_everywhere(
    world: World,
) -> None:
    world.enrol("Ada", "WS")  # a day behind or ahead of the rest, depending on the year
    await world.until(SENDING)
    await world.until(utc("2018-09-07T11:59"))
    assert state(world) == "open"
    done = await world.tick(utc("2018-09-07T12:00"))
    assert (done.closed, state(world)) == (1, "closed")
    assert "RM M6 is closed: 1 person, 0 have answered." in world.channel.to_boss
    assert (await world.tick()).closed == 0


async def test_somebody_lost_in_an_earlier_wave_is_counted_with_the_reason(world: World) -> None:
    world.enrol("Chi")
    world.channel.failures["chi"] = [BLOCKED]
    await world.until(utc("2018-09-10T00:00"))
    assert len(world.outcomes("Chi")) == 1
    # The second wave had nobody else, so it has asked nobody.
    assert [
        (file.case.disposition, file.case.disposition_detail) for file in world.cases().values()
    ] == [("non_contact", "blocked"), ("not_asked", "blocked")]


async def test_a_wave_that_has_not_opened_has_no_progress_and_cannot_be_closed(
    world: World,
) -> None:
    with pytest.raises(Conflict, match="has not opened yet"):
        world.database.read(wave_progress, "RM", "M6")
    with pytest.raises(Conflict, match="cannot be closed \\(planned\\)"):
        world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)


# Cancelling


async def test_s16_a_cancelled_workshop_sends_nothing_and_comes_back_whole(world: World) -> None:
    for name in ("Ada", "Ben"):
        world.enrol(name)
    await world.until(utc("2018-05-12T00:00"))  # M3 is open, both are invited
    sent = len(world.channel.to_people)
    assert sent == 2
    world.database.run(replanning.cancel, world.office, "RM", world.now)
    world.check()
    assert {one.reason for one in preview(world, "M3").messages} == {"the workshop is cancelled"}
    await world.until(utc("2018-08-20T00:00"))
    assert len(world.channel.to_people) == sent
    assert (state(world, "M3"), state(world, "M6")) == ("closed", "cancelled")
    world.database.run(replanning.restore, world.office, "RM", world.now)
    await world.until(utc("2018-08-22T00:00"))
    # Its day has passed meanwhile, so M6 goes out after a yes; M3 is over and stays so.
    assert len(world.channel.to_people) == sent
    world.database.run(acts.open_wave, world.office, "RM", "M6", world.now)
    await world.until(utc("2018-08-24T00:00"))
    assert len(world.channel.to_people) == sent + 2
    assert {key for _, key in world.cases()} == {"M3", "M6"}
    await world.until(utc("2019-02-12T00:00"))
    assert ("Ada", "M12") in world.cases()


@ON_SQLITE
async def test_s16_a_cancellation_that_is_taken_back_in_time_loses_no_reminder(
    world: World,
) -> None:
    world.now = JULY
    world.enrol("Ada")
    await world.until(SENDING)
    world.database.run(replanning.cancel, world.office, "RM", world.now)
    await world.until(SENDING + timedelta(days=1))
    world.database.run(replanning.restore, world.office, "RM", world.now)
    world.check()
    await world.until(utc("2018-09-10T00:00"))
    kinds = [one[0] for one in world.outcomes("Ada")]
    assert kinds == ["invitation", "reminder", "reminder", "reminder"]


@ON_SQLITE
async def test_people_who_join_a_cancelled_workshop_are_added_when_it_is_on_again(
    world: World,
) -> None:
    world.enrol("Ada")
    await world.until(SENDING)
    world.database.run(replanning.cancel, world.office, "RM", world.now)
    world.enrol("Dee")
    await world.tick()
    assert ("Dee", "M6") not in world.cases()
    world.database.run(replanning.restore, world.office, "RM", world.now)
    await world.tick()
    assert ("Dee", "M6") in world.cases()


# A plan that changes


async def test_a_wave_that_is_brought_forward_by_most_of_a_year_is_asked_about(
    world: World,
) -> None:
    world.now = JULY

    def question(first: date) -> str:
        place = ("RM", "M12", world.now, (first, None))
        return world.database.read(acts.days_question, world.office, *place)

    assert question(date(2018, 10, 9)) == (
        "RM M12 would open on Tue 9 October 2018, 4 months before its day, Sat 9 February 2019."
    )
    assert question(date(2018, 12, 9)) == ""


@ON_SQLITE
async def test_a_wave_that_the_plan_has_lost_stays_listed_and_can_be_closed(world: World) -> None:
    world.now = JULY
    world.enrol("Ada")
    await world.until(SENDING)
    world.plans["standard"] = Plan("standard", world.plans["standard"].waves[-1:])
    lines = world.database.read(acts.list_waves, world.office, "RM", world.now)
    assert (lines[0].key, lines[0].state) == ("M12", "planned")
    assert {line.key: line.state for line in lines[1:]} == {"M3": "not asked", "M6": "open"}
    assert preview(world).state == "open"
    await world.until(utc("2018-08-15T00:00"))
    assert len(world.channel.times("ada")) == 2
    world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    assert state(world) == "closed"


@ON_SQLITE
async def test_only_the_role_of_the_wave_is_asked(world: World) -> None:
    world.enrol("Ada")
    world.enrol("Point", role=Role.CONTACT_POINT)
    await world.until(utc("2018-08-10T00:00"))
    assert {name for name, _ in world.cases()} == {"Ada"}


# Every message


@ON_SQLITE
async def test_every_message_that_a_preview_lists_is_sent_to_whoever_stays_silent(
    world: World,
) -> None:
    world.now = JULY
    people = [world.enrol("Ada"), world.enrol("Ben", "NP"), world.enrol("Chi", "BD")]
    world.enrol("Dee", chat="")
    listed = {
        one.name: [one.at, *(later.at for later in one.later)] for one in preview(world).messages
    }
    assert [len(listed[name]) for name in ("Ada", "Ben", "Chi", "Dee")] == [4, 4, 4, 1]
    await world.until(utc("2018-08-16T12:00"))
    under_way = {one.name: one for one in preview(world).messages}
    assert under_way["Ada"].kind == "reminder"
    assert [later.at for later in under_way["Ada"].later] == listed["Ada"][
        -len(under_way["Ada"].later) :
    ]
    await world.until(utc("2018-09-08T00:00"))
    assert [world.channel.times(one.chat) for one in people] == [
        listed[name] for name in ("Ada", "Ben", "Chi")
    ]


@ON_SQLITE
async def test_a_calendar_lists_every_wave_and_says_why_a_wave_is_not_asked(
    world: World,
) -> None:
    world.now = JULY
    world.enrol("Ada")
    await world.tick()

    def reasons(code: str) -> dict[str, set[str]]:
        found = world.database.read(acts.preview_all, world.office, code, world.now)
        return {one.key: {message.reason for message in one.messages} for one in found}

    missed = "nobody was asked: the days of the wave had passed"
    assert reasons("RM") == {"M3": {missed}, "M6": {""}, "M12": {""}}
    world.workshop("TBC", confirmed=False)
    world.enrol("Ben", workshop="TBC")
    unsure = {"the days of the workshop are not confirmed"}
    assert reasons("TBC") == {"M3": unsure, "M6": unsure, "M12": unsure}
    world.database.run(replanning.cancel, world.office, "RM", world.now)
    assert reasons("RM")["M6"] == {"the workshop is cancelled"}
