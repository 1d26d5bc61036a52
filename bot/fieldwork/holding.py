"""After a long gap between two rounds an organiser decides: the clock may be wrong.

A clock that jumps months ahead would close waves of people nobody has asked, miss others, and
delete what is not old. So a round long after the last one closes, misses and deletes nothing until
an organiser says that the clock is right. A gap noted by a clock that was ahead counts for nothing.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.fieldwork.notices import queue_notices
from storage.operations.heartbeats import (
    HELD,
    TICK,
    forget_heartbeats,
    heartbeats_ahead,
    last_heartbeats,
    record_heartbeat,
)

LONGEST_GAP = timedelta(days=3)
"""A bot that is stopped on Friday evening and started on Monday morning asks nobody."""
HOLDS = (
    "The last round was {days} days ago. If the clock of the bot's computer is right, send "
    "/continue. Until then no wave is closed or missed, and nothing is deleted."
)
CLOCK_WAS_WRONG = "The clock of the bot's computer was wrong: it was at {at}. It is right again."


def hold_after_gap(connection: Connection, now: datetime) -> bool:
    """Return whether this round must close, miss and delete nothing; tell organisers once."""
    beats = last_heartbeats(connection, now)
    ahead = heartbeats_ahead(connection, now)
    if ahead:
        latest = f"{max(ahead.values()):%Y-%m-%d %H:%M} UTC"
        queue_notices(connection, [CLOCK_WAS_WRONG.format(at=latest)], now)
        forget_heartbeats(connection, {HELD} & ahead.keys())
    if HELD in beats:
        return True
    last = beats.get(TICK)
    if last is None or now - last <= LONGEST_GAP:
        return False
    record_heartbeat(connection, HELD, now)
    queue_notices(connection, [HOLDS.format(days=(now - last).days)], now)
    return True


def end_hold(connection: Connection, now: datetime) -> bool:
    """Let the next round close, miss and delete what is due; False if nothing was held."""
    held = HELD in last_heartbeats(connection, now)
    forget_heartbeats(connection, [HELD])
    return held
