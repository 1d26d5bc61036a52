"""Contact attempts. The row comes before the message: it is the claim and the proof of one send."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.schema import attempts, cases, enrolments
from surveys.people import Address
from surveys.planning.contacts import Kind, PastAttempt
from surveys.planning.dispositions import Outcome


@dataclass(frozen=True)
class Claimed:
    """An attempt that this process may send, once."""

    id: int
    case_id: int
    kind: Kind
    ordinal: int


@dataclass(frozen=True)
class Claim:
    """Who wants to send what, where to and when; `by` is the number of the process."""

    kind: Kind
    ordinal: int
    address: Address
    by: int
    at: datetime


@dataclass(frozen=True)
class Result:
    """What became of an attempt."""

    outcome: Outcome
    detail: str = ""
    ref: str | None = None
    retry_at: datetime | None = None


_OF_CASE = (
    select(attempts).where(attempts.c.case_id == bindparam("case_id")).order_by(attempts.c.ordinal)
)
"""Built once, as it belongs to many taps: building a statement costs more than running it."""


def attempts_of(connection: Connection, case_id: int) -> list[PastAttempt]:
    """The attempts of a case in their order."""
    rows = connection.execute(_OF_CASE, {"case_id": case_id})
    return [
        PastAttempt(
            row.ordinal, Kind(row.kind), row.claimed_at, Outcome(row.outcome), row.retry_at
        )
        for row in rows
    ]


def claim(connection: Connection, case_id: int, wanted: Claim) -> Claimed | None:
    """Claim an attempt, or take up one that may be tried again; None if somebody else has it."""
    values = {
        "kind": wanted.kind,
        "outcome": Outcome.CLAIMED,
        "claimed_at": wanted.at,
        "claimed_by": wanted.by,
        "address_id": wanted.address.id,
        "channel": wanted.address.channel,
    }
    taken_up = connection.execute(
        update(attempts)
        .where(
            attempts.c.case_id == case_id,
            attempts.c.ordinal == wanted.ordinal,
            attempts.c.outcome == Outcome.RETRY,
        )
        .values(values | {"retry_at": None})
        .returning(attempts.c.id)
    ).scalar_one_or_none()
    new = values | {"case_id": case_id, "ordinal": wanted.ordinal}
    number = taken_up or _insert(connection, new)
    return Claimed(number, case_id, wanted.kind, wanted.ordinal) if number else None


def waiting_of(connection: Connection, case_id: int) -> tuple[int, int | None] | None:
    """Attempt and address of what may be tried again in a case; the address may be gone."""
    row = connection.execute(
        select(attempts.c.id, attempts.c.address_id).where(
            attempts.c.case_id == case_id, attempts.c.outcome == Outcome.RETRY
        )
    ).one_or_none()
    return (row.id, row.address_id) if row else None


def first_arrived(connection: Connection, case_id: int, address_id: int) -> int | None:
    """The ordinal of the first message of a case that has, or may have, come to an address."""
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
            number: int = connection.execute(
                insert(attempts).values(values).returning(attempts.c.id)
            ).scalar_one()
            return number
    except IntegrityError:
        return None


def finish(connection: Connection, attempt_id: int, result: Result, at: datetime) -> None:
    """Store the outcome of an attempt; one given up meanwhile is not tried again."""
    this = attempts.c.id == attempt_id
    if result.outcome is Outcome.RETRY:
        this &= attempts.c.outcome == Outcome.CLAIMED
    connection.execute(
        update(attempts)
        .where(this)
        .values(
            outcome=result.outcome,
            outcome_at=at,
            detail=result.detail,
            ref=result.ref,
            retry_at=result.retry_at,
        )
    )


def unfinished(
    connection: Connection, until: datetime, by: Collection[int]
) -> list[tuple[int, int]]:
    """Attempt and case numbers of claims without an outcome: old ones, and all of some processes."""
    wanted = (
        select(attempts.c.id, attempts.c.case_id)
        .where(attempts.c.outcome == Outcome.CLAIMED)
        .where((attempts.c.claimed_at <= until) | attempts.c.claimed_by.in_(by))
        .order_by(attempts.c.id)
    )
    return [(row.id, row.case_id) for row in connection.execute(wanted)]


def claimants(connection: Connection) -> set[int]:
    """Numbers of the processes that have claimed something without an outcome yet."""
    claimed = select(attempts.c.claimed_by).where(attempts.c.outcome == Outcome.CLAIMED)
    return set(connection.scalars(claimed.distinct()))


def unfinished_in(connection: Connection, case_id: int) -> list[int]:
    """Numbers of the claims of one case that have no outcome yet."""
    return list(
        connection.scalars(
            select(attempts.c.id).where(
                attempts.c.case_id == case_id, attempts.c.outcome == Outcome.CLAIMED
            )
        )
    )


def count_unknown(connection: Connection) -> int:
    """How many messages in cases that are still open may not have arrived."""
    unknown = (
        select(func.count())
        .select_from(attempts.join(cases, cases.c.id == attempts.c.case_id))
        .where(attempts.c.outcome == Outcome.UNKNOWN, cases.c.closed_at.is_(None))
    )
    return connection.scalar(unknown) or 0


def last_invited_at(
    connection: Connection, participant_id: int, except_case: int | None
) -> datetime | None:
    """When a person was last invited in another case (sent, under way, or not known)."""
    return connection.scalar(
        select(attempts.c.claimed_at)
        .join(cases, cases.c.id == attempts.c.case_id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(
            enrolments.c.participant_id == participant_id,
            cases.c.id.is_distinct_from(except_case),
            attempts.c.kind == Kind.INVITATION,
            attempts.c.outcome.in_((Outcome.SENT, Outcome.UNKNOWN, Outcome.CLAIMED)),
        )
        .order_by(attempts.c.claimed_at.desc())
        .limit(1)
    )


def case_of_message(connection: Connection, address_id: int, ref: str) -> int | None:
    """The case of an invitation or reminder that was shown as this message."""
    return connection.scalar(
        select(attempts.c.case_id).where(
            attempts.c.address_id == address_id, attempts.c.ref == ref
        )
    )


def last_outcomes(connection: Connection, wave_id: int) -> dict[tuple[str, str], int]:
    """Of a wave's cases: how many have this outcome and detail as their last."""
    newest = (
        select(func.max(attempts.c.id).label("id"))
        .join(cases, cases.c.id == attempts.c.case_id)
        .where(cases.c.wave_id == wave_id)
        .group_by(attempts.c.case_id)
        .subquery()
    )
    rows = connection.execute(
        select(attempts.c.outcome, attempts.c.detail, func.count().label("number"))
        .join(newest, newest.c.id == attempts.c.id)
        .group_by(attempts.c.outcome, attempts.c.detail)
    )
    return {(row.outcome, row.detail): row.number for row in rows}
