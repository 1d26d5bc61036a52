"""Signs of life: when something was done last, for whoever looks from another process.

Facts only; what is too long ago is decided by the reader.
"""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage.schema import beats

TICK = "tick"
BACKUP = "backup"


def note_beat(connection: Connection, name: str, at: datetime) -> None:
    """It was done at this moment."""
    known = connection.execute(update(beats).where(beats.c.name == name).values(at=at)).rowcount
    if not known:
        connection.execute(insert(beats).values(name=name, at=at))


def last_beats(connection: Connection) -> dict[str, datetime]:
    """When each thing was done last; what was never done is not there."""
    return {row.name: row.at for row in connection.execute(select(beats))}
