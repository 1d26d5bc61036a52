"""Retention: addresses expire after a person's last wave, texts in their own words after two years.

Finds or deletes what has expired. Deleting goes through the people in batches: other writers wait
only briefly, and an interrupted run leaves the rest to the next one.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from bot.audit import record
from bot.runtime.transactions import Door
from bot.settings.office import Office
from storage.database import Between, Conflict, Database, go_on
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.office.share_links import forget_shares_until, has_shares_until
from storage.people.addresses import forget_addresses, people_with_addresses
from storage.people.enrolments import roles_of
from storage.people.office_messages import count_messages_before, forget_messages_before
from storage.people.participants import pieces_of_people
from storage.people.walk_ins import count_walk_ins_before, forget_walk_ins_before
from storage.responses.open_answers import count_open_answers, delete_texts
from storage.responses.shown_files import count_old_answer_files, forget_old_answer_files
from surveys.people import Role
from surveys.planning.calendar import plus_months

BATCH_SIZE = 500
"""People per transaction."""
NOT_SCRUBBED = (
    "What was deleted may still be found in the file of the database, because the file could not be "
    "rewritten: {why}. Make room on the disk and in the folder for temporary files. A running bot "
    "tries again by itself; `followup retention` does it now."
)


@dataclass(frozen=True)
class Expired:
    """What has expired: the codes of people whose addresses have, and how many texts and files."""

    people: tuple[str, ...]
    texts: int
    files: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing has expired."""
        return not self.people and not self.texts and not self.files


def find_expired(connection: Connection, office: Office, now: datetime) -> Expired:
    """Return what has expired at a moment."""
    batches = pieces_of_people(connection, BATCH_SIZE)
    people = [
        code
        for batch in batches
        for code in _expired_people(connection, office, now, batch).values()
    ]
    texts, files = (count(connection, office, now) for count in (count_old_texts, count_old_files))
    return Expired(tuple(people), texts, files)


def count_old_texts(connection: Connection, office: Office, now: datetime) -> int:
    """Return how many texts in people's own words, and messages, have expired at a moment."""
    before = _text_cutoff(office, now)
    return count_open_answers(connection, before) + count_messages_before(connection, before)


def count_old_files(connection: Connection, office: Office, now: datetime) -> int:
    """Return how many files of answers have expired at a moment."""
    return count_old_answer_files(connection, _text_cutoff(office, now))


def delete_expired(
    database: Door, office: Office, now: datetime, between: Between = go_on
) -> Expired:
    """Delete what has expired, each batch in its own transaction; return it."""
    people: list[str] = []
    for batch in database.read(pieces_of_people, BATCH_SIZE):
        between()
        # Read first, so that no write lock is taken when there is nothing to delete.
        if database.read(_expired_people, office, now, batch):
            people += database.run(_delete_addresses, office, now, batch)
    waited = now - timedelta(days=office.retention.addresses_days)
    if database.read(count_walk_ins_before, waited):
        database.run(forget_walk_ins_before, waited)
    if database.read(has_shares_until, waited):
        database.run(forget_shares_until, waited)
    old = sum(database.read(count, office, now) for count in (count_old_texts, count_old_files))
    texts, files = database.run(_delete_texts, office, now) if old else (0, 0)
    return Expired(tuple(people), texts, files)


def scrub(database: Database) -> str:
    """Scrub the file after deletions that are committed; return what to do if that fails, or ''."""
    try:
        database.scrub_whole()
    except (OSError, sqlite3.Error, DatabaseError, Conflict) as error:
        return NOT_SCRUBBED.format(why=" ".join(str(getattr(error, "orig", error)).split()))
    return ""


def _delete_addresses(
    connection: Connection, office: Office, now: datetime, batch: range
) -> list[str]:
    expired = _expired_people(connection, office, now, batch)
    forget_addresses(connection, expired)
    record(connection, office, Act.FORGOTTEN, "retention", now, people=len(expired), texts=0)
    return list(expired.values())


def _delete_texts(connection: Connection, office: Office, now: datetime) -> tuple[int, int]:
    """Delete old texts and files; return how many of each."""
    before = _text_cutoff(office, now)
    texts = delete_texts(connection, before=before)
    texts += forget_messages_before(connection, before)
    files = forget_old_answer_files(connection, before)
    counts = {"people": 0, "texts": texts, "files": files}
    record(connection, office, Act.FORGOTTEN, "retention", now, **counts)
    return texts, files


def _text_cutoff(office: Office, now: datetime) -> datetime:
    """Return the moment before which texts have expired."""
    day = plus_months(now.date(), -office.retention.open_text_months)
    return datetime.combine(day, time(), UTC)


def _expired_people(
    connection: Connection, office: Office, now: datetime, batch: range
) -> dict[int, str]:
    """Return the people of a batch whose addresses have expired: codes by number.

    People in no workshop are not among them.
    """
    last = now.date() - timedelta(days=office.retention.addresses_days)
    asked = _last_asked(connection, office, batch)
    return {number: name for number, (name, day) in asked.items() if day < last}


def addresses_due(connection: Connection, office: Office, days: Sequence[date]) -> list[int]:
    """Return how many people have addresses that expire up to each day, as it looks now."""
    kept = timedelta(days=office.retention.addresses_days)
    found: list[date] = []
    for batch in pieces_of_people(connection, BATCH_SIZE):
        asked = _last_asked(connection, office, batch).values()
        found += [day for _, day in asked if day < days[-1] - kept]
    return [sum(day < one - kept for day in found) for one in days]


def _last_asked(
    connection: Connection, office: Office, batch: range
) -> dict[int, tuple[str, date]]:
    """Return the people of a batch with addresses: code, and last day of the last wave, by number.

    People in no workshop are not among them.
    """
    people = people_with_addresses(connection, batch)
    if not people:
        return {}
    roles = roles_of(connection, batch)
    codes = {code for number in people for code, _ in roles.get(number, ())}
    days = {code: _last_days(connection, office, code) for code in sorted(codes)}
    return {
        number: (name, max(days[code][role] for code, role in roles[number]))
        for number, name in people.items()
        if number in roles
    }


def _last_days(connection: Connection, office: Office, code: str) -> dict[Role, date]:
    """Return the last day of the last wave of each role of a workshop, stored or planned.

    Without a known plan it is `date.max`: more waves may follow.
    """
    workshop = get_workshop(connection, code)
    plan = office.rules.plan_of(workshop)
    takes_place = workshop.cancelled_at is None
    if plan is None and takes_place:
        return dict.fromkeys(Role, date.max)
    days = dict.fromkeys(Role, workshop.ends_on)
    to_come = plan.dated(workshop) if plan and takes_place else ()
    asked = [(wave.planned.role, wave.closes_on) for wave in to_come]
    asked += [(wave.role, wave.closes_on) for wave in waves_of(connection, code).values()]
    for role, day in asked:
        days[role] = max(days[role], day)
    return days
