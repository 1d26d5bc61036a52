"""Open a wave by hand: ask if that is early, then wait two minutes before the first message."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.waves.results import WaveResult, changed, check, locked_wave, unchanged
from bot.fieldwork import opening
from bot.fieldwork.planned_waves import WaveNow, find_wave_now
from bot.fieldwork.slices import add_slice, plan_first_slice
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words, moment_words, time_words
from storage.database import Conflict
from storage.due_workshops import mark_due
from storage.fieldwork.cases_of_waves import count_cases
from storage.fieldwork.waves import Wave
from storage.office.audit import Act
from storage.office.staff import label_of
from storage.people.enrolments import languages_in
from surveys.planning.plan import DatedWave
from surveys.planning.wave_states import (
    OPEN_DAYS,
    UNDO_TIME,
    WaveAct,
    WaveState,
    asks_early,
)

WAITED = (WaveState.OPENING, WaveState.OPEN, WaveState.HELD_OPEN)


def open_question(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> str:
    """Return what to ask before a wave is opened by hand; '' if it does not open early."""
    one, today = find_wave_now(connection, office, code, key), office.day_of(now)
    if one.state(now) in WAITED or not asks_early(one.opens_on, today):
        return ""
    people = sum(languages_in(connection, code, one.role).values())
    said = (
        f"{one.name} is planned for {day_words(one.opens_on)}, {distance(today, one.opens_on)} from "
        f"now: open today for {counted(people, 'person', 'people')}?"
    )
    first = one.workshop.starts_on
    begins = f"The workshop has not begun: its first day is {day_words(first)}. "
    return f"{begins}{said}" if today < first else said


def distance(today: date, day: date) -> str:
    """Return how far away a day is: "3 days", "5 weeks", "3 months"."""
    days = (day - today).days
    if days < 14:
        return counted(days, "day")
    return counted(round(days / 7), "week") if days < 60 else f"{round(days / 30.4)} months"


def open_wave(
    connection: Connection,
    office: Office,
    code: str,
    key: str,
    now: datetime,
    closes_on: date | None = None,
) -> WaveResult:
    """Open a wave now; an open one is left as it is. No message leaves for two minutes.

    Without `closes_on` it stays open as long as its plan says, and 28 days if its days have passed.
    Raise Conflict if it cannot be opened.
    """
    one = locked_wave(connection, office, code, key)
    if one.state(now) in WAITED and one.stored is not None:
        same = unchanged(one, now, _already(connection, office, one.stored))
        return replace(same, cases=people_of(connection, office, one.stored))
    check(connection, one, WaveAct.OPEN, now)
    dated = _opened_today(one, office.day_of(now), closes_on or _last_day(one, office, now))
    wave = opening.open_wave(connection, dated, now, office.acting, now + UNDO_TIME)
    plan_first_slice(connection, office, code, now)
    add_slice(connection, office, one.workshop, now)
    mark_due(connection, [code])
    people = people_of(connection, office, wave)
    record(connection, office, Act.WAVE_OPENED, one.name, now, people=people)
    said = (
        f"opens at {time_words(now + UNDO_TIME, office.zone)}, until {day_words(dated.closes_on)}: "
        f"{counted(people, 'person', 'people')}. Nothing is sent before."
    )
    done = changed(connection, office, one, now, said, WaveAct.BACK)
    return replace(done, cases=people)


def people_of(connection: Connection, office: Office, wave: Wave) -> int:
    """Return how many people an opened wave asks, with those whose cases follow."""
    to_come = opening.cases_to_come(connection, office, wave)
    return count_cases(connection, wave.id) + to_come


def _already(connection: Connection, office: Office, wave: Wave) -> str:
    assert wave.opened_at is not None  # noqa: S101 - its state says that it opened
    by = label_of(connection, wave.opened_by)
    return f"was already opened on {moment_words(wave.opened_at, office.zone)}, by {by}"


def _opened_today(one: WaveNow, today: date, last: date) -> DatedWave:
    """Return a wave that opens today, with its last day. Raise Conflict if that is past."""
    if last < today:
        raise Conflict(f"The last day of {one.name} would be {day_words(last)}, which is past.")
    return DatedWave(one.dated.planned, one.dated.workshop_code, today, last)


def _last_day(one: WaveNow, office: Office, now: datetime) -> date:
    today, fixed = office.day_of(now), one.dated.planned.closes is not None
    if fixed and one.closes_on >= today:
        return one.closes_on
    span = one.closes_on - one.opens_on
    early = one.state(now) is WaveState.PLANNED and not fixed
    return today + (span if early else timedelta(days=OPEN_DAYS))
