"""The audit log: an act is recorded in its own transaction, and read with the codes of today."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.office.audit import Act, Entry, note_act


def record(
    connection: Connection, /, office: Office, act: Act, about: str, now: datetime, **counts: int
) -> None:
    """Record that `office.acting` did `act`. `about` names the object by its code, never by a name."""
    note_act(connection, Entry(now, office.acting, act, about, counts))


PERSON = "P-"
OF_NO_WORKSHOP = frozenset({Act.PUBLISHED, Act.PLAN_CHANGED, Act.PROGRAMME_CHANGED})


def about_now(entry: Entry, former: Mapping[str, str]) -> str:
    """Return what an entry is about, with the code that its workshop has by now.

    The code stands first, or after a person. `former` are codes by former ones in small letters.
    """
    words = entry.about.split(" ")
    place = 1 if words[0].startswith(PERSON) and words[0].lower() not in former else 0
    if entry.act not in OF_NO_WORKSHOP:
        words[place : place + 1] = [
            former.get(one.lower(), one) for one in words[place : place + 1]
        ]
    return " ".join(words)
