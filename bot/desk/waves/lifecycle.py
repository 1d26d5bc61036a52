"""Close a wave early and open it again, and hold and release it.

Each function is one transaction; repeating an act changes nothing and says so. An act counts for the
whole wave at once; what it leaves to do for single people follows in slices.
"""

from datetime import date, datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.waves.results import WaveResult, changed, check, locked_wave, needs_yes, unchanged
from bot.fieldwork import closing
from bot.fieldwork.elearning import plan_reminders
from bot.fieldwork.planned_waves import WaveNow, find_wave_now
from bot.fieldwork.progress import wave_progress
from bot.fieldwork.slices import plan_first_slice, settle_slice
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words, moment_words
from storage.database import Conflict
from storage.due_workshops import mark_due
from storage.fieldwork import wave_decisions
from storage.fieldwork.cases import open_again
from storage.fieldwork.claims import take_back_claims
from storage.fieldwork.due_contacts import hold_contacts, plan_again
from storage.fieldwork.wave_decisions import Held
from storage.fieldwork.waves import Wave, set_closed
from storage.office.audit import Act
from surveys.planning.contacts import Hold
from surveys.planning.due_workshops import opens_at, over_at
from surveys.planning.wave_states import HELD, REMINDED_AFTER, WaveAct, WaveState

RELEASED = "is released. It opens by itself on {day}."

Why = tuple[str, date | None]
"""The reason of a hold, and the day on which organisers are reminded; None for a week later."""
NO_REASON: Why = ("", None)


def held(office: Office, now: datetime, why: Why) -> Held:
    """Return a hold from now on, with a reminder after a week if no day is given.

    Raise Conflict if the day is not to come.
    """
    (reason, remind_on), today = why, office.day_of(now)
    if remind_on is not None and remind_on <= today:
        day = day_words(remind_on)
        raise Conflict(f"The day to remind, {day}, is not to come. Nothing was changed.")
    return Held(now, reason.strip(), remind_on or today + REMINDED_AFTER)


def hold_wave(
    connection: Connection,
    office: Office,
    code: str,
    key: str,
    now: datetime,
    why: Why = NO_REASON,
) -> WaveResult:
    """Hold a wave: it does not open, and nothing is sent until it is released.

    People who have the questionnaire can still answer.
    """
    one = locked_wave(connection, office, code, key)
    if one.state(now) in HELD:
        return unchanged(one, now, "is on hold already")
    check(connection, one, WaveAct.HOLD, now)
    hold = held(office, now, why)
    wave = one.stored or wave_decisions.keep_wave(connection, one.dated)
    wave_decisions.set_held(connection, wave.id, hold)
    take_back_claims(connection, wave.id)
    hold_contacts(connection, wave.id, Hold.HELD)
    mark_due(connection, [code])
    record(connection, office, Act.WAVE_HELD, one.name, now)
    answers = " People can still answer." if one.facts.opened else ""
    reminds = f" Organisers are reminded on {day_words(hold.remind_on)}." if hold.remind_on else ""
    said = f"is on hold. Nothing is sent.{answers}{reminds}"
    return changed(connection, office, one, now, said, WaveAct.RELEASE)


def release_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> WaveResult:
    """Release a wave. One whose day has passed meanwhile waits for a yes, with days."""
    one = locked_wave(connection, office, code, key)
    wave = one.stored
    if one.workshop.held_at is not None:
        raise Conflict(f"The whole workshop {code} is on hold. Release the workshop.")
    if wave is None or wave.held_at is None:
        return unchanged(one, now, "is not on hold")
    check(connection, one, WaveAct.RELEASE, now)
    wave_decisions.set_held(connection, wave.id, None)
    mark_due(connection, [code])
    record(connection, office, Act.WAVE_RELEASED, one.name, now)
    if one.facts.opened:
        plan_again(connection, [wave.id], [Hold.HELD])
        to_come = plan_first_slice(connection, office, code, now)
        said = f"goes on. It is open until {day_words(one.closes_on)}.{to_come}"
        return changed(connection, office, one, now, said, WaveAct.HOLD)
    if opens_at(one.opens_on) <= now:
        wave_decisions.set_asked(connection, one.dated, now)
    said = RELEASED.format(day=day_words(one.opens_on))
    asks = f"is released. {needs_yes(one.opens_on)}"
    return changed(connection, office, one, now, (said, asks), WaveAct.HOLD)


def close_question(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> str:
    """Return what to ask before a wave is closed; '' if it is not open."""
    one = find_wave_now(connection, office, code, key)
    if WaveState.OPEN != one.state(now) != WaveState.HELD_OPEN:
        return ""
    return (
        f"Close {one.name} now, before its last day, {day_words(one.closes_on)}? Nothing more is sent "
        "or answered in it. What was answered stays, and it can be opened again."
    )


def close_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> WaveResult:
    """Close a wave before its last day; the answers are kept."""
    one = locked_wave(connection, office, code, key)
    wave = one.stored
    if wave is not None and wave.closed_at is not None:
        since = moment_words(wave.closed_at, office.zone)
        return unchanged(one, now, f"is closed already, since {since}")
    check(connection, one, WaveAct.CLOSE, now)
    assert wave is not None  # noqa: S101 - only an opened wave can be closed
    people = closing.close_wave(connection, wave, now)
    settle_slice(connection, office, code, now)
    mark_due(connection, [code])
    record(connection, office, Act.WAVE_CLOSED, one.name, now, people=people)
    asked = wave_progress(connection, code, wave.key).answered
    said = f"is closed: {asked}. What was answered stays."
    if can_reopen(wave, now):
        said += f" It can be opened again until {day_words(wave.closes_on)}, later with a new last day."
    learners = plan_reminders(connection, office, code, wave.questionnaire_key or "", now)
    said += f"\n{learners}" if learners else ""
    return changed(connection, office, one, now, said, WaveAct.REOPEN)


def reopen_wave(
    connection: Connection,
    office: Office,
    code: str,
    key: str,
    now: datetime,
    closes_on: date | None = None,
) -> WaveResult:
    """Open a closed wave again, past its last day with a new one; it is not on hold afterwards.

    Its cases can be answered until the last day, and people who have not finished are contacted
    again. Complete cases stay complete; cases that ended with a refusal stay closed.
    """
    one = locked_wave(connection, office, code, key)
    wave = one.stored
    if wave is not None and wave.open and one.state(now) is not WaveState.CANCELLED:
        return unchanged(one, now, f"is open already, until {day_words(wave.closes_on)}")
    if one.workshop.cancelled_at is not None:
        raise Conflict(f"{one.name} cannot be opened again (cancelled). Nothing was changed.")
    check(connection, one, WaveAct.REOPEN, now)
    assert wave is not None  # noqa: S101 - only an opened wave can be closed
    last = _new_last_day(one, wave, closes_on, now)
    set_closed(connection, wave.id, None)
    wave_decisions.set_last_day(connection, wave.id, last)
    wave_decisions.set_held(connection, wave.id, None)
    unfinished = open_again(connection, wave.id)
    to_come = plan_first_slice(connection, office, code, now)
    record(connection, office, Act.WAVE_REOPENED, one.name, now, unfinished=unfinished)
    people = counted(unfinished, "person has", "people have")
    said = f"is open again until {day_words(last)}: {people} not finished.{to_come}"
    return changed(connection, office, one, now, said, WaveAct.CLOSE)


def can_reopen(wave: Wave, now: datetime) -> bool:
    """Return whether the last day of a wave has not ended yet in every time zone."""
    return now < over_at(wave.closes_on)


def _new_last_day(one: WaveNow, wave: Wave, closes_on: date | None, now: datetime) -> date:
    """Return until when a wave is opened again. Raise Conflict if that day is past."""
    last = closes_on or wave.closes_on
    if now >= over_at(last):
        raise Conflict(
            f"{one.name} cannot be opened again without a new last day: its last day was "
            f"{day_words(last)}."
        )
    return last
