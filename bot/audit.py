"""Writing an act of the office into the audit log, in the transaction of the act itself."""

from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.office.audit import Act, Entry, note_act


def record(
    connection: Connection, /, office: Office, act: Act, about: str, now: datetime, **counts: int
) -> None:
    """Somebody (`office.acting`) did this. `about` is a code of the object, never a name."""
    note_act(connection, Entry(now, office.acting, act, about, counts))
