"""The acts of organisers on waves: list, preview, open, pause, close, accept English.

Staff chat and command line call these functions. Each is one transaction and returns what it did;
repeating an act changes nothing and says so.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from bot.audit import record
from bot.desk.waves.lifecycle import (
    WaveResult,
    can_reopen,
    close_wave,
    pause_wave,
    reopen_wave,
    resume_wave,
)
from bot.desk.waves.planned_messages import PlannedMessage
from bot.desk.waves.previewing import Preview, preview_wave
from bot.fieldwork import language_of_contact, opening
from bot.fieldwork.delivery_problems import problem_lines
from bot.fieldwork.planned_waves import plan_of, planned_wave, state_of
from bot.fieldwork.slices import add_slice
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.database import Conflict
from storage.due_workshops import mark_due
from storage.fieldwork.attempts import last_outcomes
from storage.fieldwork.cases import count_cases
from storage.fieldwork.waves import Wave, find_wave, waves_of
from storage.fieldwork.workshops import get_workshop, lock_workshop
from storage.office.audit import Act
from storage.schema import cases

__all__ = [
    "PlannedMessage",
    "Preview",
    "WaveResult",
    "can_reopen",
    "close_wave",
    "pause_wave",
    "plan_of",
    "preview_wave",
    "reopen_wave",
    "resume_wave",
]


@dataclass(frozen=True)
class WaveLine:
    """A wave in a listing; `--json` prints its fields."""

    key: str
    role: str
    opens_on: date
    closes_on: date
    state: str
    cases: int
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenedWave:
    """An opened wave and its number of cases; `already` if it was open before.

    `to_come` of the cases follow in the next rounds.
    """

    wave: Wave
    cases: int
    already: bool
    to_come: int = 0

    @property
    def soon(self) -> str:
        """A sentence about the cases that follow; '' if there are none."""
        if not self.to_come:
            return ""
        return f" {counted(self.to_come, 'of them is', 'of them are')} added in the next minutes."


def list_waves(connection: Connection, office: Office, code: str) -> list[WaveLine]:
    """Return all waves of a workshop, stored or planned, in the order of the plan."""
    workshop = get_workshop(connection, code)
    stored = waves_of(connection, code)
    counts = {
        row.wave_id: row.cases
        for row in connection.execute(
            select(cases.c.wave_id, func.count().label("cases"))
            .where(cases.c.wave_id.in_([wave.id for wave in stored.values()]))
            .where(cases.c.set_aside_at.is_(None))
            .group_by(cases.c.wave_id)
        )
    }
    planned = {dated.key: dated for dated in plan_of(office, workshop).dated(workshop)}
    lines = []
    # Waves that a changed plan no longer has are listed at the end.
    for key in dict.fromkeys([*planned, *stored]):
        wave = stored.get(key)
        role = wave.role if wave else planned[key].planned.role
        shown = wave or planned[key]
        number = counts.get(wave.id, 0) if wave else 0
        state = state_of(wave, workshop)
        problems = problem_lines(last_outcomes(connection, wave.id)) if wave else []
        days = (shown.opens_on, shown.closes_on)
        lines.append(WaveLine(key, role, *days, state, number, tuple(problems)))
    return lines


def preview_all(connection: Connection, office: Office, code: str, now: datetime) -> list[Preview]:
    """Return a preview of each wave of a workshop, in the order of the plan."""
    plan = plan_of(office, get_workshop(connection, code))
    return [preview_wave(connection, office, code, wave.key, now) for wave in plan.waves]


def open_wave(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> OpenedWave:
    """Open a planned or missed wave now; an open one is left as it is.

    Raise Conflict if it cannot be opened.
    """
    workshop = lock_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    missed = wave if wave is not None and wave.missed_at is not None else None
    if wave is not None and missed is None and not wave.open:
        state = state_of(wave, workshop)
        raise Conflict(f"{code}: {wave.key} cannot be opened ({state}).")
    if wave is not None and missed is None:
        return _opened(connection, office, wave, already=True)
    dated = planned_wave(office, workshop, key)
    if not workshop.running:
        state = state_of(None, workshop)
        raise Conflict(f"{code}: {dated.key} cannot be opened ({state}).")
    opened = opening.opened_today(dated, now.date())
    if opened.closes_on < opened.opens_on:
        raise Conflict(f"The last day of {code} {dated.key} was {dated.closes_on}.")
    wave = opening.open_wave(connection, opened, now, office.acting, missed)
    add_slice(connection, office, workshop, now)
    mark_due(connection, [code])
    done = _opened(connection, office, wave, already=False)
    record(connection, office, Act.WAVE_OPENED, f"{code} {wave.key}", now, people=done.cases)
    return done


def _opened(connection: Connection, office: Office, wave: Wave, *, already: bool) -> OpenedWave:
    to_come = opening.cases_to_come(connection, office, wave)
    number = count_cases(connection, wave.id) + to_come
    return OpenedWave(wave, number, already, to_come)


@dataclass(frozen=True)
class AcceptedEnglish:
    """The languages for which English was accepted, and the number of cases that open by it."""

    key: str
    languages: tuple[str, ...]
    cases: int

    @property
    def said(self) -> str:
        """The result in one sentence."""
        if not self.languages:
            return f"{self.key}: nobody waits for a translation. Nothing was changed."
        named = ", ".join(language_of_contact.language_in_english(code) for code in self.languages)
        return f"{self.key}: English is accepted for {named}."


def accept_english(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> AcceptedEnglish:
    """Accept English for all languages of a wave without a translation; repeating changes nothing."""
    workshop = lock_workshop(connection, code)
    stored = find_wave(connection, code, key.upper())
    opened = stored if stored is not None and stored.opened_at is not None else None
    wave = opened or planned_wave(office, workshop, key)
    new = language_of_contact.accept_english(connection, wave, now, office.acting)
    if new:
        about = f"{code} {wave.key}: {', '.join(new)}"
        record(connection, office, Act.ENGLISH_ACCEPTED, about, now)
    added = 0
    if opened is not None and opened.open:
        added = opening.cases_to_come(connection, office, opened)
        add_slice(connection, office, workshop, now)
        mark_due(connection, [code])
    return AcceptedEnglish(wave.key, new, added)
