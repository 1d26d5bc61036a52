"""Connections to PostgreSQL that do not wait for ever for an answer.

The server ends a statement and a wait for a lock that last too long, and the system a connection
whose other end is gone. What is left is a connection whose packets are swallowed on the way.
"""

from collections.abc import Mapping
from time import monotonic
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen

from storage.limits import Limits

T = TypeVar("T")
ANSWER_SECONDS = 2
"""How much longer than the longest statement a client waits for an answer."""


class LimitedConnection(Connection[Any]):
    """A connection that is closed when its server does not answer within `patience` seconds."""

    patience: float | None = None

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Return what the server answers. OperationalError after the patience has ended."""
        began = monotonic()
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except OperationalError:
            if timeout is None and self.patience and monotonic() - began >= self.patience:
                self.close()  # what it would answer later belongs to another statement
                silence = f"no answer within {self.patience:g} seconds"
                raise OperationalError(silence) from None
            raise


def connect(limits: Limits, options: Mapping[str, Any]) -> LimitedConnection:
    """Return a new connection with limits."""
    within: dict[str, Any] = {**options, **limits.of_connections()}
    connection = LimitedConnection.connect(**within)
    connection.patience = limits.statement_seconds + ANSWER_SECONDS
    return connection
