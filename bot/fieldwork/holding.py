"""After a long gap between two rounds an organiser decides: the clock may be wrong.

A clock that jumps months ahead would close waves of people nobody has asked, miss others, end
contacts whose days are still to come, and delete what is not old. So after a long gap nothing is
opened, sent, closed, missed or deleted until an organiser says that the clock is right. A gap noted
by a clock that was ahead counts for nothing.

People who tap meanwhile are planned by the clock as it is. So once it is right, or said to be, all
contacts are planned again.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.fieldwork.notices import queue_notices
from bot.settings.office import Office
from bot.wording.days import moment_words
from storage.due_workshops import mark_due
from storage.fieldwork.due_contacts import plan_again
from storage.fieldwork.waves import all_open_waves
from storage.operations.heartbeats import (
    HELD,
    TICK,
    forget_heartbeats,
    heartbeats_ahead,
    last_heartbeats,
    record_heartbeat,
)
from surveys.planning.contacts import Hold

LONGEST_GAP = timedelta(days=3)
"""A bot that is stopped on Friday evening and started on Monday morning asks nobody."""
BY_THE_CLOCK = (Hold.PAST_WINDOW, Hold.TOO_MANY_OPEN, Hold.TOO_SOON)
"""Holds that depend on the present moment."""
HOLDS = (
    "The last round was {days} days ago. If the clock of the bot's computer is right, send "
    "/proceed. Until then nothing is sent, no wave opens or closes, and nothing is deleted."
)
CLOCK_WAS_WRONG = "The clock of the bot's computer was wrong: it was at {at}. It is right again."


def held(connection: Connection, now: datetime) -> bool:
    """Return whether nothing may be opened, sent, closed or deleted now."""
    beats = last_heartbeats(connection, now)
    last = beats.get(TICK)
    return HELD in beats or (last is not None and now - last > LONGEST_GAP)


def hold_after_gap(connection: Connection, office: Office, now: datetime) -> bool:
    """Return whether this round is held; tell organisers once."""
    beats = last_heartbeats(connection, now)
    ahead = heartbeats_ahead(connection, now)
    if ahead:
        latest = moment_words(max(ahead.values()), office.zone)
        queue_notices(connection, [CLOCK_WAS_WRONG.format(at=latest)], now)
        if TICK in ahead:
            _plan_all_again(connection)
        forget_heartbeats(connection, {HELD, TICK} & ahead.keys())
    if not held(connection, now):
        if TICK not in beats:
            # A first round that ends half-way has opened waves all the same.
            record_heartbeat(connection, TICK, now)
        return False
    if HELD not in beats:
        record_heartbeat(connection, HELD, now)
        queue_notices(connection, [HOLDS.format(days=(now - beats[TICK]).days)], now)
    return True


def end_hold(connection: Connection, now: datetime) -> bool:
    """Let the next round do all that is due; False if nothing was held."""
    was_held = held(connection, now)
    forget_heartbeats(connection, [HELD])
    if was_held:
        record_heartbeat(connection, TICK, now)
        _plan_all_again(connection)
    return was_held


def _plan_all_again(connection: Connection) -> None:
    """Let the next rounds plan the contacts of all open waves by the clock as it is now."""
    waves = all_open_waves(connection)
    plan_again(connection, [wave.id for wave in waves], BY_THE_CLOCK)
    mark_due(connection, {wave.workshop_code for wave in waves})
