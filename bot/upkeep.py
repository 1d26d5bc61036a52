"""What is seen to after each round: the sign of life, the figures, and a copy once a day."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.metrics import Metrics
from storage.beats import BACKUP, TICK, last_beats, note_beat
from storage.database import Database
from storage.migrating import backup
from surveys.problems import BadInput

EVERY = timedelta(days=1)
log = structlog.get_logger("upkeep")


@dataclass(frozen=True)
class Copies:
    """Where daily copies of a SQLite database go, and how many are kept."""

    folder: Path
    keep: int


@dataclass(frozen=True)
class Upkeep:
    """After each round. Plain calls that block: run them in a thread."""

    database: Database
    copies: Copies | None = None
    metrics: Metrics | None = None

    def after_round(self, now: datetime, seconds: float) -> None:
        """A round has ended that took so many seconds."""
        self.database.run(note_beat, TICK, now)
        if self.metrics is not None:
            self.metrics.round_took(seconds)
        last = self.database.read(last_beats).get(BACKUP)
        if self.copies is not None and (last is None or now - last >= EVERY):
            self._copy(self.copies, now)

    def _copy(self, copies: Copies, now: datetime) -> None:
        """A new copy, then the oldest ones go. A copy that fails is tried again after each round."""
        try:
            copies.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            backup(self.database, copies.folder / f"followup-{now:%Y%m%dT%H%M%SZ}.sqlite3")
        except (OSError, sqlite3.Error, BadInput) as error:
            log.error("copy_failed", error=type(error).__name__)
            return
        self.database.run(note_beat, BACKUP, now)
        for old in sorted(copies.folder.glob("followup-*.sqlite3"))[: -copies.keep]:
            old.unlink()
