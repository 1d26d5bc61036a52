"""What is kept no longer: addresses after a person's last wave, words of their own after two years.

Counts what would go, or deletes it; the second time there is nothing left. Knows no clock.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.office import Office
from bot.records.recording import record
from storage.audit import Act
from storage.database import NotFound
from storage.enrolments import enrolments_of
from storage.participants import forget_addresses, people_with_addresses
from storage.texts import count_words, delete_words
from storage.waves import waves_of
from storage.workshops import get_workshop
from surveys.calendar import plus_months
from surveys.people import Enrolment


@dataclass(frozen=True)
class Kept:
    """What is kept too long at a moment: codes of people, and the number of texts."""

    people: tuple[str, ...]
    texts: int

    @property
    def nothing(self) -> bool:
        """Whether all that is kept may be kept."""
        return not self.people and not self.texts


def kept_too_long(connection: Connection, office: Office, now: datetime) -> Kept:
    """What the next round of retention deletes."""
    over = _over(connection, office, now)
    return Kept(tuple(over.values()), count_words(connection, _oldest(office, now)))


def forget(connection: Connection, office: Office, now: datetime) -> Kept:
    """Delete what is kept too long, and say what it was."""
    over = _over(connection, office, now)
    forget_addresses(connection, over)
    gone = Kept(tuple(over.values()), delete_words(connection, before=_oldest(office, now)))
    if not gone.nothing:
        counts = {"people": len(gone.people), "texts": gone.texts}
        record(connection, office, Act.FORGOTTEN, "retention", now, **counts)
    return gone


def _oldest(office: Office, now: datetime) -> datetime:
    """The moment before which words of people's own are kept no longer."""
    day = plus_months(now.date(), -office.retention.open_text_months)
    return datetime.combine(day, time(), UTC)


def _over(connection: Connection, office: Office, now: datetime) -> dict[int, str]:
    """The people whose last wave is over for long enough: codes by number."""
    last = now.date() - timedelta(days=office.retention.addresses_days)
    return {
        number: code
        for number, code in people_with_addresses(connection).items()
        if (ends := _ends_on(connection, office, number)) is not None and ends < last
    }


def _ends_on(connection: Connection, office: Office, participant_id: int) -> date | None:
    """The last day on which a person may be asked anything; None if they are in no workshop."""
    mine = enrolments_of(connection, participant_id)
    return max((_last_day(connection, office, one) for one in mine), default=None)


def _last_day(connection: Connection, office: Office, enrolment: Enrolment) -> date:
    """The last day of the waves of an enrolment, those that began and those of the plan."""
    workshop = get_workshop(connection, enrolment.workshop_code)
    plan = office.rules.plans.get(workshop.plan)
    if plan is None:
        raise NotFound(f"There is no plan {workshop.plan}.")
    to_come = plan.dated(workshop) if workshop.cancelled_at is None else ()
    begun = waves_of(connection, workshop.code).values()
    days = [wave.closes_on for wave in to_come if wave.planned.role is enrolment.role]
    days += [wave.closes_on for wave in begun if wave.role is enrolment.role]
    return max([*days, workshop.ends_on])
