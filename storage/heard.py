"""Which texts were decided already: a messenger gives one out again when we died before thanking.

Knows numbers, not who wrote or what. A set of numbers and not the last one: after a quiet week the
messenger begins to count anywhere.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage.schema import heard


def is_new(connection: Connection, channel: str, number: int, at: datetime) -> bool:
    """Note a text; False if it was noted before. The caller holds the person who wrote it."""
    known = select(heard.c.number).where(heard.c.channel == channel, heard.c.number == number)
    if connection.scalar(known) is not None:
        return False
    connection.execute(insert(heard).values(channel=channel, number=number, heard_at=at))
    return True


def forget_heard(connection: Connection, until: datetime) -> None:
    """Forget what was heard until then."""
    connection.execute(delete(heard).where(heard.c.heard_at <= until))
