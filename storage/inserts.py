"""Inserts that say what becomes of a row that is stored already, for SQLite and PostgreSQL."""

from typing import TYPE_CHECKING

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def inserting(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Return an insert into a table with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    # Who has SQLite need not read the other dialect, which takes as long as all tables.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
