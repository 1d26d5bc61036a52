"""The wave that takes answers from before: one that asks or asked, or one that nobody was asked in."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork import opening
from bot.fieldwork.planned_waves import WaveNow, find_wave_now
from bot.settings.office import Office
from bot.wording.days import day_words
from storage.database import Conflict
from storage.fieldwork.waves import Wave, get_wave, set_closed
from storage.instruments.questionnaires import get_questionnaire, newest
from storage.instruments.workshop_lists import lists_of
from surveys.authoring.workshop_lists import filled
from surveys.planning.due_workshops import over_at
from surveys.questionnaire import Questionnaire

KEPT = ("missed_at", "skipped_at", "asked_at", "days_set_at")
"""What is known of a wave before it opens for an import, and put back when that is undone."""


def check_wave(wave: WaveNow, now: datetime) -> None:
    """Raise Conflict for a wave that is still to come."""
    opened = wave.stored is not None and wave.stored.opened_at is not None
    if not opened and now < over_at(wave.closes_on):
        days = f"{day_words(wave.opens_on)} to {day_words(wave.closes_on)}"
        message = f"{wave.name} is still to come ({days})."
        raise Conflict(
            f"{message} Answers from before belong to a wave that has opened or is over."
        )


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
