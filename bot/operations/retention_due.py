"""What retention deletes next, as counts: now, and in some days as it looks today. Reads only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.operations.retention import addresses_due, count_old_files, count_old_texts
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.database import Conflict
from storage.office.share_links import count_shares_until
from storage.operations.heartbeats import HELD, RETENTION, last_heartbeats
from storage.people.walk_ins import count_walk_ins_before

AHEAD = (0, 30, 90)
"""In how many days it is looked what is due; 0 is now."""
NOT_NOW = (
    "After a long gap the clock may be wrong, and with it what is due. Nothing is deleted before "
    "somebody says that the clock is right."
)


@dataclass(frozen=True)
class Kept:
    """Something that is deleted after a time: what it is, how long it is kept, and how much is due.

    `due` has a count for each number of days of `AHEAD`, each with those before.
    """

    what: str
    how_long: str
    due: tuple[int, ...]


@dataclass(frozen=True)
class RetentionDue:
    """All that is deleted after a time, and when that was done last (None for never)."""

    kept: tuple[Kept, ...]
    last: datetime | None

    @property
    def now(self) -> int:
        """How much is due now."""
        return sum(one.due[0] for one in self.kept)


def retention_due(connection: Connection, office: Office, now: datetime) -> RetentionDue:
    """Return what is due, now and later."""
    days = [now + timedelta(days=one) for one in AHEAD]
    people = addresses_due(connection, office, [day.date() for day in days])
    addresses = timedelta(days=office.retention.addresses_days)
    months = counted(office.retention.open_text_months, "month")
    after = f"{counted(addresses.days, 'day')} after"
    kept = (
        Kept(
            "Addresses, codes and links of people",
            f"{after} their last wave",
            tuple(people),
        ),
        Kept(
            "Texts in people's own words, and messages to the office",
            months,
            tuple(count_old_texts(connection, office, day) for day in days),
        ),
        Kept(
            "Files that people sent with answers",
            months,
            tuple(count_old_files(connection, office, day) for day in days),
        ),
        Kept(
            "Guests in a room who were not added",
            f"{after} they asked",
            tuple(count_walk_ins_before(connection, day - addresses) for day in days),
        ),
        Kept(
            "Share links and feeds",
            f"{after} their last day",
            tuple(count_shares_until(connection, day - addresses) for day in days),
        ),
    )
    return RetentionDue(kept, last_heartbeats(connection, now).get(RETENTION))


def check_clock(connection: Connection, now: datetime) -> None:
    """Raise Conflict while the rounds wait for somebody to say that the clock is right."""
    if HELD in last_heartbeats(connection, now):
        raise Conflict(NOT_NOW)
