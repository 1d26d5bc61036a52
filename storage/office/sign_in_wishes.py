"""Who asked for a letter to sign in to the desk. An unknown address leaves a row without a member."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.schema import sign_in_wishes


@dataclass(frozen=True)
class SignInWish:
    """A letter that was asked for and has not left."""

    id: int
    staff_id: int


def add_wish(connection: Connection, staff_id: int | None, at: datetime) -> None:
    """Store that a letter was asked for; None if none is to be sent."""
    connection.execute(insert(sign_in_wishes).values(staff_id=staff_id, asked_at=at))


def count_wishes(connection: Connection, staff_id: int, since: datetime) -> int:
    """Return how many letters to a member were asked for since a moment."""
    here = (sign_in_wishes.c.staff_id == staff_id) & (sign_in_wishes.c.asked_at > since)
    return connection.scalar(select(func.count()).select_from(sign_in_wishes).where(here)) or 0


def waiting_wishes(connection: Connection, since: datetime) -> list[SignInWish]:
    """Return the letters that were asked for since a moment and have not left, the oldest first."""
    here = (
        sign_in_wishes.c.asked_at > since,
        sign_in_wishes.c.staff_id.is_not(None),
        sign_in_wishes.c.left_at.is_(None),
    )
    rows = connection.execute(select(sign_in_wishes).where(*here).order_by(sign_in_wishes.c.id))
    return [SignInWish(row.id, row.staff_id) for row in rows]


def take_wish(connection: Connection, number: int, at: datetime) -> bool:
    """Store that a letter leaves; False if another process has sent it."""
    here = (sign_in_wishes.c.id == number) & sign_in_wishes.c.left_at.is_(None)
    taken = connection.execute(update(sign_in_wishes).where(here).values(left_at=at))
    return taken.rowcount == 1


def forget_wishes(connection: Connection, before: datetime) -> int:
    """Delete what was asked for before a moment; return how many."""
    old = sign_in_wishes.c.asked_at < before
    return connection.execute(delete(sign_in_wishes).where(old)).rowcount
