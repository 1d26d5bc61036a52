"""Two entries that may be one person: their chat has sent the code of the other. The office decides.

Each function is one transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.handover import take_over
from bot.desk.people.person import merge_people
from bot.importing.people.likeness import Likely
from bot.messaging.tokens import Action, token
from bot.settings.office import Office
from bot.wording import service_messages
from storage.database import NotFound
from storage.erasure.merging import merged_into
from storage.office.audit import Act
from storage.office.notices import put_notices, put_staff_notices
from storage.office.staff import StaffRole
from storage.people.addresses import addresses_of
from storage.people.apart import are_apart, put_apart
from storage.people.directory import names_at
from storage.people.enrolments import enrolments_of
from storage.people.participants import (
    get_participant,
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
SAME = "the same name"
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


@dataclass(frozen=True)
class LikelySame:
    """An entry that may be the same person as another one, and how its name is written."""

    entry: Entry
    reason: str


def ask_same_person(connection: Connection, pair: Pair, now: datetime) -> None:
    """Ask organisers whether two entries are one person: once a week, until they say it is not."""
    if are_apart(connection, pair):
        return
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


def likely_same(connection: Connection, code: str) -> list[LikelySame]:
    """Return who of the same administrations may be this person and was not told apart."""
    person = participant_with(connection, code)
    mine = enrolments_of(connection, person.id)
    places = {one.administration_code for one in mine} | {one.works_at for one in mine}
    names = names_at(connection, places)
    names.pop(person.id, None)
    found = Likely.of(names.items()).find(person.name) if person.name else {}
    return [
        LikelySame(_entry(connection, number), SAME if names[number] == person.name else why)
        for number, why in found.items()
        if not are_apart(connection, (person.id, number))
    ]


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
    """Store that two entries are two people, which is not asked again."""
    both = two_entries(connection, pair)
    if are_apart(connection, pair):
        return both
    put_apart(connection, [pair], now)
    about = f"{both.kept.code} and {both.other.code}"
    record(connection, office, Act.PEOPLE_APART, about, now)
    return both


def _entry(connection: Connection, number: int) -> Entry:
    person = get_participant(connection, number)
    mine = enrolments_of(connection, number)
    places = ", ".join(f"{one.workshop_code} ({one.administration_code})" for one in mine)
    return Entry(person.code, person.name or "(erased)", places or "no workshop")
