"""The door from the talking to the data for calculation: bundles are made in the reading room."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from storage.database import Database
from storage.workshops import get_workshop


def export(
    database: Database,
    codes: Sequence[str],
    now: datetime,
    audience: str = "staff",
    excel_safe: bool = False,
) -> bytes:
    """A zip with the data of some workshops (of all, if none is named) up to `now` (aware).

    `audience` is staff or viewer. NotFound for a workshop that does not exist.
    """
    return database.read(_export, codes, now, audience, excel_safe)


def _export(
    connection: Connection, codes: Sequence[str], now: datetime, audience: str, excel_safe: bool
) -> bytes:
    from analysis.exports.audience import Audience
    from analysis.exports.bundle import Wishes, build

    for code in codes:
        get_workshop(connection, code)
    return build(connection, list(codes) or None, now, Wishes(Audience(audience), excel_safe))
