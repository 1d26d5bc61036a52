"""Whose monthly message may leave now, by the calendar of the office. Reads only, but for the claims."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.desk.today.digest import digest_lines, digest_of
from bot.settings.office import Office
from storage.office.digests import (
    Way,
    digest_wish_of,
    digest_wishes_now,
    is_open_digest,
    set_digest_leaving,
    take_digest,
)
from storage.office.staff import Member, member_by_id
from storage.people.administrations import all_administrations
from surveys.planning.calendar import LocalCalendar, plus_months
from surveys.planning.digest_days import HOURS, due_month

SATURDAY, SUNDAY = 5, 6
CLAIM_LASTS = timedelta(minutes=10)
"""A claim older than this is of a process that has ended: longer than any message takes to leave."""


@dataclass(frozen=True)
class DigestDue:
    """A message that may leave now: to whom, how, and in which month."""

    member: Member
    way: Way
    month: date


def digests_due(connection: Connection, office: Office, now: datetime) -> list[DigestDue]:
    """Return the messages of this month that have not left, within the hours of the office."""
    wishes = digest_wishes_now(connection)
    if not wishes:
        return []
    calendar = office_calendar(connection, office)
    found = [(one, due_month(now, one.wished_at, calendar)) for one in wishes]
    return [
        DigestDue(member_by_id(connection, one.staff_id), one.way, month)
        for one, month in found
        if month is not None and is_open_digest(connection, one.staff_id, month, now - CLAIM_LASTS)
    ]


def digest_text(connection: Connection, office: Office, due: DigestDue, now: datetime) -> str:
    """Return what a message says: about the month before the one in which it is sent."""
    found = digest_of(connection, office, due.member, plus_months(due.month, -1), now)
    return "\n".join(digest_lines(found))


def claim_digest(connection: Connection, due: DigestDue, now: datetime) -> bool:
    """Claim a message; False if it has left, or another process works on it."""
    return take_digest(connection, due.member.id, due.month, now, now - CLAIM_LASTS)


def let_digest_leave(connection: Connection, due: DigestDue, claimed_at: datetime) -> bool:
    """Store that a claimed message leaves; False if the member does not wish it any more."""
    wish = digest_wish_of(connection, due.member.id)
    if wish is None or wish.way is not due.way:
        return False
    return set_digest_leaving(connection, due.member.id, due.month, claimed_at)


def office_calendar(connection: Connection, office: Office) -> LocalCalendar:
    """Return the working days and hours of the office, in the country of its time zone."""
    from babel.core import get_global

    country = get_global("zone_territories").get(office.zone, "")
    known = all_administrations(connection).get(country)
    weekend = known.weekend if known else frozenset((SATURDAY, SUNDAY))
    return LocalCalendar(ZoneInfo(office.zone), weekend, country, HOURS)
