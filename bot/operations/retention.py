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
from storage.people.enrolments import roles_of
from storage.people.participants import forget_addresses, people_with_addresses, pieces_of_people
from storage.responses.open_answers import count_words, delete_words
from surveys.people import Role
from surveys.planning.calendar import plus_months

BATCH_SIZE = 500
"""So many people at once."""


@dataclass(frozen=True)
class Expired:
    """What is kept too long at a moment: codes of people, and the number of texts."""

    people: tuple[str, ...]
    texts: int

    @property
    def nothing(self) -> bool:
        """Whether all that is kept may be kept."""
        return not self.people and not self.texts


def find_expired(connection: Connection, office: Office, now: datetime) -> Expired:
    """What the next round of retention deletes."""
    pieces = pieces_of_people(connection, BATCH_SIZE)
    people = [
        code
        for piece in pieces
        for code in _expired_people(connection, office, now, piece).values()
    ]
    return Expired(tuple(people), count_words(connection, _text_cutoff(office, now)))


def delete_expired(database: Database, office: Office, now: datetime) -> Expired:
    """Delete what is kept too long, each piece in a transaction of its own; what it was."""
    people: list[str] = []
    for piece in database.read(pieces_of_people, BATCH_SIZE):
        # Looked at first, so that nobody waits where there is nothing to delete.
        if database.read(_expired_people, office, now, piece):
            people += database.run(_delete_addresses, office, now, piece)
    words = database.read(count_words, _text_cutoff(office, now))
    texts = database.run(_delete_texts, office, now) if words else 0
    return Expired(tuple(people), texts)


def _delete_addresses(
    connection: Connection, office: Office, now: datetime, piece: range
) -> list[str]:
    over = _expired_people(connection, office, now, piece)
    forget_addresses(connection, over)
    record(connection, office, Act.FORGOTTEN, "retention", now, people=len(over), texts=0)
    return list(over.values())


def _delete_texts(connection: Connection, office: Office, now: datetime) -> int:
    texts = delete_words(connection, before=_text_cutoff(office, now))
    record(connection, office, Act.FORGOTTEN, "retention", now, people=0, texts=texts)
    return texts


def _text_cutoff(office: Office, now: datetime) -> datetime:
    """The moment before which words of people's own are kept no longer."""
    day = plus_months(now.date(), -office.retention.open_text_months)
    return datetime.combine(day, time(), UTC)


def _expired_people(
    connection: Connection, office: Office, now: datetime, piece: range
) -> dict[int, str]:
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
