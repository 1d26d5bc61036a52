"""Which members of staff wish a monthly message, and which messages have left: at most one a month.

A message is claimed, leaves just before its first byte, and then has an outcome.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.schema import digest_wishes, digests
from surveys.planning.dispositions import Outcome


class Way(StrEnum):
    """How a member gets the monthly message."""

    CHAT = "chat"
    EMAIL = "email"


@dataclass(frozen=True)
class DigestWish:
    """A member, by the number of the row, who wishes the message since a moment."""

    staff_id: int
    way: Way
    wished_at: datetime


def put_digest_wish(connection: Connection, staff_id: int, way: Way, at: datetime) -> None:
    """Store that a member wishes the message this way, from now on.

    Another way for a wish that there is leaves it as old as it was: no month is left out.
    """
    before = digest_wish_of(connection, staff_id)
    drop_digest_wish(connection, staff_id)
    values = {"staff_id": staff_id, "way": way, "wished_at": before.wished_at if before else at}
    connection.execute(insert(digest_wishes).values(values))


def drop_digest_wish(connection: Connection, staff_id: int) -> None:
    """Store that a member wishes no message any more."""
    connection.execute(delete(digest_wishes).where(digest_wishes.c.staff_id == staff_id))


def begin_wishes_anew(connection: Connection, at: datetime) -> None:
    """Let all wishes begin at a moment: what was sent before is not known any more."""
    connection.execute(update(digest_wishes).values(wished_at=at))


def digest_wishes_now(connection: Connection) -> list[DigestWish]:
    """Return all wishes, by the number of the member."""
    rows = connection.execute(select(digest_wishes).order_by(digest_wishes.c.staff_id))
    return [DigestWish(row.staff_id, Way(row.way), row.wished_at) for row in rows]


def digest_wish_of(connection: Connection, staff_id: int) -> DigestWish | None:
    """Return the wish of a member, None for no message."""
    mine = (one for one in digest_wishes_now(connection) if one.staff_id == staff_id)
    return next(mine, None)


def is_open_digest(connection: Connection, staff_id: int, month: date, lost: datetime) -> bool:
    """Return whether the message of a month may be claimed: nobody has, or the claim is `lost`.

    A claim from before that moment is of a process that has ended: nothing has left.
    """
    row = connection.execute(select(digests).where(_of(staff_id, month))).one_or_none()
    return row is None or (row.outcome == Outcome.CLAIMED and row.left_at < lost)


def take_digest(
    connection: Connection, staff_id: int, month: date, at: datetime, lost: datetime
) -> bool:
    """Claim the message of a month; False if it has left, or another process has claimed it."""
    of_dead = _claimed(staff_id, month) & (digests.c.left_at < lost)
    if connection.execute(update(digests).where(of_dead).values(left_at=at)).rowcount:
        return True
    values = {"staff_id": staff_id, "month": _name(month), "left_at": at}
    try:
        with connection.begin_nested():
            connection.execute(insert(digests).values(**values, outcome=Outcome.CLAIMED))
    except IntegrityError:
        return False
    return True


def set_digest_leaving(
    connection: Connection, staff_id: int, month: date, claimed_at: datetime
) -> bool:
    """Store that a claimed message leaves; False if another process has taken the claim over.

    If nothing is stored after it, the process was killed: what has arrived is not known.
    """
    mine = _claimed(staff_id, month) & (digests.c.left_at == claimed_at)
    leaves = update(digests).where(mine).values(outcome=Outcome.LEAVING)
    return connection.execute(leaves).rowcount == 1


def set_digest_outcome(
    connection: Connection, staff_id: int, month: date, outcome: Outcome
) -> None:
    """Store what came of a message that has left."""
    connection.execute(update(digests).where(_of(staff_id, month)).values(outcome=outcome))


def digest_in_doubt(connection: Connection, staff_id: int, before: datetime) -> date | None:
    """Return the month of the last message of a member if nobody knows whether it has arrived.

    So it is also if it was leaving before a moment, and no outcome was stored.
    """
    mine = select(digests).where(digests.c.staff_id == staff_id)
    last = connection.execute(mine.order_by(digests.c.month.desc()).limit(1)).one_or_none()
    if last is None or not (
        last.outcome == Outcome.UNKNOWN
        or (last.outcome == Outcome.LEAVING and last.left_at < before)
    ):
        return None
    return date.fromisoformat(f"{last.month}-01")


def give_digest_back(
    connection: Connection, staff_id: int, month: date, claimed_at: datetime
) -> None:
    """Store that the message of a month has not left, unless another process has claimed it since."""
    mine = _of(staff_id, month) & (digests.c.left_at == claimed_at)
    connection.execute(delete(digests).where(mine))


def _of(staff_id: int, month: date) -> ColumnElement[bool]:
    return and_(digests.c.staff_id == staff_id, digests.c.month == _name(month))


def _claimed(staff_id: int, month: date) -> ColumnElement[bool]:
    return and_(_of(staff_id, month), digests.c.outcome == Outcome.CLAIMED)


def _name(month: date) -> str:
    return f"{month:%Y-%m}"
