"""What is kept no longer: addresses after a person's last wave, words of their own after two years.

Counts what would go, or deletes it; the second time there is nothing left. Goes through the people
in pieces, so that nobody waits for it and an end half way leaves the others for the next time.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.addresses import forget_addresses, people_with_addresses
from storage.people.enrolments import roles_of
from storage.people.participants import pieces_of_people
from storage.responses.open_answers import count_open_answers, delete_open_answers
from surveys.people import Role
from surveys.planning.calendar import plus_months

PIECE = 500
"""So many people at once."""


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
    pieces = pieces_of_people(connection, PIECE)
    people = [code for piece in pieces for code in _over(connection, office, now, piece).values()]
    return Kept(tuple(people), count_open_answers(connection, _oldest(office, now)))


def forget(database: Database, office: Office, now: datetime) -> Kept:
    """Delete what is kept too long, each piece in a transaction of its own; what it was."""
    people: list[str] = []
    for piece in database.read(pieces_of_people, PIECE):
        # Looked at first, so that nobody waits where there is nothing to delete.
        if database.read(_over, office, now, piece):
            people += database.run(_forget_people, office, now, piece)
    words = database.read(count_open_answers, _oldest(office, now))
    texts = database.run(_forget_words, office, now) if words else 0
    return Kept(tuple(people), texts)


def _forget_people(
    connection: Connection, office: Office, now: datetime, piece: range
) -> list[str]:
    over = _over(connection, office, now, piece)
    forget_addresses(connection, over)
    record(connection, office, Act.FORGOTTEN, "retention", now, people=len(over), texts=0)
    return list(over.values())


def _forget_words(connection: Connection, office: Office, now: datetime) -> int:
    texts = delete_open_answers(connection, before=_oldest(office, now))
    record(connection, office, Act.FORGOTTEN, "retention", now, people=0, texts=texts)
    return texts


def _oldest(office: Office, now: datetime) -> datetime:
    """The moment before which words of people's own are kept no longer."""
    day = plus_months(now.date(), -office.retention.open_text_months)
    return datetime.combine(day, time(), UTC)


def _over(connection: Connection, office: Office, now: datetime, piece: range) -> dict[int, str]:
    """The people whose last wave is over for long enough: codes by number.

    Somebody who is in no workshop is not among them.
    """
    people = people_with_addresses(connection, piece)
    if not people:
        return {}
    roles = roles_of(connection, piece)
    codes = {code for number in people for code, _ in roles.get(number, ())}
    days = {code: _last_days(connection, office, code) for code in sorted(codes)}
    last = now.date() - timedelta(days=office.retention.addresses_days)
    return {
        number: name
        for number, name in people.items()
        if number in roles and max(days[code][role] for code, role in roles[number]) < last
    }


def _last_days(connection: Connection, office: Office, code: str) -> dict[Role, date]:
    """The last day on which each role of a workshop is asked, in waves that began and planned ones."""
    workshop = get_workshop(connection, code)
    plan = office.rules.plans.get(workshop.plan)
    on = workshop.cancelled_at is None
    if plan is None and on:
        # Nobody knows what is still to come until it is given a plan.
        return dict.fromkeys(Role, date.max)
    days = dict.fromkeys(Role, workshop.ends_on)
    to_come = plan.dated(workshop) if plan and on else ()
    asked = [(wave.planned.role, wave.closes_on) for wave in to_come]
    asked += [(wave.role, wave.closes_on) for wave in waves_of(connection, code).values()]
    for role, day in asked:
        days[role] = max(days[role], day)
    return days
