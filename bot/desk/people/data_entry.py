"""Answers that reached the office on paper or by telephone, typed in by staff: the same interview.

Each use case is one transaction. Answers are marked with how they came; nobody is written to.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.answering import InboundContext, save
from bot.settings.office import CONSENT_VERSION, Office
from storage.database import Conflict, NotFound
from storage.fieldwork.case_files import CaseFile, load_file, load_interview
from storage.fieldwork.cases import case_in_wave, set_entered
from storage.fieldwork.waves import find_wave
from storage.office.audit import Act
from storage.office.staff import member_with
from storage.people.enrolments import set_consent
from storage.people.participants import lock_participant, participant_with
from surveys.interview.facts import day_text
from surveys.interview.interview import Move, Step, step
from surveys.people import Address
from surveys.planning.channels import PAPER, PHONE

MODES = {"paper": PAPER, "telephone": PHONE}
"""How answers reach the office, with the channel they are stored with."""


@dataclass(frozen=True)
class DataEntry:
    """Whose answers are typed in: workshop, wave and person by their codes, and how they came.

    `agreed` says that the person has agreed to take part, on the form or by telephone. `by` is the
    staff code of who types.
    """

    workshop: str
    wave: str
    participant: str
    mode: str
    agreed: bool = False
    by: str = ""


def begin_entry(
    connection: Connection, office: Office, entry: DataEntry, now: datetime
) -> tuple[int, Step]:
    """Open a case for typing: its number and where it stands.

    NotFound or Conflict says in words why that cannot be.
    """
    person = participant_with(connection, entry.participant)
    by = member_with(connection, entry.by).code if entry.by else ""
    wave = find_wave(connection, entry.workshop, entry.wave.upper())
    number = case_in_wave(connection, wave.id, person.id) if wave else None
    if wave is None or number is None:
        raise NotFound(
            f"{person.code} is not asked in {entry.wave} of {entry.workshop}, or it is not open yet."
        )
    lock_participant(connection, person.id)
    file = load_file(connection, number, lock=True)
    _check(file, entry, now)
    if file.enrolment.consented_at is None:
        set_consent(connection, file.enrolment.id, CONSENT_VERSION, now)
    set_entered(connection, number, entry.mode, by)
    about = " ".join(filter(None, (entry.workshop, wave.key, person.code, entry.mode, by)))
    record(connection, office, Act.ANSWERS_ENTERED, about, now)
    first = Step(load_interview(connection, file, now))
    save(_context(connection, office, file, entry.mode, now), file, first)
    return number, first


def enter_answer(
    connection: Connection, office: Office, entry: tuple[int, str], move: Move, now: datetime
) -> Step:
    """Take one answer (or a step back) of a case in a mode. Conflict when it was closed meanwhile."""
    number, mode = entry
    file = load_file(connection, number, lock=True)
    if file.closed(now):
        raise Conflict(_closed_message(file))
    done = step(load_interview(connection, file, now), move)
    save(_context(connection, office, file, mode, now), file, done)
    return done


def _check(file: CaseFile, entry: DataEntry, now: datetime) -> None:
    """Why nothing can be typed in for this person, if anything is in the way."""
    code = file.participant.code
    if file.participant.stopped_at is not None or file.enrolment.withdrawn_at is not None:
        raise Conflict(f"{code} has asked to stop.")
    if file.enrolment.handed_over_at is not None:
        raise Conflict(f"{code} has handed over to a successor.")
    if file.enrolment.refused_at is not None:
        raise Conflict(f"{code} has declined to take part.")
    if file.closed(now):
        raise Conflict(_closed_message(file))
    if file.enrolment.consented_at is None and not entry.agreed:
        raise Conflict(
            f"{code} has not agreed to take part yet. If the form or the person says so, "
            "add --agreed."
        )
    if file.case.completed_at is not None:
        raise Conflict(f"{code} has answered {file.wave.key} already.")


def _closed_message(file: CaseFile) -> str:
    day = day_text(file.wave.closes_on, "en")
    return f"{file.wave.key} of {file.workshop.code} is closed; its last day was {day}."


def _context(
    connection: Connection, office: Office, file: CaseFile, mode: str, now: datetime
) -> InboundContext:
    """A visit of the person in the hands of staff: no address is stored for it."""
    return InboundContext(
        connection, office, Address(0, file.participant.id, MODES[mode], ""), now
    )
