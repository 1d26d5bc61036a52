"""The acts of organisers on waves, from one place: list, preview, open, hold, close, and so on.

Staff chat and command line call these functions. Each is one transaction and returns what it did;
repeating an act changes nothing and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.waves.going_back import back_question, people_reached, put_back
from bot.desk.waves.lifecycle import (
    can_reopen,
    close_question,
    close_wave,
    hold_wave,
    release_wave,
    reopen_wave,
)
from bot.desk.waves.opening import open_question, open_wave
from bot.desk.waves.planned_messages import PlannedMessage
from bot.desk.waves.previewing import Preview, preview_wave
from bot.desk.waves.replanning import change_days, days_question, skip_wave
from bot.desk.waves.results import WaveResult, WorkshopResult, locked_wave, possible_acts
from bot.desk.waves.what_follows import what_follows, with_what_follows
from bot.desk.waves.workshop_holds import hold_workshop, release_workshop
from bot.fieldwork import language_of_contact, opening
from bot.fieldwork.delivery_problems import problem_lines
from bot.fieldwork.planned_waves import (
    WaveNow,
    find_wave_now,
    plan_of,
    waves_now,
)
from bot.fieldwork.progress import Progress, wave_progress
from bot.fieldwork.slices import add_slice
from bot.settings.office import Office
from storage.due_workshops import mark_due
from storage.fieldwork.attempts_of_waves import last_outcomes
from storage.fieldwork.cases_of_waves import cases_by_wave
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act

__all__ = [
    "PlannedMessage",
    "Preview",
    "WaveNow",
    "WaveResult",
    "WorkshopResult",
    "back_question",
    "can_reopen",
    "change_days",
    "close_question",
    "close_wave",
    "days_question",
    "find_wave_now",
    "hold_wave",
    "hold_workshop",
    "open_question",
    "open_wave",
    "people_reached",
    "plan_of",
    "possible_acts",
    "preview_wave",
    "put_back",
    "release_wave",
    "release_workshop",
    "reopen_wave",
    "skip_wave",
    "waves_now",
    "what_follows",
    "with_what_follows",
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


def list_waves(connection: Connection, office: Office, code: str, now: datetime) -> list[WaveLine]:
    """Return all waves of a workshop, stored or planned, in the order of the plan."""
    return _lines(connection, waves_now(connection, office, code), now)


def _lines(connection: Connection, waves: Sequence[WaveNow], now: datetime) -> list[WaveLine]:
    numbers = [one.stored.id for one in waves if one.stored]
    counts = cases_by_wave(connection, numbers)
    return [_line_of(connection, one, counts, now) for one in waves]


def _line_of(
    connection: Connection, one: WaveNow, counts: Mapping[int, int], now: datetime
) -> WaveLine:
    opened = one.stored if one.facts.opened else None
    number = counts.get(opened.id, 0) if opened else 0
    problems = problem_lines(last_outcomes(connection, opened.id)) if opened else []
    days = (one.opens_on, one.closes_on)
    return WaveLine(one.key, one.role, *days, one.state(now), number, tuple(problems))


def preview_all(connection: Connection, office: Office, code: str, now: datetime) -> list[Preview]:
    """Return a preview of each wave of a workshop, in the order of the plan."""
    plan = plan_of(office, get_workshop(connection, code))
    return [preview_wave(connection, office, code, wave.key, now) for wave in plan.waves]


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
    one = locked_wave(connection, office, code, key)
    opened = one.stored if one.facts.opened else None
    wave = opened or one.dated
    new = language_of_contact.accept_english(connection, wave, now, office.acting)
    if new:
        about = f"{code} {wave.key}: {', '.join(new)}"
        record(connection, office, Act.ENGLISH_ACCEPTED, about, now)
    added = 0
    if opened is not None and opened.open:
        added = opening.cases_to_come(connection, office, opened)
        add_slice(connection, office, one.workshop, now)
        mark_due(connection, [code])
    return AcceptedEnglish(wave.key, new, added)


def progress_now(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> Progress:
    """Return the progress of an opened wave. Raise NotFound with the waves there are, or Conflict."""
    one = find_wave_now(connection, office, code, key)
    return replace(wave_progress(connection, code, one.key), state=one.state(now))
