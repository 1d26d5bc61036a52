"""Room codes: one for a workshop and a day of its host; a new one ends the one before.

Each function is one transaction.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.access.codes import READABLE
from bot.access.room_codes import FIRST, LETTERS
from bot.audit import record
from bot.settings.office import Office
from bot.wording.days import day_words
from storage.database import Conflict
from storage.fieldwork.workshops import get_workshop, lock_workshop
from storage.office.audit import Act
from storage.office.staff import label_of
from storage.people.administrations import all_administrations
from storage.people.room_codes import Room, add_room_code, end_room_codes, room_of_workshop
from surveys.planning.administrations import host_zone
from surveys.workshop import Workshop

OTHER = "A colleague has made another room code of {code} meanwhile. Nothing was made: look again."


@dataclass(frozen=True)
class RoomCode:
    """A new room code, shown only here; it works on `day` by the clock of `zone`."""

    workshop: str
    code: str
    day: date
    zone: str


@dataclass(frozen=True)
class RoomDays:
    """The days for which a room code can be made, and the present code in words.

    `mark` says when the present code was made; "" without one.
    """

    workshop: Workshop
    days: tuple[date, ...]
    said: str
    working: bool
    mark: str = ""


def make_room_code(
    connection: Connection,
    office: Office,
    code: str,
    day: date | None,
    now: datetime,
    seen: str | None = None,
) -> RoomCode:
    """Make a room code for a day of the host, today if None, and store it; the one before ends.

    With `seen`, the mark of the code that the member knows of, raise Conflict if it is another one.
    """
    lock_workshop(connection, code)
    if seen is not None and room_days(connection, code, now).mark != seen:
        raise Conflict(OTHER.format(code=code))
    made = new_room_code(connection, code, day, now)
    keep_room_code(connection, office, made, now)
    return made


def new_room_code(connection: Connection, code: str, day: date | None, now: datetime) -> RoomCode:
    """Return a new room code, which is not stored. Raise Conflict for a past day."""
    workshop = get_workshop(connection, code)
    if workshop.cancelled_at is not None:
        raise Conflict(f"{code} was cancelled, so it has no room.")
    zone = _zone(connection, workshop)
    today = now.astimezone(ZoneInfo(zone)).date()
    wanted = day or today
    if wanted < today:
        raise Conflict(f"{wanted} is over in {zone}. Make the code for today or a later day.")
    secret = "".join(secrets.choice(READABLE) for _ in range(LETTERS))
    return RoomCode(workshop.code, f"{FIRST}-{secret[:5]}-{secret[5:]}", wanted, zone)


def keep_room_code(connection: Connection, office: Office, made: RoomCode, now: datetime) -> None:
    """Store a room code, which works from now on in place of the one before."""
    begins, ends = (_midnight(made.day + timedelta(days=more), made.zone) for more in (0, 1))
    add_room_code(connection, made.code, Room(made.workshop, office.acting, now, begins, ends))
    record(connection, office, Act.ROOM_OPENED, f"{made.workshop} on {made.day}", now)


def end_room_code(connection: Connection, office: Office, code: str, now: datetime) -> str:
    """End the room code of a workshop at once; return the result in words."""
    workshop = get_workshop(connection, code)
    if not end_room_codes(connection, workshop.code, now):
        return f"{workshop.code} has no room code that works. Nothing was changed."
    record(connection, office, Act.ROOM_CLOSED, workshop.code, now)
    return f"The room code of {workshop.code} does not work any more."


def room_days(connection: Connection, code: str, now: datetime) -> RoomDays:
    """Return today and the last day of a workshop by the host's clock, and its present code."""
    workshop = get_workshop(connection, code)
    zone = ZoneInfo(_zone(connection, workshop))
    today = now.astimezone(zone).date()
    days = tuple(sorted({today, max(today, workshop.ends_on)}))
    room = room_of_workshop(connection, workshop.code, now)
    if room is None:
        return RoomDays(workshop, days, f"{workshop.code} has no room code now.", working=False)
    day = room.begins_at.astimezone(zone).date()
    by = label_of(connection, room.made_by)
    said = (
        f"{workshop.code} has a room code for {day_words(day)}, made by {by}. A new one ends it."
    )
    return RoomDays(workshop, days, said, working=True, mark=room.made_at.isoformat())


def _zone(connection: Connection, workshop: Workshop) -> str:
    """Return the time zone of the host; UTC if the country is not known."""
    known = all_administrations(connection)
    return host_zone(known, workshop.country, workshop.city) or "UTC"


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
