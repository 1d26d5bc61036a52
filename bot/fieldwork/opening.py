"""Open a wave and the cases of the people who are asked in it.

Plain functions, each called inside one transaction. Sends nothing.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.language_of_contact import (
    LanguageGate,
    language_gate,
    waiting_languages,
)
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork import wave_decisions
from storage.fieldwork.cases import open_again, open_case
from storage.fieldwork.eligible import (
    asked_without_case,
    count_asked_without_case,
    enrolments_without_case,
)
from storage.fieldwork.many_cases import open_cases
from storage.fieldwork.next_contact import refresh
from storage.fieldwork.wave_decisions import Opening
from storage.fieldwork.waves import Wave, set_asks_files, waves_of
from storage.fieldwork.workshops import get_workshop
from storage.instruments.workshop_lists import questionnaire_for
from storage.people.administrations import all_administrations
from storage.people.participants import people_in
from surveys.people import Enrolment, Participant
from surveys.planning.administrations import host_zone
from surveys.planning.plan import Clock, DatedWave


def open_wave(
    connection: Connection,
    dated: DatedWave,
    now: datetime,
    by: str,
    sends_from: datetime | None = None,
) -> Wave:
    """Open a wave, pinned to the newest version of its questionnaire with the workshop's lists.

    No message leaves before `sends_from`. Cases of an opening that was undone are taken up again.
    Raise Conflict if the questionnaire is not published.
    """
    key = dated.planned.questionnaire
    asked = questionnaire_for(connection, dated.workshop_code, key, now)
    if asked is None:
        raise Conflict(f"Questionnaire {key} is not published yet, so {dated.key} cannot open.")
    host = zone_of_host(connection, dated)
    opening = Opening((key, asked.version), now, by, host, sends_from)
    wave = wave_decisions.open_wave(connection, dated, opening)
    open_again(connection, wave.id)
    return wave


def zone_of_host(connection: Connection, dated: DatedWave) -> str | None:
    """Return the host's time zone for a wave that runs on it; None if each person's own counts."""
    if dated.planned.clock is not Clock.HOST:
        return None
    workshop = get_workshop(connection, dated.workshop_code)
    return host_zone(all_administrations(connection), workshop.country, workshop.city)


def add_cases(
    connection: Connection, office: Office, wave: Wave, now: datetime, limit: int
) -> int:
    """Open a case for at most `limit` eligible people of a wave without one; return how many."""
    _ask_files(connection, office, wave)
    leaving, waiting = office.rules.leaving_late(connection), waiting_languages(connection, wave)
    asked = asked_without_case(connection, wave.id, leaving, waiting, limit)
    added = open_cases(connection, wave.id, asked, now)
    refresh(connection, added, office.rules, now)
    return len(added)


def _ask_files(connection: Connection, office: Office, wave: Wave) -> None:
    """Let people of a wave be asked for files before its first case opens, if the office does so."""
    if office.files.asked and not wave.asks_files:
        set_asks_files(connection, True, wave.id)


def open_cases_for(
    connection: Connection, office: Office, enrolment: Enrolment, now: datetime
) -> None:
    """Open the cases of one enrolment in the open waves that ask it, without waiting for a round."""
    for wave in waves_of(connection, enrolment.workshop_code).values():
        if not wave.open or wave.role is not enrolment.role:
            continue
        _ask_files(connection, office, wave)
        eligible = without_case(connection, office, wave)
        if any(one.id == enrolment.id and not reason for one, reason in eligible):
            refresh(
                connection, [open_case(connection, wave.id, enrolment.id, now)], office.rules, now
            )


def cases_to_come(connection: Connection, office: Office, wave: Wave) -> int:
    """Return how many people of a wave get a case in the next rounds."""
    leaving, waiting = office.rules.leaving_late(connection), waiting_languages(connection, wave)
    return count_asked_without_case(connection, wave.id, leaving, waiting)


def without_case(
    connection: Connection, office: Office, wave: Wave
) -> list[tuple[Enrolment, str]]:
    """Return the active enrolments of a wave without a case, each with the reason for none.

    The reason is '' for an enrolment that gets a case in the next round.
    """
    eligible = enrolments_without_case(connection, wave.id, office.rules.leaving_late(connection))
    if not eligible:
        return []
    gate, people = language_gate(connection, wave), people_in(connection, wave.workshop_code)
    return [
        (one, reason or _translation_hold(people[one.participant_id], gate))
        for one, reason in eligible
    ]


def _translation_hold(person: Participant, gate: LanguageGate) -> str:
    """Return the reason code of a person who must wait for a translation; else ''."""
    return "no_translation" if gate.holds_back(person.language) else ""
