"""The stored facts that the next contact of a case depends on: read one by one, or for many together.

A tap reads what it needs of one case. A slice of a wave reads each kind of fact in one statement.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Connection, bindparam, func, select

from storage.fieldwork.attempts import attempt_of, attempts_of_cases
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.last_messages import LAST_OF_ALL, last_messages_of
from storage.people.addresses import addresses_of
from storage.people.addresses_of_many import addresses_of_people
from storage.people.enrolments import still_asked
from storage.schema import addresses, attempts, cases, enrolments, waves
from surveys.people import Address
from surveys.planning.contacts import PastAttempt
from surveys.planning.dispositions import IN_FLIGHT, MAYBE_SEEN


@dataclass(frozen=True)
class Past:
    """The attempts of a case in order, and when its person last got a message that is not about it."""

    attempts: Sequence[PastAttempt] = ()
    other_at: datetime | None = None


class ContactFacts(Protocol):
    """What a decision about a contact may ask for."""

    def addresses(self, person: int) -> Sequence[Address]:
        """Return all addresses of a person."""

    def past(self, person: int, case: int) -> Past:
        """Return the messages that a person got about a case, and when the last of all others."""

    def others_open(self, person: int, except_case: int, on: date) -> int:
        """Return how many other cases of a person are open on a day, begun or invited."""


@dataclass(frozen=True)
class OneByOne:
    """Facts that are read when they are asked for."""

    connection: Connection

    def addresses(self, person: int) -> Sequence[Address]:
        return addresses_of(self.connection, person)

    def past(self, person: int, case: int) -> Past:
        return past_of(self.connection, person, case)

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

    def past(self, person: int, case: int) -> Past:
        known = self._messages.get(person, {})
        others = (at for number, at in known.items() if number != case)
        return Past(self._attempts.get(case, ()), max(others, default=None))

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
_PAST = (
    select(attempts, addresses.c.state, LAST_OF_ALL.scalar_subquery().label("other_at"))
    .select_from(cases)
    .join(attempts, attempts.c.case_id == cases.c.id, isouter=True)
    .join(addresses, addresses.c.id == attempts.c.address_id, isouter=True)
    .where(cases.c.id == bindparam("case_id"))
    .order_by(attempts.c.ordinal)
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


def past_of(connection: Connection, person: int, case: int) -> Past:
    """Return the messages that a person got about a case, and when the last of all others."""
    which = {"case_id": case, "except_case": case, "participant_id": person}
    rows = connection.execute(_PAST, which).all()
    return Past([attempt_of(row) for row in rows if row.id is not None], rows[0].other_at)


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
