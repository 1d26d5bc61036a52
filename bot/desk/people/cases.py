"""The cases of one person as an organiser sees them, with what can be done about each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.database import Conflict, NotFound
from storage.fieldwork import case_changes
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.cases import case_in_wave, cases_of
from storage.fieldwork.waves import find_wave
from storage.people.enrolments import enrolments_of
from storage.people.participants import participant_with


@dataclass(frozen=True)
class PersonCase:
    """A case as an organiser sees it: what it is about, its state, and where its answers could go.

    `reason` says why it is set aside.
    """

    number: int
    workshop: str
    wave: str
    title: str
    state: str
    closed: bool
    set_aside: bool
    reason: str
    reopened: bool
    answers: int
    move_to: tuple[str, ...]
    complete: bool = False
    left_out: bool = False


def case_number(connection: Connection, workshop: str, wave: str, person: str) -> int:
    """Return the number of the case of a person in a wave, by their codes. Raise NotFound if none."""
    known = participant_with(connection, person)
    found = find_wave(connection, workshop, wave.upper())
    number = case_in_wave(connection, found.id, known.id) if found else None
    if number is None:
        raise NotFound(f"{known.code} is not asked in {wave.upper()} of {workshop}.")
    return number


def cases_of_person(connection: Connection, person: int, now: datetime) -> list[PersonCase]:
    """Return the cases of the person with this id, newest first."""
    numbers = [
        n for one in enrolments_of(connection, person) for n in cases_of(connection, one.id)
    ]
    return [person_case(connection, number, now) for number in sorted(numbers, reverse=True)]


def person_case(connection: Connection, number: int, now: datetime) -> PersonCase:
    """Return one case as an organiser sees it."""
    file = load_file(connection, number)
    aside = file.case.set_aside_at is not None
    movable = file.case.answered > 0 and not aside
    return PersonCase(
        number,
        file.workshop.code,
        file.wave.key,
        file.workshop.title,
        _state(file, now),
        file.over(now),
        aside,
        file.case.set_aside_reason,
        file.case.reopened_until is not None and not file.over(now),
        file.case.answered,
        tuple(case_changes.cases_to_move_to(connection, number)) if movable else (),
        file.case.completed_at is not None,
        file.left_out,
    )


def _state(file: CaseFile, now: datetime) -> str:
    """Return the state of a case in words."""
    if file.case.set_aside_at is not None:
        return f"set aside ({file.case.set_aside_reason})"
    done = "complete" if file.case.completed_at else counted(file.case.answered, "answer")
    if file.over(now):
        return f"{done}, closed"
    if file.to_come(now):
        return f"{done}, not open yet"
    return f"{done}, open until {day_words(file.last_day)}"


def check_asked(file: CaseFile) -> None:
    """Raise Conflict if the person is asked nothing more in the workshop."""
    person, enrolment = file.participant, file.enrolment
    if person.erased_at is not None:
        raise Conflict(f"{person.code} was erased.")
    if person.stopped_at is not None or enrolment.withdrawn_at is not None:
        raise Conflict(f"{person.name} has asked for no more messages.")
    if enrolment.refused_at is not None:
        raise Conflict(f"{person.name} has declined to take part.")
    if enrolment.handed_over_at is not None:
        raise Conflict(f"{person.name} has handed over to a successor.")
    if enrolment.removed_at is not None:
        raise Conflict(f"{person.name} was removed from {file.workshop.code}.")
    if file.left_out:
        raise Conflict(f"{person.name} is left out of this wave.")
    if file.workshop.cancelled_at is not None:
        raise Conflict(f"{file.workshop.code} was cancelled.")
