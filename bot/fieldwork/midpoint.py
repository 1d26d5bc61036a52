"""Notices about the progress of a wave on its ninth day, while there is time to call people.

Part of the transaction in which a round updates a workshop; sends nothing.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.progress import Progress, wave_progress
from bot.wording.days import day_words
from storage.fieldwork.waves import set_midpoint_told, waves_of
from storage.fieldwork.workshops import lock_workshop
from surveys.planning.due_workshops import over_at


def midpoint_notices(
    connection: Connection, code: str, now: datetime
) -> tuple[tuple[str, str], ...]:
    """Return wave and notice for each wave of a workshop that has reached its midpoint; once each."""
    if not lock_workshop(connection, code).running:
        return ()
    notices = []
    for wave in waves_of(connection, code).values():
        at = wave.midpoint_at
        if at is None or now < at or now >= over_at(wave.closes_on):
            continue
        set_midpoint_told(connection, wave.id, now)
        progress = wave_progress(connection, code, wave.key)
        if progress.cases:
            text = _notice(progress, f"It is open until {day_words(wave.closes_on)}.")
            notices.append((wave.key, text))
    return tuple(notices)


def _notice(progress: Progress, until: str) -> str:
    nobody = "" if progress.completed else "Nobody has answered yet. "
    call = " Whom to call: /unreachable." if progress.not_reached else ""
    return f"Day 9. {progress.line}. {nobody}{until}{call}"
