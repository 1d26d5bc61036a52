"""Lists that organisers have sent and not saved yet: the file, and the answers to its questions.

A list names people, so it is kept as short as it can be: until it is saved or forgotten, and no
longer than an hour after the last answer, or a week if it was put aside for all organisers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from storage.database import NotFound
from storage.schema import waiting_files

AN_HOUR, A_WEEK = timedelta(hours=1), timedelta(days=7)
LONGEST_NAME = 80
GONE = "The hour is over, or the list was saved or forgotten. Send the file again."


@dataclass(frozen=True)
class NewFile:
    """A file as it was sent; `workshop_code` is "" for a calendar."""

    staff_id: int
    workshop_code: str
    name: str
    content: bytes


@dataclass(frozen=True)
class WaitingFile:
    """A file that waits. One put aside for `later` is there for all organisers."""

    id: int
    staff_id: int
    workshop_code: str
    name: str
    content: bytes
    answers: Mapping[str, str]
    later: bool
    sent_at: datetime
    expires_at: datetime


def add_file(connection: Connection, new: NewFile, at: datetime) -> int:
    """Keep a file for an hour; return its number. Files whose time is over are deleted."""
    forget_files(connection, at)
    values = {
        "staff_id": new.staff_id,
        "workshop_code": new.workshop_code,
        "name": new.name[-LONGEST_NAME:],
        "content": new.content,
        "answers": {},
        "sent_at": at,
        "expires_at": at + AN_HOUR,
    }
    row = connection.execute(insert(waiting_files).values(values).returning(waiting_files.c.id))
    return int(row.scalar_one())


def get_file(connection: Connection, number: int, staff_id: int, at: datetime) -> WaitingFile:
    """Return a file of a member, or one put aside. NotFound for any other, or one that is over."""
    table = waiting_files.c
    mine = or_(table.staff_id == staff_id, table.later)
    wanted = select(waiting_files).where(table.id == number, mine, table.expires_at > at)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(GONE)
    return _file_of(row)


def files_put_aside(connection: Connection, at: datetime) -> list[WaitingFile]:
    """Return the files that were put aside for all organisers, the oldest first."""
    table = waiting_files.c
    wanted = select(waiting_files).where(table.later, table.expires_at > at).order_by(table.id)
    return [_file_of(row) for row in connection.execute(wanted)]


def set_answers(
    connection: Connection, number: int, answers: Mapping[str, str], at: datetime
) -> None:
    """Keep the answers to the questions of a file; its hour begins anew, its week does not."""
    table = waiting_files.c
    connection.execute(
        update(waiting_files).where(table.id == number).values(answers=dict(answers))
    )
    mine = (table.id == number) & table.later.is_(False)
    connection.execute(update(waiting_files).where(mine).values(expires_at=at + AN_HOUR))


def set_later(connection: Connection, number: int, at: datetime) -> None:
    """Put a file aside for a week, for all organisers."""
    here = waiting_files.c.id == number
    connection.execute(
        update(waiting_files).where(here).values(later=True, expires_at=at + A_WEEK)
    )


def forget_file(connection: Connection, number: int) -> None:
    """Delete a file that was saved, or is not to be saved."""
    connection.execute(delete(waiting_files).where(waiting_files.c.id == number))


def forget_files(connection: Connection, at: datetime) -> int:
    """Delete the files whose time is over; return how many."""
    over = delete(waiting_files).where(waiting_files.c.expires_at <= at)
    return connection.execute(over).rowcount


def _file_of(row: Row[Any]) -> WaitingFile:
    return WaitingFile(**row._mapping)
