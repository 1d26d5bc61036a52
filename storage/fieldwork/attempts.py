"""Contact attempts. The row is stored before the message is sent: it claims and proves one send.

A claim says which process is going to send, `leaving` that the first byte may have left.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.schema import IS_UNKNOWN, addresses, attempts, cases
from surveys.people import Address, AddressState
from surveys.planning.channels import EMAIL
from surveys.planning.contacts import Kind, PastAttempt
from surveys.planning.dispositions import IN_FLIGHT, Outcome

ARRIVED = (Outcome.SENT, Outcome.UNKNOWN)


@dataclass(frozen=True)
class Claimed:
    """An attempt that this process may send, once."""

    id: int
    case_id: int
    kind: Kind
    ordinal: int
    by: int = 0


@dataclass(frozen=True)
class Claim:
    """What is to be sent, where to and when. `by` is the number of the process."""

    kind: Kind
    ordinal: int
    address: Address
    by: int
    at: datetime


@dataclass(frozen=True)
class Result:
    """The outcome of an attempt."""

    outcome: Outcome
    detail: str = ""
    ref: str | None = None
    retry_at: datetime | None = None


# Built once, because taps, messages and slices of waves run them: building a statement costs more
# than running it.
_OF_CASES = (
    select(attempts, addresses.c.state)
    .join(addresses, addresses.c.id == attempts.c.address_id, isouter=True)
    .where(attempts.c.case_id.in_(bindparam("case_ids", expanding=True)))
    .order_by(attempts.c.ordinal)
)
_RETRIED = (attempts.c.case_id == bindparam("of_case")) & (attempts.c.outcome == Outcome.RETRY)
_WAITING = select(attempts.c.id, attempts.c.address_id).where(_RETRIED)
_TAKE_UP = (
    update(attempts)
    .where(_RETRIED, attempts.c.ordinal == bindparam("of_ordinal"))
    .returning(attempts.c.id)
)
_INSERT = insert(attempts).returning(attempts.c.id)
_FINISH = update(attempts).where(attempts.c.id == bindparam("number"))
_FINISH_IN_FLIGHT = _FINISH.where(attempts.c.outcome.in_(IN_FLIGHT))


def attempts_of_cases(
    connection: Connection, case_ids: Collection[int]
) -> dict[int, list[PastAttempt]]:
    """Return the attempts of some cases in order, by case."""
    found: dict[int, list[PastAttempt]] = {number: [] for number in case_ids}
    for row in connection.execute(_OF_CASES, {"case_ids": case_ids}):
        found[row.case_id].append(attempt_of(row))
    return found


def attempt_of(row: Row[Any]) -> PastAttempt:
    """Return an attempt from a row with its columns and the state of its address.

    A letter to an address that is out of use since counts as failed: its links have ended, so the
    person is written to again.
    """
    return PastAttempt(row.ordinal, Kind(row.kind), row.claimed_at, _outcome(row), row.retry_at)


def _outcome(row: Row[Any]) -> Outcome:
    outcome = Outcome(row.outcome)
    lost = row.state == AddressState.REPLACED and row.channel == "email"
    return Outcome.FAILED if lost and outcome in ARRIVED else outcome


def claim(connection: Connection, case_id: int, wanted: Claim) -> Claimed | None:
    """Claim a new attempt, or one to be retried; None if another process has claimed it."""
    values = {
        "kind": wanted.kind,
        "outcome": Outcome.CLAIMED,
        "claimed_at": wanted.at,
        "claimed_by": wanted.by,
        "address_id": wanted.address.id,
        "channel": wanted.address.channel,
    }
    which = {"of_case": case_id, "of_ordinal": wanted.ordinal}
    taken_up = connection.execute(_TAKE_UP, values | which).scalar_one_or_none()
    new = values | {"case_id": case_id, "ordinal": wanted.ordinal}
    number = taken_up or _insert(connection, new)
    return Claimed(number, case_id, wanted.kind, wanted.ordinal, wanted.by) if number else None


def waiting_of(connection: Connection, case_id: int) -> tuple[int, int | None] | None:
    """Return the attempt of a case that is to be retried, and its address; the address may be None."""
    row = connection.execute(_WAITING, {"of_case": case_id}).one_or_none()
    return (row.id, row.address_id) if row else None


def first_arrived(connection: Connection, case_id: int, address_id: int) -> int | None:
    """Return the ordinal of the first message of a case that was, or may have been, delivered there."""
    return connection.scalar(
        select(attempts.c.ordinal)
        .where(attempts.c.case_id == case_id, attempts.c.address_id == address_id)
        .where(attempts.c.outcome.in_((Outcome.SENT, Outcome.UNKNOWN)))
        .order_by(attempts.c.ordinal)
        .limit(1)
    )


def _insert(connection: Connection, values: dict[str, object]) -> int | None:
    try:
        with connection.begin_nested():
            number: int = connection.execute(_INSERT, values).scalar_one()
            return number
    except IntegrityError:
        return None


def finish(connection: Connection, attempt_id: int, result: Result, at: datetime) -> None:
    """Store the outcome of an attempt. One that was given up meanwhile is not retried."""
    values = {
        "outcome": result.outcome,
        "outcome_at": at,
        "detail": result.detail,
        "ref": result.ref,
        "retry_at": result.retry_at,
    }
    finished = _FINISH_IN_FLIGHT if result.outcome is Outcome.RETRY else _FINISH
    connection.execute(finished, values | {"number": attempt_id})


def set_delivered(
    connection: Connection, case_id: int, address_id: int, ref: str, at: datetime
) -> None:
    """Store that the message of unknown outcome was delivered: the person has answered from there.

    `ref` is the message answered, '' if that is not known. Nothing is stored if it may have been
    another message: one that is known to have arrived, or one of several of unknown outcome.
    """
    here = (attempts.c.case_id == case_id) & (attempts.c.address_id == address_id)
    columns = select(attempts.c.id, attempts.c.outcome, attempts.c.ref)
    found = connection.execute(columns.where(here)).all()
    unknown = [row.id for row in found if row.outcome == Outcome.UNKNOWN]
    arrived = {row.ref for row in found if row.outcome == Outcome.SENT}
    if len(unknown) != 1 or (ref in arrived if ref else arrived):
        return
    delivered = Result(Outcome.SENT, "answered", ref=ref or None)
    finish(connection, unknown[0], delivered, at)


def set_letter_delivered(
    connection: Connection, enrolment_id: int, claimed_at: datetime, at: datetime
) -> None:
    """Store that a letter of unknown outcome was delivered: its link has been used.

    The link of a letter was made when the letter was claimed.
    """
    theirs = select(cases.c.id).where(cases.c.enrolment_id == enrolment_id)
    this = attempts.c.case_id.in_(theirs) & (attempts.c.claimed_at == claimed_at)
    connection.execute(
        update(attempts)
        .where(IS_UNKNOWN, this, attempts.c.channel == EMAIL)
        .values(outcome=Outcome.SENT, outcome_at=at, detail="answered")
    )


def count_unknown(connection: Connection) -> int:
    """Return how many messages of open cases may not have been delivered."""
    unknown = (
        select(func.count())
        .select_from(attempts.join(cases, cases.c.id == attempts.c.case_id))
        .where(IS_UNKNOWN, cases.c.closed_at.is_(None))
    )
    return connection.scalar(unknown) or 0


def case_of_message(connection: Connection, address_id: int, ref: str) -> int | None:
    """Return the case whose invitation or reminder was shown as this message."""
    return connection.scalar(
        select(attempts.c.case_id).where(
            attempts.c.address_id == address_id, attempts.c.ref == ref
        )
    )
