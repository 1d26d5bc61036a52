"""Data entry by staff: answers that came on paper or by telephone, through the same interview.

Each function is one transaction. Answers are stored with the channel they came by; nothing is sent.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.answering import save
from bot.fieldwork.inbound_context import InboundContext
from bot.fieldwork.planned_waves import find_wave_now
from bot.settings.office import CONSENT_VERSION, Office
from storage.database import Conflict, NotFound
from storage.fieldwork.case_files import CaseFile, load_file, load_interview
from storage.fieldwork.cases import case_in_wave, set_entered
from storage.office.audit import Act
from storage.office.staff import member_with
from storage.people.enrolments import set_consent
from storage.people.participants import lock_participant, participant_with
from surveys.days import day_text
from surveys.interview.interview import Move, Step, step
from surveys.people import Address
from surveys.planning.channels import PAPER, PHONE

MODES = {"paper": PAPER, "telephone": PHONE}
"""The ways by which answers reach the office, with the channel stored for each."""


@dataclass(frozen=True)
class DataEntry:
    """The case to enter, by the codes of workshop, wave and person, and how the answers came.

    `agreed` says that the person has agreed to take part, on the form or by telephone. `by` is the
    staff code of the member who enters them.
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
    """Open a case for data entry; return its number and the current step.

    Raise NotFound or Conflict with the reason if that is not possible.
    """
    person = participant_with(connection, entry.participant)
    by = member_with(connection, entry.by).code if entry.by else ""
    wave = find_wave_now(connection, office, entry.workshop, entry.wave).stored
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
    """Store one answer (or a step back); `entry` is case number and mode. Conflict if it has closed."""
    number, mode = entry
    file = load_file(connection, number, lock=True)
    if file.over(now):
        raise Conflict(_closed_message(file))
    done = step(load_interview(connection, file, now), move)
    save(_context(connection, office, file, mode, now), file, done)
    return done


def _check(file: CaseFile, entry: DataEntry, now: datetime) -> None:
    """Raise Conflict if no answers can be entered for this person."""
    code = file.participant.code
    if file.participant.stopped_at is not None or file.enrolment.withdrawn_at is not None:
        raise Conflict(f"{code} has asked to stop.")
    if file.enrolment.handed_over_at is not None:
        raise Conflict(f"{code} has handed over to a successor.")
    if file.enrolment.refused_at is not None:
        raise Conflict(f"{code} has declined to take part.")
    if file.over(now):
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
    """Return the context of an answer entered by staff: it comes from no stored address."""
    return InboundContext(
        connection, office, Address(0, file.participant.id, MODES[mode], ""), now
    )
