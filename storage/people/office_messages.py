"""What people wrote to the office that answers no question. Kept until it has expired, like answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from storage.database import NotFound
from storage.schema import office_messages

SHOWN = 40
"""How many messages are listed at most, the oldest first."""


@dataclass(frozen=True)
class OfficeMessage:
    """A message to the office. `settled_by` is the member who has dealt with it, by staff code."""

    id: int
    participant_id: int
    text: str
    written_at: datetime
    settled_by: str
    settled_at: datetime | None


def keep_message(connection: Connection, participant_id: int, text: str, at: datetime) -> None:
    """Keep what a person wrote to the office."""
    values = {"participant_id": participant_id, "text": text, "written_at": at}
    connection.execute(insert(office_messages).values(values))


def waiting_of(connection: Connection, participant_id: int) -> list[str]:
    """Return the texts of a person that the office has not settled yet."""
    mine = office_messages.c.participant_id == participant_id
    waits = select(office_messages.c.text).where(mine, office_messages.c.settled_at.is_(None))
    return list(connection.scalars(waits.order_by(office_messages.c.id)))


def messages_of(connection: Connection, participant_ids: Collection[int]) -> list[OfficeMessage]:
    """Return all messages of some people that are kept, oldest first."""
    mine = office_messages.c.participant_id.in_(participant_ids)
    rows = connection.execute(select(office_messages).where(mine).order_by(office_messages.c.id))
    return [_message(row) for row in rows]


def waiting_messages(connection: Connection) -> list[OfficeMessage]:
    """Return at most `SHOWN` messages that nobody has settled, oldest first."""
    waits = office_messages.c.settled_at.is_(None)
    wanted = select(office_messages).where(waits).order_by(office_messages.c.id).limit(SHOWN)
    return [_message(row) for row in connection.execute(wanted)]


def count_waiting(connection: Connection) -> int:
    """Return how many messages nobody has settled."""
    waits = select(func.count()).where(office_messages.c.settled_at.is_(None))
    return connection.scalar(waits) or 0


def get_message(connection: Connection, number: int) -> OfficeMessage:
    """Return the message with this number, locked. Raise NotFound if it is not kept (any more)."""
    wanted = select(office_messages).where(office_messages.c.id == number).with_for_update()
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"There is no message {number}. `followup messages list` shows all.")
    return _message(row)


def set_settled(connection: Connection, number: int, by: str, at: datetime | None) -> None:
    """Store who has settled a message and when; None for a message that waits again."""
    values = {"settled_by": by, "settled_at": at}
    connection.execute(
        update(office_messages).where(office_messages.c.id == number).values(values)
    )


def forget_messages(connection: Connection, participant_ids: Collection[int]) -> None:
    """Delete all messages of some people."""
    mine = office_messages.c.participant_id.in_(participant_ids)
    connection.execute(delete(office_messages).where(mine))


def count_messages_before(connection: Connection, moment: datetime) -> int:
    """Return how many messages were written before a moment."""
    old = select(func.count()).where(office_messages.c.written_at < moment)
    return connection.scalar(old) or 0


def forget_messages_before(connection: Connection, moment: datetime) -> int:
    """Delete the messages that were written before a moment; return how many."""
    old = delete(office_messages).where(office_messages.c.written_at < moment)
    return connection.execute(old).rowcount


def _message(row: Row[tuple[object, ...]]) -> OfficeMessage:
    return OfficeMessage(
        row.id, row.participant_id, row.text, row.written_at, row.settled_by, row.settled_at
    )
