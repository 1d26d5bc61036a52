"""The stored facts that the next contact of a case depends on: read one by one, or for many together.

A tap reads what it needs of one case. A slice of a wave reads each kind of fact in one statement.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Connection, bindparam, func, select

from storage.fieldwork.attempts import attempts_of, attempts_of_cases
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.last_messages import last_message_at, last_messages_of
from storage.people.addresses import addresses_of
from storage.people.addresses_of_many import addresses_of_people
from storage.people.enrolments import still_asked
from storage.schema import attempts, cases, enrolments, waves
from surveys.people import Address
from surveys.planning.contacts import PastAttempt
from surveys.planning.dispositions import IN_FLIGHT, MAYBE_SEEN


class ContactFacts(Protocol):
    """What a decision about a contact may ask for."""

    def addresses(self, person: int) -> Sequence[Address]:
        """Return all addresses of a person."""

    def attempts(self, case: int) -> Sequence[PastAttempt]:
        """Return the attempts of a case in order."""

    def last_message(self, person: int, except_case: int) -> datetime | None:
        """Return when a person last got a message that is not about one case."""

    def others_open(self, person: int, except_case: int, on: date) -> int:
        """Return how many other cases of a person are open on a day, begun or invited."""


@dataclass(frozen=True)
class OneByOne:
    """Facts that are read when they are asked for."""

    connection: Connection

    def addresses(self, person: int) -> Sequence[Address]:
        return addresses_of(self.connection, person)

    def attempts(self, case: int) -> Sequence[PastAttempt]:
        return attempts_of(self.connection, case)

    def last_message(self, person: int, except_case: int) -> datetime | None:
        return last_message_at(self.connection, person, except_case)

    def others_open(self, person: int, except_case: int, on: date) -> int:
        return other_cases(self.connection, person, except_case, on)


@dataclass(frozen=True)
class Together:
    """Facts of many cases that have been read already. Messages and open cases are by person."""

    _addresses: Mapping[int, Sequence[Address]]
    _attempts: Mapping[int, Sequence[PastAttempt]]
    _messages: Mapping[int, Mapping[int | None, datetime]]
    _open: Mapping[int, Sequence[tuple[int, date]]]

    def addresses(self, person: int) -> Sequence[Address]:
        return self._addresses.get(person, ())

    def attempts(self, case: int) -> Sequence[PastAttempt]:
        return self._attempts.get(case, ())

    def last_message(self, person: int, except_case: int) -> datetime | None:
        known = self._messages.get(person, {})
        return max((at for case, at in known.items() if case != except_case), default=None)

    def others_open(self, person: int, except_case: int, on: date) -> int:
        known = self._open.get(person, ())
        return sum(number != except_case and last >= on for number, last in known)


def read_together(connection: Connection, files: Sequence[CaseFile]) -> Together:
    """Return the facts for the contacts of some cases, in a few statements."""
    people = sorted({file.participant.id for file in files})
    return Together(
        addresses_of_people(connection, people),
        attempts_of_cases(connection, [file.case.id for file in files]),
        last_messages_of(connection, people),
        _open_cases(connection, people),
    )


# Built once, because each new case runs them: building a statement costs more than running it.
_INVITED = (
    select(attempts.c.id)
    .where(attempts.c.case_id == cases.c.id)
    .where(attempts.c.outcome.in_((*MAYBE_SEEN, *IN_FLIGHT)))
    .exists()
)
_IS_ASKED = (
    still_asked(enrolments)
    & cases.c.completed_at.is_(None)
    & cases.c.closed_at.is_(None)
    & waves.c.closed_at.is_(None)
    & (_INVITED | cases.c.started_at.is_not(None))
)
_JOINED = cases.join(enrolments, enrolments.c.id == cases.c.enrolment_id).join(
    waves, waves.c.id == cases.c.wave_id
)
_OTHERS_OPEN = (
    select(func.count())
    .select_from(_JOINED)
    .where(enrolments.c.participant_id == bindparam("participant_id"), _IS_ASKED)
    .where(cases.c.id != bindparam("except_case"), waves.c.closes_on >= bindparam("on"))
)
_ALL_OPEN = (
    select(enrolments.c.participant_id, cases.c.id, waves.c.closes_on)
    .select_from(_JOINED)
    .where(enrolments.c.participant_id.in_(bindparam("people", expanding=True)), _IS_ASKED)
)


def other_cases(connection: Connection, participant_id: int, except_case: int, on: date) -> int:
    """Return how many other cases of a person are open on a day, begun or invited, and not completed."""
    which = {"participant_id": participant_id, "except_case": except_case, "on": on}
    return connection.scalar(_OTHERS_OPEN, which) or 0


def _open_cases(
    connection: Connection, people: Collection[int]
) -> dict[int, list[tuple[int, date]]]:
    found: dict[int, list[tuple[int, date]]] = {}
    for person, case, last in connection.execute(_ALL_OPEN, {"people": people}):
        found.setdefault(person, []).append((case, last))
    return found
