"""Two entries that may be one person: their chat has sent the code of the other. The office decides.

Each function is one transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.handover import take_over
from bot.desk.people.person import merge_people
from bot.importing.tables.headings import plain
from bot.messaging.tokens import Action, token
from bot.settings.office import Office
from bot.wording import service_messages
from storage.database import NotFound
from storage.erasure.merging import merged_into
from storage.office.audit import Act, entries_about
from storage.office.notices import put_notices, put_staff_notices
from storage.office.staff import StaffRole
from storage.people.addresses import addresses_of
from storage.people.enrolments import enrolments_of
from storage.people.participants import (
    get_participant,
    names_by_person,
    participant_with,
    people_with,
)
from surveys.people import AddressState
from surveys.planning.channels import EMAIL
from surveys.wording import Words

NOTICE = (
    "The chat of {one} has sent the code of {other}. They may be one person. "
    "Tap the button to see both entries and to decide."
)
Pair = tuple[int, int]
"""The ids of the entry whose chat it is, and of the other one."""


@dataclass(frozen=True)
class Entry:
    """One of two entries that may be one person; `places` are its workshops and administrations."""

    code: str
    name: str
    places: str


@dataclass(frozen=True)
class TwoEntries:
    """Two entries, and whether they are one person by now."""

    kept: Entry
    other: Entry
    merged: bool


def ask_same_person(connection: Connection, pair: Pair, now: datetime) -> None:
    """Ask organisers whether two entries are one person; once a week for one pair."""
    one, other = (get_participant(connection, number).code for number in pair)
    text = NOTICE.format(one=one, other=other)
    button = token(Action.OFFICE_SAME, *pair)
    put_staff_notices(connection, [text], StaffRole.ORGANISER, now, button)


def two_entries(connection: Connection, pair: Pair) -> TwoEntries:
    """Return what is known of two entries. NotFound if one of them is not there."""
    if len(people_with(connection, pair)) < len(pair):
        raise NotFound("These entries are not there any more.")
    kept, other = (_entry(connection, number) for number in pair)
    into = merged_into(connection, pair[1])
    return TwoEntries(kept, other, into is not None and into.id == pair[0])


def likely_same(connection: Connection, code: str) -> list[Entry]:
    """Return entries with the same words in their names, in any order, that were not kept apart."""
    person = participant_with(connection, code)
    wanted = _words(person.name)
    names = names_by_person(connection) if wanted else {}
    same = [n for n, name in names.items() if n != person.id and _words(name) == wanted]
    apart = _kept_apart(connection, person.code)
    entries = [_entry(connection, n) for n in same if merged_into(connection, n) is None]
    return [one for one in entries if one.code not in apart]


def _words(name: str) -> list[str]:
    return sorted(plain(name).split())


def _kept_apart(connection: Connection, code: str) -> set[str]:
    lines = [one for one in entries_about(connection, code) if one.act is Act.PEOPLE_APART]
    return {word for one in lines for word in one.about.split()} - {code}


def join_entries(connection: Connection, office: Office, pair: Pair, now: datetime) -> TwoEntries:
    """Merge two entries of one person, and tell the person to go on. Conflict says why not."""
    both = two_entries(connection, pair)
    merge_people(connection, office, (both.kept.code, both.other.code), now)
    take_over(connection, office, pair[0], now)
    words = Words(get_participant(connection, pair[0]).language)
    chats = [
        (one.channel, one.identifier)
        for one in addresses_of(connection, pair[0])
        if one.channel != EMAIL and one.state is AddressState.ACTIVE
    ]
    put_notices(connection, [words(service_messages.ROOM_CONFIRMED)], chats, now)
    return two_entries(connection, pair)


def keep_apart(connection: Connection, office: Office, pair: Pair, now: datetime) -> TwoEntries:
    """Record that two entries are two people."""
    both = two_entries(connection, pair)
    about = f"{both.kept.code} and {both.other.code}"
    record(connection, office, Act.PEOPLE_APART, about, now)
    return both


def _entry(connection: Connection, number: int) -> Entry:
    person = get_participant(connection, number)
    mine = enrolments_of(connection, number)
    places = ", ".join(f"{one.workshop_code} ({one.administration_code})" for one in mine)
    return Entry(person.code, person.name or "(erased)", places or "no workshop")
