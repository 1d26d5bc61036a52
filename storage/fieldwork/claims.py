"""Attempts without an outcome: claimed by a process, leaving, taken back, or left by a dead one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from storage.schema import IS_IN_FLIGHT, attempts, cases
from surveys.planning.dispositions import IN_FLIGHT, Outcome

# Built once, because each message runs them: building a statement costs more than running it.
_LEAVES = (
    update(attempts)
    .where(
        attempts.c.id == bindparam("number"),
        attempts.c.claimed_by == bindparam("by"),
        attempts.c.outcome.in_(IN_FLIGHT),
    )
    .values(outcome=Outcome.LEAVING)
)
_WAITS_ELSEWHERE = (
    (attempts.c.case_id == bindparam("number"))
    & (attempts.c.outcome == Outcome.CLAIMED)
    & attempts.c.address_id.is_distinct_from(bindparam("keep"))
)
_RETRY_AGAIN = (
    update(attempts)
    .where(_WAITS_ELSEWHERE, attempts.c.retry_at.is_not(None))
    .values(outcome=Outcome.RETRY)
)
_UNCLAIM = delete(attempts).where(_WAITS_ELSEWHERE)


def set_leaving(connection: Connection, attempt_id: int, by: int) -> bool:
    """Store that a claimed message is going to leave now; False if the claim was taken back."""
    return bool(connection.execute(_LEAVES, {"number": attempt_id, "by": by}).rowcount)


def release(connection: Connection, attempt_id: int, by: int) -> None:
    """Take back the claim of a process whose message has not left, as if it had not been made."""
    this = (attempts.c.id == attempt_id) & (attempts.c.claimed_by == by)
    this &= attempts.c.outcome.in_(IN_FLIGHT)
    retried = attempts.c.retry_at.is_not(None)
    connection.execute(update(attempts).where(this, retried).values(outcome=Outcome.RETRY))
    connection.execute(delete(attempts).where(this))


def take_back_waiting(connection: Connection, case_id: int, keep: int | None) -> None:
    """Take back the message of a case that waits for its turn, unless it goes to the address `keep`.

    One that was to be retried waits again. A message that is leaving stays.
    """
    stale = {"number": case_id, "keep": keep}
    connection.execute(_RETRY_AGAIN, stale)
    connection.execute(_UNCLAIM, stale)


def take_back_claims(connection: Connection, wave_id: int) -> None:
    """Take back all claims in a wave whose messages have not left, as if they had not been made.

    Claims that are made at this moment are waited for.
    """
    mine = select(cases.c.id).where(cases.c.wave_id == wave_id).order_by(cases.c.id)
    connection.execute(mine.with_for_update())
    of_wave = attempts.c.case_id.in_(select(cases.c.id).where(cases.c.wave_id == wave_id))
    these = of_wave & (attempts.c.outcome == Outcome.CLAIMED)
    retried = attempts.c.retry_at.is_not(None)
    connection.execute(update(attempts).where(these, retried).values(outcome=Outcome.RETRY))
    connection.execute(delete(attempts).where(these))


@dataclass(frozen=True)
class Unfinished:
    """An attempt without an outcome, claimed `by` a process; `left` if its message may have left."""

    id: int
    case_id: int
    by: int
    channel: str
    left: bool


def unfinished(connection: Connection, until: datetime, by: Collection[int]) -> list[Unfinished]:
    """Return the attempts without an outcome that were claimed until a moment, or by some processes."""
    theirs = (attempts.c.claimed_at <= until) | attempts.c.claimed_by.in_(by)
    found = _IN_FLIGHT.where(theirs).order_by(attempts.c.id)
    return [_unfinished_of(row) for row in connection.execute(found)]


def claimants(connection: Connection) -> set[int]:
    """Return the numbers of the processes that have attempts without an outcome."""
    return set(connection.scalars(select(attempts.c.claimed_by).where(IS_IN_FLIGHT).distinct()))


def unfinished_in(connection: Connection, case_id: int) -> list[Unfinished]:
    """Return the attempts of one case that have no outcome yet."""
    found = connection.execute(_IN_FLIGHT.where(attempts.c.case_id == case_id))
    return [_unfinished_of(row) for row in found]


_IN_FLIGHT = select(attempts).where(IS_IN_FLIGHT)


def _unfinished_of(row: Row[tuple[object, ...]]) -> Unfinished:
    return Unfinished(
        row.id, row.case_id, row.claimed_by, row.channel, row.outcome == Outcome.LEAVING
    )
