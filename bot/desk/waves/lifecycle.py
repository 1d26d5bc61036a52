"""Pause, resume, close and reopen an opened wave.

Each function is one transaction; repeating an act changes nothing and says so. An act counts for the
whole wave at once; what it leaves to do for single people follows in slices.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork import closing
from bot.fieldwork.elearning import plan_reminders
from bot.fieldwork.planned_waves import state_of
from bot.fieldwork.progress import wave_progress
from bot.fieldwork.slices import plan_first_slice, settle_slice
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.database import Conflict
from storage.due_workshops import mark_due
from storage.fieldwork import waves as stored_waves
from storage.fieldwork.cases import open_again
from storage.fieldwork.due_contacts import cancel_contacts, plan_again
from storage.fieldwork.waves import Wave, find_wave
from storage.fieldwork.workshops import lock_workshop
from storage.office.audit import Act
from surveys.planning.contacts import Hold
from surveys.planning.due_workshops import over_at


@dataclass(frozen=True)
class WaveResult:
    """A wave after an act, whether the act changed it, and the result in a sentence."""

    wave: Wave
    changed: bool
    said: str


def pause_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> WaveResult:
    """Pause a wave: nothing is sent until it is resumed; people can still answer."""
    wave = _open_wave(connection, code, key)
    if wave.paused_at is not None:
        return _unchanged(wave, f"is paused already since {_moment(wave.paused_at)}")
    stored_waves.set_paused(connection, wave.id, now)
    cancel_contacts(connection, wave.id, Hold.PAUSED)
    record(connection, office, Act.WAVE_PAUSED, f"{code} {wave.key}", now)
    said = "is paused. Nothing is sent until it is resumed; people can still answer."
    return _changed(connection, wave, said)


def resume_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> WaveResult:
    """Resume a paused wave."""
    wave = _open_wave(connection, code, key)
    if wave.paused_at is None:
        return _unchanged(wave, "is not paused")
    stored_waves.set_paused(connection, wave.id, None)
    plan_again(connection, [wave.id], [Hold.PAUSED])
    to_come = plan_first_slice(connection, office, code, now)
    record(connection, office, Act.WAVE_RESUMED, f"{code} {wave.key}", now)
    return _changed(connection, wave, f"goes on. It is open until {wave.closes_on}.{to_come}")


def close_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> WaveResult:
    """Close a wave before its last day; the answers are kept."""
    lock_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    if wave is not None and wave.closed_at is not None:
        return _unchanged(wave, f"is closed already since {_moment(wave.closed_at)}")
    wave = _open_wave(connection, code, key)
    people = closing.close_wave(connection, wave, now)
    settle_slice(connection, office, code, now)
    mark_due(connection, [code])
    record(connection, office, Act.WAVE_CLOSED, f"{code} {wave.key}", now, people=people)
    asked = wave_progress(connection, code, wave.key).answered
    said = f"is closed: {asked}. What was answered stays."
    if can_reopen(wave, now):
        said += f" It can be opened again until {wave.closes_on}."
    learners = plan_reminders(connection, office, code, wave.questionnaire_key or "", now)
    said += f"\n{learners}" if learners else ""
    return _changed(connection, wave, said)


def reopen_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> WaveResult:
    """Reopen a wave that was closed before its last day; it is never paused afterwards.

    Its cases can be answered until the last day, and people who have not finished are contacted
    again. Complete cases stay complete; cases that ended with a refusal stay closed.
    """
    workshop = lock_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    if wave is not None and wave.open:
        return _unchanged(wave, f"is open already, until {wave.closes_on}")
    if wave is None or wave.closed_at is None or workshop.cancelled_at is not None:
        state = "cancelled" if workshop.cancelled_at else state_of(wave, workshop)
        raise Conflict(f"{code} {key.upper()} cannot be opened again ({state}).")
    if not can_reopen(wave, now):
        raise Conflict(
            f"{code} {wave.key} cannot be opened again: its last day was {wave.closes_on}."
        )
    stored_waves.set_closed(connection, wave.id, None)
    stored_waves.set_paused(connection, wave.id, None)
    unfinished = open_again(connection, wave.id)
    to_come = plan_first_slice(connection, office, code, now)
    about = f"{code} {wave.key}"
    record(connection, office, Act.WAVE_REOPENED, about, now, unfinished=unfinished)
    people = counted(unfinished, "person has", "people have")
    said = f"is open again until {wave.closes_on}: {people} not finished.{to_come}"
    return _changed(connection, wave, said)


def can_reopen(wave: Wave, now: datetime) -> bool:
    """Return whether the last day of a wave has not ended yet in every time zone."""
    return now < over_at(wave.closes_on)


def _open_wave(connection: Connection, code: str, key: str) -> Wave:
    """Return an open wave. Raise Conflict with its state if it is not open."""
    workshop = lock_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    if wave is None or not wave.open:
        state = state_of(wave, workshop)
        raise Conflict(f"{code}: {key.upper()} is not open ({state}). Nothing was changed.")
    return wave


def _changed(connection: Connection, wave: Wave, said: str) -> WaveResult:
    after = stored_waves.get_wave(connection, wave.id)
    return WaveResult(after, True, f"{wave.workshop_code} {wave.key} {said}")


def _unchanged(wave: Wave, said: str) -> WaveResult:
    return WaveResult(wave, False, f"{wave.workshop_code} {wave.key} {said}. Nothing was changed.")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
