"""Housekeeping: heartbeat, metrics, and once a day retention and a copy.

The daily work waits until no message is under way, but not longer than some hours. It also plans
all workshops again, so that a change which failed to mark its workshop as due is found within a
day. After an erasure the file is scrubbed.
"""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

import structlog

from bot.fieldwork.due_workshops import plan_due_workshops
from bot.filing.keeping import remove_forgotten, remove_lost
from bot.operations.backups import DailyBackups, back_up
from bot.operations.metrics import Metrics
from bot.operations.retention import delete_expired
from bot.settings.office import Office
from storage.database import Database, Ended
from storage.erasure.erasing import erased_since
from storage.office.desk_sessions import forget_sessions
from storage.office.jobs import RESULTS_KEPT, forget_jobs, forget_results, has_old_results
from storage.office.sign_in_wishes import forget_wishes
from storage.office.staff_accounts import forget_used_sign_ins
from storage.office.waiting_files import forget_files
from storage.operations.heartbeats import (
    BACKUP,
    RETENTION,
    SCRUB,
    TICK,
    last_heartbeats,
    record_heartbeat,
)
from storage.operations.inbox import delete_settled

EVERY = timedelta(days=1)
LONGEST_WAIT = timedelta(hours=6)
"""So long the daily work waits for a moment in which no message is under way."""
SESSIONS_KEPT = timedelta(days=8)
"""How long sessions of the desk are kept after they were used; none works that long."""
WISHES_KEPT = timedelta(days=1)
"""How long it is known who asked for a letter to sign in."""
JOBS_KEPT = timedelta(days=7)
"""How long it is known what became of long work at the desk."""
log = structlog.get_logger("housekeeping")


@dataclass(frozen=True)
class Housekeeping:
    """The work after each round. Its calls block: run them in a thread."""

    database: Database
    backups: DailyBackups | None = None
    metrics: Metrics | None = None
    office: Office | None = None
    """The source of plans and rules of retention; without one nothing is planned or deleted."""
    _ending: Event = field(default_factory=Event, init=False)

    def end(self) -> None:
        """End the daily work after the step that it is in. The next process begins it anew."""
        self._ending.set()

    def after_round(self, now: datetime, seconds: float, held: bool = False) -> None:
        """Do what is due after a round that took `seconds`."""
        self.database.run(record_heartbeat, TICK, now)
        self.observe(seconds)
        self.daily(now, held)

    def observe(self, seconds: float) -> None:
        """Add the duration of a round to the metrics."""
        if self.metrics is not None:
            self.metrics.observe_round(seconds)

    def daily(self, now: datetime, held: bool = False, idle: bool = True) -> None:
        """Do the daily work that is due; with `held` nothing is deleted.

        Unless `idle`, it waits, but not for ever.
        """
        with suppress(Ended):
            self._daily(now, held, idle)

    def _daily(self, now: datetime, held: bool, idle: bool) -> None:
        every = EVERY if idle else EVERY + LONGEST_WAIT
        heartbeats = self.database.read(last_heartbeats, now)
        if self.office is not None:
            self._remove_files(self.office)
        if self.database.read(has_old_results, now - RESULTS_KEPT):
            self.database.run(forget_results, now - RESULTS_KEPT)
        retention = heartbeats.get(RETENTION)
        if self.office is not None and not held and _is_due(retention, now, every):
            self._run_daily(self.office, now)
        if idle and self.database.read(erased_since, heartbeats.get(SCRUB)):
            self._scrub(now)
        if self.backups is not None and _is_due(heartbeats.get(BACKUP), now, every):
            back_up(self.database, self.backups, self.office, now, self._between)

    def _run_daily(self, office: Office, now: datetime) -> None:
        """Plan all workshops again and delete what retention no longer allows."""
        plan_due_workshops(self.database, office, self._between)
        gone = delete_expired(self.database, office, now, self._between)
        self.database.run(delete_settled, now)
        self.database.run(forget_sessions, now - SESSIONS_KEPT)
        self.database.run(forget_wishes, now - WISHES_KEPT)
        self.database.run(forget_used_sign_ins, now - SESSIONS_KEPT)
        self.database.run(forget_jobs, now - JOBS_KEPT)
        self.database.run(forget_files, now)
        self._remove_files(office, now)
        self.database.run(record_heartbeat, RETENTION, now)
        if not gone.nothing:
            log.info("retention", people=len(gone.people), texts=gone.texts, files=gone.files)

    def _remove_files(self, office: Office, daily: datetime | None = None) -> None:
        """Remove files that are to be removed; with a moment also those that belong to nothing."""
        try:
            if daily is None:
                remove_forgotten(self.database, office)
            else:
                remove_lost(self.database, office, daily)
        except OSError as error:
            log.error("files_not_removed", error=type(error).__name__, reason=error.strerror)

    def _scrub(self, now: datetime) -> None:
        """Scrub the file. If another process holds it, the next round tries again."""
        try:
            self.database.scrub_whole(self._between)
        except sqlite3.OperationalError as error:
            log.warning("scrub_failed", error=type(error).__name__)
            return
        self.database.run(record_heartbeat, SCRUB, now)

    def _between(self) -> None:
        if self._ending.is_set():
            raise Ended


def _is_due(last: datetime | None, now: datetime, every: timedelta) -> bool:
    return last is None or now - last >= every
