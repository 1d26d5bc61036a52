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
from bot.wording.days import day_words
from storage.database import Conflict, NotFound
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.cases import case_in_wave, participant_of_case, set_entered
from storage.fieldwork.cases_of_waves import cases_in
from storage.fieldwork.interviews import load_interview
from storage.fieldwork.waves import find_wave
from storage.office.audit import Act
from storage.office.staff import member_with
from storage.people.enrolments import enrolments_with, set_consent
from storage.people.participants import get_participant, lock_participant, participant_with
from surveys.interview.interview import Move, Step, step
from surveys.people import Address, Participant
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


@dataclass(frozen=True)
class EntryShown:
    """Whose answers are going to be entered, to be compared with the form.

    `agreed` says that the person has agreed to take part before.
    """

    name: str
    administration: str
    workshop: str
    questionnaire: str
    answered: int
    agreed: bool


def show_entry(connection: Connection, entry: DataEntry, now: datetime) -> EntryShown:
    """Return whose answers are going to be entered. Raise what `begin_entry` would raise."""
    file = load_file(connection, _case_of(connection, entry))
    _check(file, entry, now)
    interview = load_interview(connection, file, now)
    title = interview.questionnaire.text(interview.questionnaire.title, "en")
    place = file.administration.name
    shown = (file.participant.name, place, file.workshop.title, title)
    return EntryShown(*shown, file.case.answered, file.enrolment.consented_at is not None)


def person_meant(connection: Connection, workshop: str, wave: str, typed: str) -> str:
    """Return the code of the person in a wave whose code or name was typed.

    A part of a name is enough if only one has it. Raise NotFound or Conflict otherwise.
    """
    people = _people_asked(connection, workshop, wave)
    wanted = " ".join(typed.casefold().split())
    whole = [one for one in people if wanted in (one.code.casefold(), one.name.casefold())]
    found = whole or [one for one in people if wanted in one.name.casefold()]
    if not found:
        raise NotFound(f"Nobody in {wave.upper()} of {workshop} is called {typed!r}.")
    if len(found) > 1:
        who = ", ".join(f"{one.name} ({one.code})" for one in found)
        raise Conflict(f"{typed!r} may be several people: {who}. Type the code.")
    return found[0].code


def _people_asked(connection: Connection, workshop: str, key: str) -> list[Participant]:
    """Return the people who have a case in a wave."""
    wave = find_wave(connection, workshop, key.upper())
    if wave is None or wave.opened_at is None:
        raise NotFound(f"{key.upper()} of {workshop} is not open yet.")
    asked = enrolments_with(
        connection, [one.enrolment_id for one in cases_in(connection, wave.id)]
    )
    return [get_participant(connection, one.participant_id) for one in asked.values()]


def _case_of(connection: Connection, entry: DataEntry) -> int:
    """Return the number of the case to enter. Raise NotFound if there is none."""
    person = participant_with(connection, entry.participant)
    wave = find_wave(connection, entry.workshop, entry.wave.upper())
    number = case_in_wave(connection, wave.id, person.id) if wave else None
    if number is None:
        raise NotFound(
            f"{person.code} is not asked in {entry.wave} of {entry.workshop}, or it is not open yet."
        )
    return number


def begin_entry(
    connection: Connection, office: Office, entry: DataEntry, now: datetime
) -> tuple[int, Step]:
    """Open a case for data entry; return its number and the current step.

    Raise NotFound or Conflict with the reason if that is not possible.
    """
    by = member_with(connection, entry.by).code if entry.by else ""
    find_wave_now(connection, office, entry.workshop, entry.wave)
    number = _case_of(connection, entry)
    person = lock_participant(connection, participant_of_case(connection, number))
    file = load_file(connection, number, lock=True)
    _check(file, entry, now)
    if file.enrolment.consented_at is None:
        set_consent(connection, file.enrolment.id, CONSENT_VERSION, now)
    set_entered(connection, number, entry.mode, by)
    about = " ".join(filter(None, (entry.workshop, file.wave.key, person.code, entry.mode, by)))
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
    if file.enrolment.removed_at is not None:
        raise Conflict(f"{code} was removed from {file.workshop.code}.")
    if file.left_out:
        raise Conflict(f"{code} is left out of {file.wave.key}.")
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
    day = day_words(file.wave.closes_on)
    return f"{file.wave.key} of {file.workshop.code} is closed; its last day was {day}."


def _context(
    connection: Connection, office: Office, file: CaseFile, mode: str, now: datetime
) -> InboundContext:
    """Return the context of an answer entered by staff: it comes from no stored address."""
    return InboundContext(
        connection, office, Address(0, file.participant.id, MODES[mode], ""), now
    )
