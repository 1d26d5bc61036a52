"""The wave that takes answers from before: one that asks or asked, or one that nobody was asked in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork import opening
from bot.fieldwork.planned_waves import WaveNow, find_wave_now, waves_now
from bot.importing.answers.reading import Wanted
from bot.settings.office import Office
from bot.wording.days import day_words
from storage.database import Conflict
from storage.fieldwork.waves import Wave, get_wave, set_closed
from storage.instruments.questionnaires import get_questionnaire, newest
from storage.instruments.workshop_lists import lists_of
from storage.people.administrations import all_administrations
from storage.responses import answer_imports
from storage.responses.answer_imports import AnswerImport
from surveys.authoring.workshop_lists import filled
from surveys.planning.administrations import host_zone
from surveys.planning.due_workshops import over_at
from surveys.questionnaire import Questionnaire

KEPT = ("missed_at", "skipped_at", "asked_at", "days_set_at")
"""What is known of a wave before it opens for an import, and put back when that is undone."""


@dataclass(frozen=True)
class AskedWave:
    """The wave that a table is for, what the table is read for, and its import of before."""

    wave: WaveNow
    wanted: Wanted
    before: AnswerImport | None

    @property
    def there(self) -> AnswerImport | None:
        """The import of the same table that is complete."""
        return self.before if self.before and self.before.finished_at is not None else None


def check_wave(wave: WaveNow, now: datetime) -> None:
    """Raise Conflict for a wave that is still to come."""
    if not _is_asked_or_over(wave, now):
        days = f"{day_words(wave.opens_on)} to {day_words(wave.closes_on)}"
        message = f"{wave.name} is still to come ({days})."
        raise Conflict(
            f"{message} Answers from before belong to a wave that has opened or is over."
        )


def _is_asked_or_over(wave: WaveNow, now: datetime) -> bool:
    opened = wave.stored is not None and wave.stored.opened_at is not None
    return opened or now >= over_at(wave.closes_on)


def asked_wave(
    connection: Connection, office: Office, place: tuple[str, str], digest: str, now: datetime
) -> AskedWave:
    """Return the wave of a table with this hash. Raise Conflict for one that is still to come."""
    wave = find_wave_now(connection, office, *place)
    check_wave(wave, now)
    stored = wave.stored.id if wave.stored else 0
    before = answer_imports.find_in_force(connection, stored, digest)
    return AskedWave(wave, _wanted(connection, wave, now), before)


def _wanted(connection: Connection, wave: WaveNow, now: datetime) -> Wanted:
    workshop = wave.workshop
    known = all_administrations(connection)
    zone = ZoneInfo(host_zone(known, workshop.country, workshop.city) or "UTC")
    noon = time(12)
    days = [datetime.combine(day, noon, UTC) for day in (wave.opens_on, wave.closes_on)]
    first, last = (min(day, now) for day in days)
    questionnaire = asked_questionnaire(connection, wave)
    begins = datetime.combine(workshop.starts_on, time(), zone)
    names = ((workshop.code, workshop.title), (wave.key, wave.title, wave.name))
    return Wanted(*names, questionnaire, zone, begins, (first, last), now)


def waves_for_answers(
    connection: Connection, office: Office, code: str, now: datetime
) -> list[WaveNow]:
    """Return the waves of a workshop that take answers from before."""
    found = waves_now(connection, office, code)
    return [one for one in found if _is_asked_or_over(one, now)]


def asked_questionnaire(connection: Connection, wave: WaveNow) -> Questionnaire:
    """Return what a wave asks: its own version, or the newest with the lists of the workshop."""
    if wave.stored is not None and wave.stored.questionnaire_key is not None:
        key, version = wave.stored.questionnaire_key, wave.stored.questionnaire_version or 0
        return get_questionnaire(connection, key, version)
    key = wave.dated.planned.questionnaire
    base = newest(connection, key)
    if base is None:
        raise Conflict(f"Questionnaire {key} is not published yet.")
    return filled(base, lists_of(connection, wave.workshop.code))


def opened_wave(
    connection: Connection, office: Office, place: tuple[str, str], now: datetime
) -> tuple[Wave, Mapping[str, str] | None]:
    """Return a wave for answers from before; one that never opened is opened and closed at once.

    With it what was known of it before, None if it had opened.
    """
    wave = find_wave_now(connection, office, *place)
    check_wave(wave, now)
    stored = wave.stored
    if stored is not None and stored.opened_at is not None:
        return stored, None
    moments = ((name, getattr(stored, name, None)) for name in KEPT)
    before = {name: at.isoformat() for name, at in moments if at is not None}
    opened = opening.open_wave(connection, wave.dated, now, office.acting)
    set_closed(connection, opened.id, now)
    return get_wave(connection, opened.id), before
