"""What was done lately by everybody, from the audit log. Reads only."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage.office.audit import Act, Entry, entries
from storage.office.staff import members

MOST = 20
NOT_SHOWN = {Act.SIGNED_IN, Act.SIGNED_OUT, Act.SIGN_IN_LINK, Act.TEXTS_READ, Act.MESSAGES_READ}
"""Acts that change nothing that somebody could want to take back."""


@dataclass(frozen=True)
class Lately:
    """An act: when, who did it, what, and about what, in codes. `newest` of its object and kind."""

    at: datetime
    who: str
    act: Act
    about: str
    counts: dict[str, int]
    newest: bool


def done_lately(connection: Connection, zone: ZoneInfo, now: datetime) -> list[Lately]:
    """Return the acts since yesterday morning at the office, the newest first, at most 20."""
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    since = datetime.combine(yesterday, time(), zone)
    labels = {one.code: one.label for one in members(connection)}
    shown = [one for one in reversed(entries(connection, since)) if one.act not in NOT_SHOWN]
    seen: set[str] = set()
    found = []
    for one in shown[:MOST]:
        object_, _, _ = one.about.partition(":")
        found.append(_lately(one, labels, object_ not in seen))
        seen.add(object_)
    return found


def _lately(one: Entry, labels: dict[str, str], newest: bool) -> Lately:
    who = labels.get(one.who) or one.who
    counts = {name: number for name, number in one.counts.items() if number}
    return Lately(one.at, who, one.act, one.about, counts, newest)
