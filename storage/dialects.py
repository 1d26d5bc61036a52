"""How transactions begin on SQLite, which the driver would do too late.

It is said by dialects: SQLAlchemy would tell a listener of engines of every statement too.
"""

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPIConnection


class Writing(SQLiteDialect_pysqlite):
    """Writers take the lock at once, so that no transaction fails half-way for want of it."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: DBAPIConnection) -> None:
        dbapi_connection.cursor().execute("BEGIN IMMEDIATE")


class Reading(SQLiteDialect_pysqlite):
    """Readers take no lock."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: DBAPIConnection) -> None:
        dbapi_connection.cursor().execute("BEGIN DEFERRED")
