"""How many messages were not taken in, because too many came from one chat.

A row of the inbox counts those of an hour: it is settled and has no chat, a number below all of the
messenger, and goes with the other settled rows after a day.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from storage.inserts import inserting
from storage.operations.inbox import KEPT
from storage.schema import inbox

DROPPED = "dropped"
"""The kind of a row that counts."""
HOUR = timedelta(hours=1)


def count_dropped(connection: Connection, bot: int, holder: int, more: int, at: datetime) -> None:
    """Count messages to a bot that were not taken in at a moment."""
    if not more:
        return
    hour = -int(at.timestamp() // HOUR.total_seconds())
    new = inserting(connection.dialect.name, inbox).values(
        bot=bot,
        number=hour,
        conversation="",
        kind=DROPPED,
        content="",
        holder=holder,
        received_at=at,
        settled_at=at,
        tries=more,
    )
    known = [inbox.c.bot, inbox.c.number]
    added = {"tries": inbox.c.tries + new.excluded.tries}
    connection.execute(new.on_conflict_do_update(index_elements=known, set_=added))


def dropped_lately(connection: Connection, now: datetime) -> int:
    """Return how many messages were not taken in within a day."""
    lately = (inbox.c.kind == DROPPED) & (inbox.c.settled_at >= now - KEPT)
    return connection.scalar(select(func.sum(inbox.c.tries)).where(lately)) or 0
