"""Counts of all messages and answers, for monitors: made in a thread of its own.

With a million open cases they take longer than a monitor should wait. So who asks waits a moment, and
else gets the last figures, which say when they are from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Lock, Thread

import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.operations.totals import Past, Totals, total

SECONDS = 0.1
"""How long one who asks waits for figures of now."""
THREAD = "counting"
log = structlog.get_logger("metrics")


@dataclass(frozen=True)
class Counted:
    """The totals at a moment, and what the next count need not read again."""

    at: datetime
    totals: Totals
    past: Past


class Counting:
    """Counts one at a time, however many ask."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._lock = Lock()
        self._done: Event | None = None
        self._newest: Counted | None = None

    def newest(self, seconds: float = SECONDS) -> Counted | None:
        """Return the newest figures, of now if they come soon; None where none are there yet."""
        self._begun().wait(seconds)
        return self._newest

    def _begun(self) -> Event:
        """Return what is set when the count that goes on is done; begin one if none does."""
        with self._lock:
            if self._done is None:
                self._done = Event()
                # The end of the process does not wait for it.
                args = (self._done,)
                Thread(target=self._count, name=THREAD, args=args, daemon=True).start()
            return self._done

    def _count(self, done: Event) -> None:
        try:
            now = self._clock()
            past = self._newest.past if self._newest else Past()
            self._newest = Counted(now, *self._database.read(total, past, now))
        except SQLAlchemyError as error:
            # The figures of before stay, with their moment.
            log.warning("not_counted", error=type(error).__name__)
        finally:
            with self._lock:
                self._done = None
            done.set()
