"""Record an act in the audit log, in the transaction of the act itself."""

from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.office.audit import Act, Entry, note_act


def record(
    connection: Connection, /, office: Office, act: Act, about: str, now: datetime, **counts: int
) -> None:
    """Record that `office.acting` did `act`. `about` names the object by its code, never by a name."""
    note_act(connection, Entry(now, office.acting, act, about, counts))
