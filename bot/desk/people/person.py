"""The record of one person: show, erase, merge, move.

Each function is one transaction. Each act is in the audit log under the person's code.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.enrolments import consent_of
from bot.desk.people.personal_data import masked, personal_data_of
from bot.fieldwork.closing import close_late
from bot.importing.people.erased_people import mark_erased
from bot.settings.office import Office
from bot.wording.days import day_at, day_words
from storage.database import Conflict, NotFound
from storage.erasure.erasing import Erasure, erase
from storage.erasure.merging import Merged, merge, merged_into
from storage.erasure.unmerging import unmerge
from storage.fieldwork.next_contact import refresh_person
from storage.office.audit import Act
from storage.people.administrations import all_administrations
from storage.people.enrolments import set_present_administration
from storage.people.participants import (
    lock_participant,
    participant_with,
)
from storage.people.relinks import ways_out_of_use
from surveys.people import Address, AddressState, Participant


@dataclass(frozen=True)
class PersonEnrolment:
    """One enrolment of a person, as an organiser sees it; `answers` is their number."""

    workshop: str
    role: str
    administration: str
    works_at: str
    consent: str
    answers: int


@dataclass(frozen=True)
class PersonRecord:
    """What is stored about a person, with masked addresses."""

    participant: str
    name: str
    language: str
    channel: str
    stopped_at: datetime | None
    erased_at: datetime | None
    addresses: tuple[str, ...]
    enrolments: tuple[PersonEnrolment, ...]
    stop_reason: str = ""
    paused_until: date | None = None


def show_person(connection: Connection, office: Office, code: str, now: datetime) -> PersonRecord:
    """Return what is stored about the person with this code; answers are only counted."""
    person = participant_with(connection, code)
    stored = personal_data_of(connection, person, now)
    ways = (*stored.addresses, *ways_out_of_use(connection, person.id))
    return PersonRecord(
        person.code,
        f"{person.title} {person.name}".strip(),
        person.language,
        person.channel or "the usual way",
        person.stopped_at,
        person.erased_at,
        tuple(f"{one.channel}: {masked(one)} ({_use_of(one, office.zone)})" for one in ways),
        tuple(
            PersonEnrolment(
                share.enrolment.workshop_code,
                share.enrolment.role,
                share.enrolment.administration_code,
                share.enrolment.works_at,
                consent_of(share.enrolment),
                sum(len(filled.answers) for filled in share.filled),
            )
            for share in stored.shares
        ),
        person.stop_reason or "",
        person.paused_until,
    )


def _use_of(address: Address, zone: str) -> str:
    """Return whether an address is in use, and since when."""
    since = f" since {day_at(address.since, zone)}" if address.since else ""
    if address.state is AddressState.ACTIVE:
        return f"in use{since}"
    if address.state is AddressState.REPLACED:
        return f"out of use{since}"
    return f"does not work{since}: {address.reason or address.state}"


def erase_person(
    connection: Connection,
    office: Office,
    person: Participant,
    now: datetime,
    *,
    keep_answers: bool,
) -> Erasure:
    """Erase a person, who gets no more messages. See `storage.erasure.erasing.erase`.

    Keyed hashes stay, so that a list does not bring the person back unasked.
    """
    lock_participant(connection, person.id)
    mark_erased(connection, person.id, now)
    done = erase(connection, person.id, now, keep_answers=keep_answers)
    refresh_person(connection, person.id, office.rules, now)
    record(connection, office, Act.PERSON_ERASED, person.code, now)
    return done


def erase_code(
    connection: Connection, office: Office, code: str, now: datetime, *, keep_answers: bool
) -> Erasure:
    """Erase the person with this code. Raise Conflict if they were erased before."""
    person = participant_with(connection, code)
    if person.erased_at is not None:
        raise Conflict(f"{person.code} was erased on {day_at(person.erased_at, office.zone)}.")
    return erase_person(connection, office, person, now, keep_answers=keep_answers)


def merge_people(
    connection: Connection,
    office: Office,
    codes: tuple[str, str],
    now: datetime,
    *,
    dry_run: bool = False,
) -> Merged:
    """Merge two entries of one person; `codes` are the entry that stays and the other one."""
    kept, other = (participant_with(connection, code) for code in codes)
    for number in sorted((kept.id, other.id)):
        lock_participant(connection, number)
    with connection.begin_nested() as trial:
        done = merge(connection, kept, other, now)
        refresh_person(connection, kept.id, office.rules, now)
        record(connection, office, Act.PEOPLE_MERGED, f"{other.code} into {kept.code}", now)
        if dry_run:
            trial.rollback()
    return done


def unmerge_people(
    connection: Connection, office: Office, code: str, now: datetime, *, dry_run: bool = False
) -> Merged:
    """Undo the merge of the entry with this code."""
    other = participant_with(connection, code)
    kept = merged_into(connection, other.id)
    both = sorted({other.id, kept.id if kept else other.id})
    for number in both:
        lock_participant(connection, number)
    with connection.begin_nested() as trial:
        done = unmerge(connection, participant_with(connection, code), now)
        for number in both:
            close_late(connection, office, number, now)
            refresh_person(connection, number, office.rules, now)
        record(connection, office, Act.MERGE_UNDONE, f"{other.code} from {done.kept}", now)
        if dry_run:
            trial.rollback()
    return done


def move_person(
    connection: Connection,
    office: Office,
    code: str,
    administration: str,
    since: date,
    now: datetime,
) -> int:
    """Store that a person works at another administration since a day; return the enrolments changed.

    Enrolments from before that day keep theirs in reports, but follow the clock of the new one.
    """
    person = participant_with(connection, code)
    if administration not in all_administrations(connection):
        raise NotFound(f"{administration} is not in the table of administrations.")
    if since > office.day_of(now):
        raise Conflict(f"{day_words(since)} is in the future. Note the move on that day or later.")
    changed = set_present_administration(connection, person.id, administration, since)
    about = f"{person.code} to {administration} since {since}"
    record(connection, office, Act.PERSON_MOVED, about, now, enrolments=changed)
    refresh_person(connection, person.id, office.rules, now)
    return changed
