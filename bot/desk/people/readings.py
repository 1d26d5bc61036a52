"""That somebody read what people wrote is recorded: once an hour, however often a page is loaded."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.office.audit import Act, entries

ONCE_IN = timedelta(hours=1)


def record_reading(
    connection: Connection, office: Office, act: Act, about: str, now: datetime, **counts: int
) -> None:
    """Record that a member read something, unless the same member read the same an hour ago."""
    read = (office.acting, act, about, counts)
    lately = entries(connection, now - ONCE_IN)
    if read not in [(one.who, one.act, one.about, one.counts) for one in lately]:
        record(connection, office, act, about, now, **counts)
