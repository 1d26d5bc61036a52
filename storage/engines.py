"""The engines of SQLite and PostgreSQL.

Parameters contain names and answers, and errors are logged: both engines hide parameters.
"""

from sqlite3 import SQLITE_BUSY, OperationalError
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.dialects import registry

from storage.limits import Limits

BUSY_SECONDS = 30
"""How long a writer waits for the lock before it fails."""
BETWEEN_TRIES = 0.05
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""Set on each SQLite connection. With secure_delete, deleted content is overwritten with zeros."""

registry.register("sqlite.reading", "storage.dialects", "Reading")
registry.register("sqlite.writing", "storage.dialects", "Writing")
registry.register("postgresql.limited", "storage.connections", "Dialect")


def sqlite_engine(url: str, *, reads: bool = False) -> Engine:
    """Return an engine of a SQLite file. With `reads`, its connections cannot write.

    Readers have connections of their own: each change of `query_only` makes SQLite forget what it
    has prepared.
    """
    dialect = "sqlite+reading" if reads else "sqlite+writing"
    engine = create_engine(
        make_url(url).set(drivername=dialect).render_as_string(),
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,
    )
    pragmas = (*PRAGMAS, "query_only=ON") if reads else PRAGMAS

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the dialect begins transactions
        _write_ahead(connection)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _write_ahead(connection: Any) -> None:
    """Set the journal mode. SQLite itself does not wait while another connection sets it."""
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY or monotonic() > until:
                raise
            sleep(BETWEEN_TRIES)


def postgresql_engine(url: str, limits: Limits) -> Engine:
    """Return the engine of a PostgreSQL database, whose connections have limits of time."""

    def connect() -> Any:
        from storage.connections import connect as connect_within

        _, options = engine.dialect.create_connect_args(engine.url)
        return connect_within(limits, options)

    engine = create_engine(
        make_url(url).set(drivername="postgresql+limited").render_as_string(hide_password=False),
        creator=connect,
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    event.listen(engine, "handle_error", _quote_no_row)
    return engine


def _quote_no_row(context: ExceptionContext) -> None:
    """Shorten an error to its first sentence: others quote the row, and errors are logged."""
    primary = getattr(getattr(context.original_exception, "diag", None), "message_primary", None)
    if primary:
        for error in (context.original_exception, context.sqlalchemy_exception):
            if error is not None:
                error.args = (primary,)
