"""The limits of time of a connection to PostgreSQL, so that nothing waits for ever."""

from dataclasses import dataclass, replace
from typing import Any

ASLEEP_SECONDS = 20
"""How long a transaction may stay idle before the server ends and rolls it back. Its process may be
suspended while others wait for the rows it has locked."""
KEEPALIVES = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""When the system gives up a connection whose other end is gone: after 25 seconds."""


@dataclass(frozen=True)
class Limits:
    """The seconds that connecting, one statement, and one wait for a lock may take on PostgreSQL.

    `long_statement_seconds` is for a statement that nobody waits for in a chat or on a page.
    """

    connect_seconds: int = 5
    statement_seconds: int = 30
    long_statement_seconds: int = 600
    lock_seconds: int = 10

    @property
    def patient(self) -> "Limits":
        """The limits of reports, exports, retention and commands."""
        return replace(self, statement_seconds=self.long_statement_seconds)

    def of_connections(self) -> dict[str, Any]:
        """Return the arguments of a connection with these limits."""
        settings = {
            "statement_timeout": self.statement_seconds,
            "lock_timeout": self.lock_seconds,
            "idle_in_transaction_session_timeout": ASLEEP_SECONDS,
        }
        options = " ".join(f"-c {name}={seconds}s" for name, seconds in settings.items())
        return {"options": options, "connect_timeout": self.connect_seconds, **KEEPALIVES}
