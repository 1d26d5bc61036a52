"""Inserts that say what becomes of a row that is stored already, for SQLite and PostgreSQL."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def inserting(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Return an insert into a table with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    # Who has SQLite need not read the other dialect, which takes as long as all tables.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
