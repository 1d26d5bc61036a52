"""Connections to PostgreSQL that do not wait for ever for an answer.

The server ends a statement and a wait for a lock that last too long, and the system a connection
whose other end is gone. What is left is a connection whose packets are swallowed on the way.
"""

from collections.abc import Mapping
from select import POLLIN, poll
from time import monotonic
from typing import Any, TypeVar, cast

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine.interfaces import DBAPIConnection

from storage.limits import Limits

T = TypeVar("T")
ANSWER_SECONDS = 2
"""How much longer than the longest statement a client waits for an answer."""
FRESH_SECONDS = 1.0
"""How long after an answer a connection is used again without asking whether it still is one."""


class LimitedConnection(Connection[Any]):
    """A connection that is closed when its server does not answer within `patience` seconds."""

    patience: float | None = None
    answered_at = float("-inf")

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Return what the server answers. OperationalError after the patience has ended."""
        began = monotonic()
        try:
            answer = super().wait(gen, interval, self.patience if timeout is None else timeout)
        except OperationalError:
            if timeout is None and self.patience and monotonic() - began >= self.patience:
                self.close()  # what it would answer later belongs to another statement
                silence = f"no answer within {self.patience:g} seconds"
                raise OperationalError(silence) from None
            raise
        self.answered_at = monotonic()
        return answer

    def is_fresh(self) -> bool:
        """Return whether the server has answered just now, and has not hung up since."""
        if monotonic() - self.answered_at > FRESH_SECONDS:
            return False
        waiting = poll()
        waiting.register(self.fileno(), POLLIN)
        return not waiting.poll(0)


class Dialect(PGDialect_psycopg):
    """Asks a connection that was used just now nothing before it is used again.

    The question costs a busy bot as much as a statement, for each transaction.
    """

    supports_statement_cache = True

    def do_ping(self, dbapi_connection: DBAPIConnection) -> bool:
        """Return whether a connection can be used; raises the error of one that cannot."""
        fresh = cast(LimitedConnection, dbapi_connection).is_fresh()
        return fresh or super().do_ping(dbapi_connection)  # type: ignore[no-untyped-call]


def connect(limits: Limits, options: Mapping[str, Any]) -> LimitedConnection:
    """Return a new connection with limits."""
    within: dict[str, Any] = {**options, **limits.of_connections()}
    connection = LimitedConnection.connect(**within)
    connection.patience = limits.statement_seconds + ANSWER_SECONDS
    return connection
