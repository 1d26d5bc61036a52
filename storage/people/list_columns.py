"""Columns of lists as people chose them, for files of the same shape. Holds no heading and no name.

A shape is a hash of the headings of a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from storage.database import NotFound
from storage.schema import list_columns


@dataclass(frozen=True)
class ListColumns:
    """What was chosen for files of a shape: column numbers by field, 0 for none; who and when."""

    id: int
    shape: str
    kind: str
    columns: Mapping[str, int]
    made_by: str
    made_at: datetime
    forgotten_at: datetime | None = None


def put_list_columns(connection: Connection, given: ListColumns) -> None:
    """Store what was chosen for files of a shape, in place of what was chosen before."""
    values = {
        "kind": given.kind,
        "columns": dict(given.columns),
        "made_by": given.made_by,
        "made_at": given.made_at,
        "forgotten_at": None,
    }
    mine = update(list_columns).where(list_columns.c.shape == given.shape)
    if not connection.execute(mine.values(values)).rowcount:
        connection.execute(insert(list_columns).values(values | {"shape": given.shape}))


def find_list_columns(connection: Connection, shape: str) -> ListColumns | None:
    """Return what holds for files of a shape; None if nothing was chosen, or it was forgotten."""
    mine = list_columns.c.shape == shape
    row = connection.execute(
        select(list_columns).where(mine, list_columns.c.forgotten_at.is_(None))
    ).one_or_none()
    return _columns_of(row) if row else None


def all_list_columns(connection: Connection) -> list[ListColumns]:
    """Return all that was chosen, oldest first."""
    rows = connection.execute(select(list_columns).order_by(list_columns.c.id))
    return [_columns_of(row) for row in rows]


def set_list_columns_forgotten(connection: Connection, number: int, at: datetime | None) -> bool:
    """Forget what was chosen, or with None remember it again; return whether that changes anything.

    NotFound names the number.
    """
    mine = list_columns.c.id == number
    row = connection.execute(select(list_columns).where(mine)).one_or_none()
    if row is None:
        raise NotFound(
            f"There are no columns {number}. `followup participants columns` shows them."
        )
    if (row.forgotten_at is None) == (at is None):
        return False
    connection.execute(update(list_columns).where(mine).values(forgotten_at=at))
    return True


def _columns_of(row: Row[Any]) -> ListColumns:
    return ListColumns(**row._mapping)
