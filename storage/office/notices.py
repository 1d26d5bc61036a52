"""What the staff are to be told, kept until it was sent; and chats of staff that have moved.

Somebody whom the office has confirmed in a room is told in the same way.

A notice is said at least once: one whose sending was cut short, or may not have arrived, is said
again ten minutes later. Twice is better than never here; for participants it is the other way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from storage.schema import notices, staff, wave_messages

AGAIN_AFTER = timedelta(minutes=10)
SAME_WORDS = timedelta(days=1)
"""The same words to the same chat are news again after that."""
OLD_NEWS = timedelta(days=7)


@dataclass(frozen=True)
class Notice:
    """A notice for one chat of staff; `button` is what a button under it says, if it has one."""

    id: int
    channel: str
    identifier: str
    text: str
    doubts: int
    button: str = ""


def put_notices(
    connection: Connection,
    texts: Iterable[str],
    to: list[tuple[str, str]],
    now: datetime,
    button: str = "",
) -> None:
    """Keep notices for chats (channel and identifier) until they are told; `button` is a token."""
    for text in dict.fromkeys(texts):
        rows = connection.execute(
            select(notices.c.channel, notices.c.identifier).where(
                notices.c.text == text, notices.c.made_at > now - SAME_WORDS
            )
        )
        lately = {(row.channel, row.identifier) for row in rows}
        for channel, identifier in to:
            if (channel, identifier) not in lately:
                where = {"channel": channel, "identifier": identifier}
                what = {"text": text, "made_at": now, "next_at": now, "button": button}
                connection.execute(insert(notices).values(where | what))


def take_due(connection: Connection, now: datetime) -> list[Notice]:
    """The notices that are to be told now; taken, so that another process waits with them."""
    connection.execute(delete(notices).where(notices.c.made_at <= now - OLD_NEWS))
    rows = connection.execute(
        update(notices)
        .where(notices.c.next_at <= now)
        .values(next_at=now + AGAIN_AFTER)
        .returning(notices)
    )
    found = [Notice(r.id, r.channel, r.identifier, r.text, r.doubts, r.button) for r in rows]
    return sorted(found, key=lambda one: one.id)


def set_next(
    connection: Connection, told: Iterable[Notice], at: datetime | None, doubts: int = 0
) -> None:
    """When notices are told next; None for never again, because they were told."""
    numbers = [one.id for one in told]
    values = {"next_at": at, "doubts": notices.c.doubts + doubts}
    connection.execute(update(notices).where(notices.c.id.in_(numbers)).values(values))


def move_chat(connection: Connection, channel: str, identifier: str, new: str) -> None:
    """A chat of staff has a new identifier; so has what waits for it."""
    for table in (staff, notices, wave_messages):
        this = (table.c.channel == channel) & (table.c.identifier == identifier)
        connection.execute(update(table).where(this).values(identifier=new))
