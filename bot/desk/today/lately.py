"""What was done lately by everybody, from the audit log. Reads only."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage.office.audit import Act, Entry, latest_entries
from storage.people.imports import imports_of

MOST = 20
CALENDAR, PEOPLE = "workshops", "people"
"""What entries of imports say was imported."""


@dataclass(frozen=True)
class Lately:
    """An act: when, who did it, what, and about what, in codes. `newest` of its object and kind."""

    at: datetime
    who: str
    act: Act
    about: str
    counts: dict[str, int]
    newest: bool
    list: int = 0
    """The number of a list or calendar that was saved, while it can be undone."""


def done_lately(connection: Connection, zone: ZoneInfo, now: datetime) -> list[Lately]:
    """Return the acts since yesterday morning at the office, the newest first, at most 20."""
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    since = datetime.combine(yesterday, time(), zone)
    seen: set[str] = set()
    found = []
    for one, who in latest_entries(connection, since, MOST):
        object_, _, _ = one.about.partition(":")
        saved = _list_of(connection, one) if one.act is Act.IMPORTED else 0
        found.append(_lately(one, who, object_ not in seen, saved))
        seen.add(object_)
    return found


def _list_of(connection: Connection, one: Entry) -> int:
    """Return the number of the list or calendar that an entry is about, 0 if it is undone."""
    code, _, kind = one.about.partition(" ")
    if one.about != CALENDAR and kind != PEOPLE:
        return 0
    saved = imports_of(connection, code if kind else "")
    numbers = (each.id for each in saved if each.made_at == one.at and not each.undone_at)
    return next(numbers, 0)


def _lately(one: Entry, who: str, newest: bool, saved: int) -> Lately:
    counts = {name: number for name, number in one.counts.items() if number}
    return Lately(one.at, who, one.act, one.about, counts, newest, saved)
