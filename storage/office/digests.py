"""Which members of staff wish a monthly message, and which messages have left: at most one a month."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.schema import digest_wishes, digests


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


def has_left(connection: Connection, staff_id: int, month: date) -> bool:
    """Return whether the message of a month has left."""
    here = (digests.c.staff_id == staff_id) & (digests.c.month == _name(month))
    return connection.scalar(select(digests.c.month).where(here)) is not None


def take_digest(connection: Connection, staff_id: int, month: date, at: datetime) -> bool:
    """Store that the message of a month leaves; False if another process has sent it."""
    values = {"staff_id": staff_id, "month": _name(month), "left_at": at}
    try:
        with connection.begin_nested():
            connection.execute(insert(digests).values(values))
    except IntegrityError:
        return False
    return True


def give_digest_back(connection: Connection, staff_id: int, month: date) -> None:
    """Store that the message of a month has not left: the channel has refused it for now."""
    here = (digests.c.staff_id == staff_id) & (digests.c.month == _name(month))
    connection.execute(delete(digests).where(here))


def _name(month: date) -> str:
    return f"{month:%Y-%m}"
