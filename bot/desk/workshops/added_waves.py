"""Waves that one workshop has beside those of its plan: a questionnaire of the office on a day.

Each function is one transaction; repeating an act changes nothing and says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.planned_waves import plan_of
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words, span_words
from storage.database import Conflict, NotFound
from storage.fieldwork import plans
from storage.fieldwork.taken_back import has_cases
from storage.fieldwork.waves import find_wave, waves_of
from storage.fieldwork.workshops import get_workshop, lock_workshop
from storage.instruments.questionnaires import newest, published_keys
from storage.office.audit import Act
from storage.people.enrolments import languages_in
from surveys.people import Role
from surveys.planning.due_workshops import over_at
from surveys.planning.plan import DatedWave
from surveys.planning.plan_of_workshop import free_key, planned
from surveys.problem_list import did_you_mean
from surveys.workshop import AddedWave, Workshop

NEAR = timedelta(days=2)
"""A wave that opens so soon sends messages before anybody looks again: it is asked about."""


@dataclass(frozen=True)
class NewWave:
    """What is wanted: a questionnaire, who is asked, from when ("end + 3 months" or a day), how long."""

    questionnaire: str
    opens: str
    role: Role = Role.PARTICIPANT
    open_days: int = 28


@dataclass(frozen=True)
class WaveAdded:
    """A wave of one workshop with its days, and how many people it would ask now.

    `asks` says that it opens at once or soon, so the act needs a yes; `changed` that it was done.
    """

    wave: DatedWave
    people: int
    asks: bool
    changed: bool = False
    known: bool = False

    @property
    def said(self) -> str:
        """The wave in one sentence."""
        wave, role = self.wave, self.wave.planned.role.replace("_", " ")
        about = f"{wave.workshop_code} {wave.key}"
        days = f"from {span_words(wave.opens_on, wave.closes_on)}"
        asked = counted(self.people, role)
        if self.known:
            return f"{about} is there already: {days}, for {asked}. Nothing was changed."
        done = "is added:" if self.changed else "would be added:"
        soon = " Its first messages leave in the next working hours." if self.asks else ""
        return f"{about} {done} {days}, for {asked}.{soon}"


def look(
    connection: Connection, office: Office, code: str, wanted: NewWave, now: datetime
) -> WaveAdded:
    """Return what adding a wave would do. Writes nothing.

    Raise NotFound for an unknown questionnaire, Conflict for days that are over.
    """
    return _judged(connection, office, get_workshop(connection, code), wanted, now)


def add(
    connection: Connection, office: Office, code: str, wanted: NewWave, now: datetime
) -> WaveAdded:
    """Ask one workshop another questionnaire, on a day or counted from its days."""
    workshop = lock_workshop(connection, code)
    found = _judged(connection, office, workshop, wanted, now)
    if found.known:
        return found
    added = _added(found.wave.key, wanted)
    plans.add_wave(connection, code, added, office.acting, now)
    record(connection, office, Act.WAVE_ADDED, f"{code} {added.key}", now, people=found.people)
    return WaveAdded(found.wave, found.people, found.asks, changed=True)


def drop(connection: Connection, office: Office, code: str, key: str, now: datetime) -> AddedWave:
    """Take back a wave that was added to a workshop and has not opened; return it."""
    workshop = lock_workshop(connection, code)
    wave = _own_wave(workshop, key)
    stored = find_wave(connection, code, wave.key)
    if stored is not None and stored.opened_at is not None:
        raise Conflict(
            f"{code} {wave.key} has opened on {day_words(stored.opens_on)}, so it stays. "
            f"`followup wave close {code} {wave.key}` closes it."
        )
    if stored is not None and has_cases(connection, stored.id):
        raise Conflict(
            f"{code} {wave.key} was put back to its plan, and somebody has a message of it, so it "
            f"stays. `followup wave skip {code} {wave.key}` asks nobody."
        )
    plans.drop_wave(connection, code, wave.key)
    record(connection, office, Act.WAVE_DROPPED, f"{code} {wave.key}", now)
    return wave


def _own_wave(workshop: Workshop, key: str) -> AddedWave:
    found = next((one for one in workshop.added if one.key == key.upper()), None)
    if found is None:
        own = ", ".join(one.key for one in workshop.added) or "none"
        raise NotFound(f"{workshop.code} has no added wave {key}. Its added waves: {own}.")
    return found


def _judged(
    connection: Connection, office: Office, workshop: Workshop, wanted: NewWave, now: datetime
) -> WaveAdded:
    _check_questionnaire(connection, wanted.questionnaire)
    if workshop.cancelled_at is not None:
        raise Conflict(f"{workshop.code} is cancelled, so no wave can be added.")
    known = next((one for one in workshop.added if one == _added(one.key, wanted)), None)
    taken = {wave.key for wave in plan_of(office, workshop).waves}
    taken |= {one.key for one in workshop.added} | set(waves_of(connection, workshop.code))
    key = known.key if known else free_key(wanted.questionnaire, taken)
    wave = planned(_added(key, wanted)).dated(workshop)
    if known is None and now >= over_at(wave.closes_on):
        raise Conflict(
            f"{workshop.code} {key} would be open from {span_words(wave.opens_on, wave.closes_on)}, "
            "and these days are over. Choose a later day."
        )
    people = sum(languages_in(connection, workshop.code, wanted.role).values())
    return WaveAdded(
        wave, people, _is_near(wave.opens_on, office.day_of(now)), known=known is not None
    )


def _is_near(day: date, today: date) -> bool:
    return day <= today + NEAR


def _added(key: str, wanted: NewWave) -> AddedWave:
    return AddedWave(key, wanted.role.value, wanted.questionnaire, wanted.opens, wanted.open_days)


def _check_questionnaire(connection: Connection, key: str) -> None:
    if newest(connection, key) is None:
        hint = did_you_mean(key, published_keys(connection))
        raise NotFound(
            f"There is no questionnaire {key}. {hint} "
            "`followup questionnaire list` shows all.".replace("  ", " ")
        )
