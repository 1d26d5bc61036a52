"""Remove deleted content from a SQLite file in short steps, while others write.

With secure_delete, SQLite overwrites a deleted row and a page that it no longer uses with zeros. Not
overwritten are copies that stay in the unused part of a page after SQLite has moved rows to the
page beside it. They go when the page itself goes: so all rows of each table with free text are
deleted and stored again, some hundred at a time, which puts them on new pages and clears the old
ones. The audit log has codes only, and is never changed.

VACUUM would rewrite the whole file in one transaction. Here nobody waits for longer than a step; the
file does not become smaller.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Index, Table, Text, UniqueConstraint

from storage.schema import audit, metadata

ROWS = 400
"""How many rows are stored again in one step."""
ON_ONE_PAGE = 140
"""How many rows of one step are stored again in the next one: more than lie on a page, because
the last page of a step also holds rows of the next one."""
LOCKED_SECONDS = 30
"""How long a step waits for those who write. Nobody waits for it meanwhile."""


def steps(path: Path) -> Iterator[None]:
    """Remove deleted content from a file and its log; yield after each short step.

    Raises sqlite3.OperationalError if others hold the file for too long; begin again then.
    """
    for table in metadata.sorted_tables:
        if table is not audit and _has_free_text(table.c):
            yield from _store_again(path, table.name)
        if any(_has_free_text(key.columns) for key in _keys(table)):
            yield from _index_again(path, table.name)
    while not _empty_log(path):
        yield


def _has_free_text(columns: Iterable[Column[Any]]) -> bool:
    """Return whether columns may contain personal data. Codes and hashes are no free text."""
    return any(isinstance(one.type, Text | JSON) for one in columns)


def _keys(table: Table) -> list[Index | UniqueConstraint]:
    """Return what has an index in the database, besides primary keys, which are no text."""
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    return [*table.indexes, *unique]


def _store_again(path: Path, table: str) -> Iterator[None]:
    """Store all rows of a table again."""
    after: int | None = -(2**63)
    while after is not None:
        with closing(_opened(path)) as file:
            after = _store_some_again(file, table, after)
        yield


def _index_again(path: Path, table: str) -> Iterator[None]:
    """Build the indexes of a table again. Only people and staff have text in one, and are few."""
    with closing(_opened(path)) as file:
        file.execute(f"REINDEX {table}")
    yield


def _store_some_again(file: sqlite3.Connection, table: str, after: int) -> int | None:
    """Store the rows after one again; return after which row to go on, None after the last."""
    file.execute("BEGIN IMMEDIATE")
    some = f"SELECT rowid AS place, * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?"  # noqa: S608
    found = file.execute(some, (after, ROWS))
    names = [column[0] for column in found.description[1:]]
    rows = found.fetchall()
    if rows:
        places = (rows[0][0], rows[-1][0])
        file.execute(f"DELETE FROM {table} WHERE rowid BETWEEN ? AND ?", places)  # noqa: S608
        values = ", ".join("?" * (len(names) + 1))
        columns = ", ".join(("rowid", *(f'"{name}"' for name in names)))
        file.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)  # noqa: S608
    file.execute("COMMIT")
    return int(rows[-ON_ONE_PAGE][0]) if len(rows) == ROWS else None


def _empty_log(path: Path) -> bool:
    """Move what the log still holds into the file and empty it; False while somebody reads."""
    with closing(_opened(path)) as file:
        file.execute("PRAGMA busy_timeout=20")  # writers wait meanwhile
        busy, *_ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _opened(path: Path) -> sqlite3.Connection:
    """Return a connection that deletes only what it is told to, and leaves zeros in its place."""
    file = sqlite3.connect(path, timeout=LOCKED_SECONDS, isolation_level=None)
    for pragma in ("foreign_keys=OFF", "secure_delete=ON", "synchronous=NORMAL"):
        file.execute(f"PRAGMA {pragma}")
    return file
