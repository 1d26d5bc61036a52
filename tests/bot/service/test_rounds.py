"""Rounds as participants see them: waves open and close, each person is asked once and in time."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Executable, delete

from analysis.facts.frames import load
from analysis.facts.responses import with_facts
from analysis.measures.outcomes import wave_outcomes
from bot.desk.waves import acts
from bot.desk.workshops import replanning
from bot.fieldwork.progress import wave_progress
from bot.operations.housekeeping import Housekeeping
from storage import schema
from storage.database import Database
from storage.due_workshops import workshops_due
from storage.fieldwork.next_contact import refresh_person
from storage.people.addresses import add_address, get_address
from storage.schema import answers
from surveys.people import AddressState, Role
from surveys.planning.plan import LateRule, Plan
from surveys.planning.plans_file import packaged_plans
from tests.bot.fieldwork_world import BLOCKED, DELETED, ENDED, REFUSED, World, utc
from tests.templates import ON_SQLITE

M6 = utc("2018-08-09T00:00")


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    yield world
    world.check_messages()
    world.close()


def only(world: World, *keys: str) -> None:
    """Reduce the standard plan to these waves."""
    standard = packaged_plans()["standard"]
    waves = tuple(wave for wave in standard.waves if wave.key in keys)
    world.plans["standard"] = Plan("standard", waves)


def answer_all(world: World, name: str, key: str, at: datetime) -> None:
    """Store the answers to a whole questionnaire, as the interviewer does."""
    case = world.cases()[name, key].case
    file = world.cases()[name, key]

    def store(connection: Connection) -> None:
        connection.execute(
            schema.cases.update()
            .where(schema.cases.c.id == case.id)
            .values(started_at=at, completed_at=at, answered=9, asked=9)
        )
        refresh_person(connection, file.participant.id, world.office.rules, at)

    world.database.run(store)


# A year, and how it goes


async def test_a_year_asks_everybody_in_every_wave_once_and_reminds_the_silent(
    world: World,
) -> None:
    world.workshop()
    world.enrol("Ada")
    world.enrol("Ben", "NP")
    await world.until(utc("2018-02-10T00:00"))
    answer_all(world, "Ada", "PRE", world.now)
    await world.until(utc("2018-10-01T00:00"))
    assert sorted(world.cases()) == [
        (name, key) for name in ("Ada", "Ben") for key in ("END", "M3", "M6", "PRE")
    ]
    invitations = dict.fromkeys(("PRE", "END", "M3", "M6"), 0)
    for (name, key), file in world.cases().items():
        invitations[key] += file.case.disposition == "unknown" if name == "Ben" else 1
    assert set(invitations.values()) == {2}
    # PRE 16 days: three reminders fit; END 7 days: one; M3 and M6 28 days: three.
    assert len(world.channel.times("ben")) == (1 + 3) + (1 + 1) + (1 + 3) + (1 + 3)
    assert world.channel.texts("ben")[3].count("Last reminder") == 1


@ON_SQLITE
async def test_s18_nine_in_the_morning_is_three_instants_in_three_places(world: World) -> None:
    only(world, "M6")
    world.workshop()
    world.enrol("Sera", "FJ")
    world.enrol("Ram", "NP")
    world.enrol("Bea", "FJ", timezone="Europe/Brussels")
    await world.until(utc("2018-08-10T00:00"))
    (sera,), (ram,), (bea,) = (world.channel.times(name) for name in ("sera", "ram", "bea"))
    assert utc("2018-08-08T21:30") <= sera < utc("2018-08-08T23:30")
    assert utc("2018-08-09T03:45") <= ram < utc("2018-08-09T05:45")
    assert utc("2018-08-09T07:30") <= bea < utc("2018-08-09T09:30")
    shown = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
    zones = {one.name: one.local[-7:-1] for one in shown.messages}
    # Sera has no time zone of her own: that of the administration is used, and shown.
    assert zones == {"Sera": "+12:00", "Ram": "+05:45", "Bea": "+02:00"}


async def test_d01_ten_restarts_change_nothing_in_what_is_to_come(world: World) -> None:
    only(world, "M6")
    world.workshop()
    for name in ("Ada", "Ben", "Dee"):
        world.enrol(name)

    def pending() -> list[tuple[str, datetime | None]]:
        preview = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
        return [(one.name, one.at) for one in preview.messages]

    before = pending()
    for _ in range(10):
        await world.tick(world.now + timedelta(days=20))
        assert pending() == before
        assert await world.restart() == 0
        assert pending() == before
    await world.until(utc("2018-08-09T09:05"))
    assert world.channel.chats() == ["ada", "ben", "dee"]
    assert [at for _, at in before] == [world.channel.times(n)[0] for n in ("ada", "ben", "dee")]


async def test_a_change_that_told_no_round_of_itself_is_seen_within_a_day(world: World) -> None:
    only(world, "M6")
    world.workshop()
    world.enrol("Ada")
    await world.tick()
    world.database.run(lambda connection: connection.execute(delete(schema.due_workshops)))
    Housekeeping(world.database, office=world.office).after_round(world.now, 0.1)
    await world.until(utc("2018-08-09T09:05"))
    assert world.channel.chats() == ["ada"]


async def test_d02_starts_do_not_multiply_what_is_planned(world: World) -> None:
    only(world, "M6", "M12")
    world.workshop()
    for name in ("Ada", "Ben", "Dee"):
        world.enrol(name)
    for _ in range(3):
        await world.restart()
        await world.tick()
    listed = world.database.read(acts.list_waves, world.office, "RM", world.now)
    planned = [
        world.database.read(acts.preview_wave, world.office, "RM", line.key, world.now)
        for line in listed
    ]
    assert sum(len(preview.sent_to) for preview in planned) == 6
    await world.until(utc("2018-08-10T00:00"))
    assert world.channel.chats() == ["ada", "ben", "dee"]


@ON_SQLITE
async def test_s04_no_day_is_left_out_when_clocks_change(world: World) -> None:
    """Sydney, 7 October 2018: the clock goes from two to three. Reminders on days 4, 9 and 16."""
    only(world, "M6")
    world.workshop(ends=date(2018, 4, 3))
    world.enrol("Ada", "AU")
    await world.until(utc("2018-11-10T00:00"))
    calendar = world.cases()["Ada", "M6"].calendar
    local = [calendar.local(at) for at in world.channel.times("ada")]
    days = [moment.date() for moment in local]
    assert days == [date(2018, 10, day) for day in (3, 8, 12, 19)]
    assert len({moment.time() for moment in local}) == 1


async def test_s14_a_wave_that_was_due_during_a_stop_is_sent_once_afterwards(
    world: World,
) -> None:
    only(world, "M6")
    world.workshop()
    for name in ("Ada", "Ben"):
        world.enrol(name)
    await world.tick(utc("2018-08-08T20:50"))
    assert world.channel.to_people == []
    # Down from 08:50 to 12:10 in Fiji: the window has passed, so it is the next morning.
    await world.restart()
    assert (await world.tick(utc("2018-08-09T00:10"))).outcomes == {}
    world.workshop("OTHER", ends=date(2019, 1, 1))
    await world.until(utc("2018-08-10T01:00"))
    assert world.channel.chats() == ["ada", "ben"]
    assert all(at > utc("2018-08-09T21:29") for at, _, _ in world.channel.to_people)


async def test_s14_a_process_asleep_for_six_days_sends_one_message_a_case(world: World) -> None:
    only(world, "M6")
    world.workshop()
    for name in ("Ada", "Ben"):
        world.enrol(name)
    await world.until(utc("2018-08-08T23:31"))
    assert world.channel.chats() == ["ada", "ben"]
    done = await world.tick(utc("2018-08-23T23:00"))  # days 4 and 9 were slept through
    assert done.outcomes == {"reminder_sent": 2}
    assert (await world.tick(utc("2018-08-23T23:05"))).outcomes == {}
    await world.until(utc("2018-09-20T00:00"))
    assert len(world.channel.to_people) == 2 * 3


# Waves that do not open, and people who join late


async def test_s17_somebody_who_joins_late_gets_the_next_wave_and_never_two_at_once(
    world: World,
) -> None:
    world.workshop()
    await world.until(utc("2018-07-01T00:00"))
    dee = world.enrol("Dee")
    await world.until(utc("2018-08-20T00:00"))
    assert sorted(key for name, key in world.cases()) == ["M6"]
    (invited, *_) = world.channel.times(dee.chat)
    calendar = world.cases()["Dee", "M6"].calendar
    assert calendar.local_day(invited) == date(2018, 8, 9)


@ON_SQLITE
async def test_s17_a_workshop_that_comes_late_has_its_passed_waves_missed(world: World) -> None:
    await world.until(utc("2018-07-01T10:00"))
    world.workshop()
    world.enrol("Dee")
    done = await world.tick()
    assert (done.missed, done.opened) == (3, 0)
    assert "PRE was not asked" in world.channel.to_boss
    assert (await world.tick()).missed == 0
    states = {
        line.key: line.state
        for line in world.database.read(acts.list_waves, world.office, "RM", world.now)
    }
    assert (states["PRE"], states["M3"], states["M6"]) == ("not asked", "not asked", "planned")
    await world.until(utc("2018-08-10T00:00"))
    assert len(world.channel.to_people) == 1


@ON_SQLITE
async def test_somebody_who_is_enrolled_after_pre_opened_still_gets_it(world: World) -> None:
    world.workshop()
    await world.until(utc("2018-01-20T00:00"))
    dee = world.enrol("Dee")
    await world.until(utc("2018-01-25T00:00"))
    assert list(world.cases()) == [("Dee", "PRE")]
    assert len(world.channel.times(dee.chat)) == 1


@ON_SQLITE
async def test_a_plan_may_leave_late_people_for_the_next_wave_and_says_so(world: World) -> None:
    standard = packaged_plans()["standard"]
    waves = [replace(wave, late=LateRule.NEXT_WAVE) for wave in standard.waves if wave.key == "M6"]
    world.plans["standard"] = Plan("standard", tuple(waves))
    world.workshop()
    world.enrol("Ada")
    await world.until(utc("2018-08-10T00:00"))
    world.enrol("Dee")
    await world.until(utc("2018-08-12T00:00"))
    assert list(world.cases()) == [("Ada", "M6")]
    shown = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
    assert {one.name: one.reason for one in shown.messages} == {
        "Ada": "", "Dee": "joined after the wave opened",
    }  # fmt: skip
    # Later rounds do not plan her again.
    assert world.database.read(workshops_due, world.now) == []


async def test_an_administration_that_has_answered_is_not_asked_again_when_its_contact_point_stops(
    world: World,
) -> None:
    only(world, "NCP12")
    world.workshop()
    ada = world.enrol("Ada", role=Role.CONTACT_POINT)
    world.enrol("Ben", role=Role.CONTACT_POINT)
    eli = world.enrol("Eli", "NP", role=Role.CONTACT_POINT)
    world.enrol("Fay", "NP", role=Role.CONTACT_POINT)
    await world.until(utc("2019-02-12T00:00"))
    answer_all(world, "Ada", "NCP12", world.now)
    await world.stops(ada)
    await world.stops(eli)
    await world.until(utc("2019-02-20T00:00"))
    # Eli has stopped without an answer, so Fay answers for Nepal.
    assert sorted(name for name, _ in world.cases()) == ["Ada", "Eli", "Fay"]
    assert world.channel.texts("ben") == []
    assert world.database.read(workshops_due, world.now) == []


@ON_SQLITE
async def test_nothing_opens_before_the_days_are_confirmed(world: World) -> None:
    world.workshop(confirmed=False)
    world.enrol("Ada")
    await world.until(utc("2018-02-01T00:00"))
    assert world.channel.to_people == []
    world.database.run(replanning.confirm, world.office, "RM", world.now)
    await world.until(utc("2018-02-14T00:00"))
    assert world.channel.chats()[:1] == ["ada"]


@ON_SQLITE
async def test_a_workshop_that_moves_takes_its_waves_along(world: World) -> None:
    only(world, "M3", "M6")
    world.workshop()
    world.enrol("Ada")
    await world.until(utc("2018-05-05T00:00"))
    world.database.run(replanning.move, world.office, "RM", (None, date(2018, 3, 9)), world.now)
    await world.until(utc("2018-06-08T00:00"))
    assert world.channel.to_people == []
    await world.until(utc("2018-06-13T00:00"))
    (invited,) = world.channel.times("ada")
    # The 9th of June is a Saturday.
    assert world.cases()["Ada", "M3"].calendar.local_day(invited) == date(2018, 6, 11)
    # With the later date the wave is not missed, and opens.
    world.database.run(replanning.move, world.office, "RM", (None, date(2017, 1, 10)), world.now)
    assert (await world.tick()).missed == 1
    world.database.run(replanning.move, world.office, "RM", (None, date(2018, 1, 10)), world.now)
    await world.until(utc("2018-07-12T00:00"))
    assert ("Ada", "M6") in world.cases()


def execute(connection: Connection, statement: Executable) -> None:
    connection.execute(statement)


@ON_SQLITE
async def test_supervisors_are_asked_only_when_the_participant_agreed(world: World) -> None:
    world.workshop()
    ada, ben = world.enrol("Ada"), world.enrol("Ben")
    world.enrol("Chief", role=Role.SUPERVISOR, about=ada)
    world.enrol("Head", role=Role.SUPERVISOR, about=ben)
    await world.until(utc("2018-02-11T00:00"))
    for name, value in (("Ada", "yes"), ("Ben", "no")):
        given = answers.insert().values(
            case_id=world.cases()[name, "END"].case.id,
            item="supervisor_ok",
            value=value,
            state="answered",
            language="en",
            channel="demo",
            answered_at=world.now,
        )
        world.database.run(execute, given)
    shown = world.database.read(acts.preview_wave, world.office, "RM", "SUP6", world.now)
    assert {one.name: one.reason for one in shown.messages} == {
        "Chief": "",
        "Head": "the participant has not agreed to ask the supervisor",
    }
    await world.until(utc("2018-08-15T00:00"))
    # A person who is not asked costs nothing: rounds do not read the workshop because of them.
    assert world.database.read(workshops_due, world.now) == []
    assert ("Chief", "SUP6") in world.cases()
    assert world.channel.times("head") == []


# People who cannot, or do not want to, be reached


async def test_d06_one_blocked_chat_costs_the_others_nothing(world: World) -> None:
    only(world, "M6")
    world.workshop()
    people = [world.enrol(name) for name in ("Ada", "Ben", "Chi", "Dee", "Eli")]
    world.channel.failures["chi"] = [BLOCKED] * 9
    await world.until(utc("2018-09-01T00:00"))
    assert set(world.channel.chats()) == {"ada", "ben", "dee", "eli"}
    assert world.outcomes("Chi") == [("invitation", "failed", "blocked")]
    address = world.database.read(get_address, people[2].address)
    assert address is not None
    assert (address.state, address.reason) == (AddressState.BLOCKED, "blocked")
    progress = world.database.read(wave_progress, "RM", "M6")
    assert (progress.cases, progress.invited, progress.not_reached) == (5, 4, 1)
    shown = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
    reasons = {one.name: one.reason for one in shown.not_sent}
    assert reasons["Chi"] == "cannot be reached: no address that works"


@ON_SQLITE
async def test_d07_a_deleted_account_is_final_and_stays_in_the_count(world: World) -> None:
    only(world, "M6")
    world.workshop()
    world.enrol("Ada")
    ben = world.enrol("Ben")
    world.channel.failures["ben"] = [DELETED] * 9
    await world.until(utc("2018-09-10T00:00"))
    assert world.outcomes("Ben") == [("invitation", "failed", "deleted")]
    address = world.database.read(get_address, ben.address)
    assert address is not None
    assert address.state is AddressState.DELETED
    case = world.cases()["Ben", "M6"].case
    assert (case.disposition, case.disposition_detail) == ("non_contact", "deleted")
    frames = world.database.read(load, ["RM"])
    (wave,) = wave_outcomes(frames, with_facts(frames))
    # The office tried to ask Ben, who could not have answered.
    assert (wave.asked, wave.invited, wave.reachable) == (2, 1, 1)


@ON_SQLITE
async def test_d08_a_person_who_comes_back_gets_what_is_due(world: World) -> None:
    only(world, "M6")
    world.workshop()
    chi = world.enrol("Chi")

    def state() -> str:
        address = world.database.read(get_address, chi.address)
        return address.state if address else ""

    for active, expected in ((False, "blocked"), (False, "blocked")):
        await world.blocks(chi, active=active)
        assert state() == expected
    await world.until(utc("2018-08-12T00:00"))
    assert world.channel.to_people == []
    assert world.cases()["Chi", "M6"].case.hold == "unreachable"
    await world.blocks(chi, active=True)
    assert state() == "active"
    await world.until(utc("2018-08-14T00:00"))
    assert len(world.channel.times("chi")) == 1


@ON_SQLITE
async def test_a_person_who_blocks_and_comes_back_later_is_asked_from_the_next_day(
    world: World,
) -> None:
    only(world, "M6")
    world.workshop()
    chi = world.enrol("Chi")
    world.channel.failures["chi"] = [BLOCKED]
    await world.until(utc("2018-08-08T23:31"))
    await world.blocks(chi, active=True)
    await world.until(utc("2018-08-09T21:00"))
    assert world.channel.to_people == []
    await world.until(utc("2018-08-10T00:00"))
    assert world.outcomes("Chi") == [
        ("invitation", "failed", "blocked"),
        ("invitation", "sent", ""),
    ]


@ON_SQLITE
async def test_another_address_that_works_is_used_from_the_next_day(world: World) -> None:
    only(world, "M6")
    world.workshop()
    chi = world.enrol("Chi")
    world.database.run(add_address, chi.participant, "demo", "chi-new", world.now)
    world.channel.failures["chi-new"] = [DELETED]
    await world.until(utc("2018-08-11T00:00"))
    assert world.channel.chats() == ["chi"]
    assert [one[1] for one in world.outcomes("Chi")] == ["failed", "sent"]


@ON_SQLITE
async def test_a_refused_message_is_not_repeated_on_the_same_day(world: World) -> None:
    only(world, "M6")
    world.workshop()
    world.enrol("Ada")
    world.channel.failures["ada"] = [REFUSED, REFUSED]
    await world.until(utc("2018-08-14T00:00"))  # the 11th is a Saturday
    tries = world.outcomes("Ada")
    assert [one[1] for one in tries] == ["failed", "failed", "sent"]
    assert {one[0] for one in tries} == {"invitation"}
    assert world.channel.calls == 3


async def test_after_a_stop_nothing_is_sent_in_any_workshop(world: World) -> None:
    only(world, "M6")
    world.workshop()
    world.workshop("TFA", ends=ENDED + timedelta(days=7))
    ada = world.enrol("Ada")
    world.enrol("Ada", workshop="TFA", same_as=ada)
    await world.until(utc("2018-08-08T23:31"))
    assert len(world.channel.times("ada")) == 1
    await world.stops(ada)
    await world.until(utc("2018-10-01T00:00"))
    assert len(world.channel.times("ada")) == 1
    assert list(world.cases()) == [("Ada", "M6")]
    assert world.cases()["Ada", "M6"].case.disposition == "refusal"


@ON_SQLITE
async def test_somebody_without_a_chat_is_listed_and_counted_as_not_contacted(
    world: World,
) -> None:
    only(world, "M6")
    world.workshop()
    world.enrol("Ada")
    world.enrol("Ben", chat="")
    await world.until(utc("2018-08-09T00:00"))
    shown = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
    assert [one.reason for one in shown.not_sent] == ["cannot be reached: no address that works"]
    await world.until(utc("2018-09-10T00:00"))
    case = world.cases()["Ben", "M6"].case
    assert (case.disposition, case.disposition_detail) == ("non_contact", "no_address")


@ON_SQLITE
async def test_whoever_has_not_agreed_yet_gets_the_consent_text_and_no_question(
    world: World,
) -> None:
    only(world, "M6")
    world.workshop()
    world.enrol("Dee", agreed=False)
    await world.until(utc("2018-08-10T00:00"))
    (text,) = world.channel.texts("dee")
    assert "agree" in text.lower()
    assert "reminder" not in text


@ON_SQLITE
async def test_a_reminder_before_somebody_has_agreed_says_that_it_is_one_and_until_when(
    world: World,
) -> None:
    only(world, "M6")
    world.workshop()
    world.enrol("Dee", agreed=False)
    await world.until(utc("2018-09-08T00:00"))
    _, *reminders, last = world.channel.texts("dee")
    assert len(reminders) == 2
    for text in (*reminders, last):
        assert text.startswith("Hello Dee, this is a short reminder.\n")
        assert "agree" in text.lower()
    assert all("You can answer until 6 September." in text for text in reminders)
    assert "Last reminder. Open until 6 September." in last


async def test_a_process_knows_the_public_holidays_before_anybody_waits_for_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To import their rules takes longer than a transaction may."""
    for name in [one for one in sys.modules if one.partition(".")[0] == "holidays"]:
        monkeypatch.delitem(sys.modules, name)
    await world.rounds.recover()
    assert "holidays" in sys.modules
