"""Skip a wave, and change its days: of a planned one both, of an open one the last."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.waves.opening import distance
from bot.desk.waves.results import WaveResult, changed, check, locked_wave, unchanged
from bot.fieldwork.planned_waves import WaveNow, find_wave_now
from bot.fieldwork.slices import plan_first_slice
from bot.settings.office import Office
from bot.wording.days import day_words, span_words
from storage.database import Conflict
from storage.due_workshops import mark_due
from storage.fieldwork import wave_decisions
from storage.fieldwork.due_contacts import plan_again
from storage.office.audit import Act
from surveys.planning.contacts import Hold
from surveys.planning.due_workshops import opens_at
from surveys.planning.plan import DatedWave
from surveys.planning.wave_states import NEAR, WaveAct, WaveState

FAR = timedelta(days=100)
"""A wave that is brought forward by more is asked about."""
Days = tuple[date | None, date | None]
"""First and last day; None for one that is not changed."""


def skip_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> WaveResult:
    """Skip a wave that has not opened: nobody is asked in it."""
    one = locked_wave(connection, office, code, key)
    if one.state(now) is WaveState.SKIPPED:
        return unchanged(one, now, "is skipped already")
    check(connection, one, WaveAct.SKIP, now)
    wave_decisions.set_skipped(connection, one.dated, now)
    mark_due(connection, [code])
    record(connection, office, Act.WAVE_SKIPPED, one.name, now)
    said = "is skipped: nobody is asked in it."
    return changed(connection, office, one, now, said, WaveAct.BACK)


def days_question(
    connection: Connection, office: Office, code: str, key: str, now: datetime, days: Days
) -> str:
    """Return what to ask before the days of a wave change; '' if they are neither near nor odd.

    A day typed without its year may be a year too early.
    """
    one = find_wave_now(connection, office, code, key)
    first = days[0] or one.opens_on
    if one.opens_on - first > FAR:
        early = f"{distance(first, one.opens_on)} before its day, {day_words(one.opens_on)}"
        return f"{one.name} would open on {day_words(first)}, {early}."
    if one.facts.opened or now < opens_at(first) - NEAR:
        return ""
    return (
        f"{one.name} opens by itself on {day_words(first)}: its first messages leave that morning."
    )


def change_days(
    connection: Connection, office: Office, code: str, key: str, now: datetime, days: Days
) -> WaveResult:
    """Give a wave other days by hand; they stay when the workshop moves.

    Without a last day it stays open as long as before. Raise Conflict for days that are past.
    """
    one = locked_wave(connection, office, code, key)
    check(connection, one, WaveAct.DAYS, now)
    first, last = _days(one, days, office.day_of(now))
    if (first, last) == (one.opens_on, one.closes_on) and not _ended(one, now):
        return unchanged(one, now, f"has these days already: {span_words(first, last)}")
    to_come = _give_days(connection, office, one, (first, last), now)
    record(connection, office, Act.WAVE_DAYS, f"{one.name}: {first} to {last}", now)
    before = span_words(one.opens_on, one.closes_on)
    said = f"has other days: {span_words(first, last)}. Before: {before}.{to_come}"
    undo = None if one.facts.opened else WaveAct.BACK
    return changed(connection, office, one, now, said, undo)


def _give_days(
    connection: Connection, office: Office, one: WaveNow, days: tuple[date, date], now: datetime
) -> str:
    """Store the days of a wave; return a sentence about what follows later, if anything does."""
    if one.stored is None or not one.facts.opened:
        dated = DatedWave(one.dated.planned, one.workshop.code, *days)
        wave_decisions.set_days(connection, dated, now)
        mark_due(connection, [one.workshop.code])
        return ""
    wave_decisions.set_last_day(connection, one.stored.id, days[1])
    plan_again(connection, [one.stored.id], [Hold.PAST_WINDOW, Hold.LAST_REMINDER_SENT])
    return plan_first_slice(connection, office, one.workshop.code, now)


def _days(one: WaveNow, days: Days, today: date) -> tuple[date, date]:
    """Return the new days of a wave. Raise Conflict for days that cannot be."""
    if one.facts.opened and days[0] not in (None, one.opens_on):
        raise Conflict(f"{one.name} is open: only its last day can be changed.")
    first = days[0] or one.opens_on
    last = days[1] or first + (one.closes_on - one.opens_on)
    if last < first:
        raise Conflict(
            f"The last day {day_words(last)} is before the first day {day_words(first)}."
        )
    if last < today:
        raise Conflict(f"The last day {day_words(last)} is past. Nothing was changed.")
    if not one.facts.opened and first < today:
        raise Conflict(
            f"The first day {day_words(first)} is past. To ask people now, open the wave."
        )
    return first, last


def _ended(one: WaveNow, now: datetime) -> bool:
    return one.state(now) in (WaveState.SKIPPED, WaveState.NOT_ASKED)
