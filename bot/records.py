"""What the office does with the records of one person: show, erase, merge, move, link again.

Like `desk`: each function is one transaction, and chat and command line both call it. Each act is
noted in the audit by the person's code.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.office import Office
from bot.people_desk import consent_of
from bot.personal_data import masked, stored_about
from storage.contacting import refresh_person
from storage.database import Conflict
from storage.erasing import Erasure, erase
from storage.participants import lock_participant, participant_with
from surveys.people import Participant


@dataclass(frozen=True)
class Enrolled:
    """A person in a workshop, as an organiser sees it; `answers` counts those given."""

    workshop: str
    role: str
    administration: str
    works_at: str
    consent: str
    answers: int


@dataclass(frozen=True)
class Record:
    """What is stored about a person, addresses shortened."""

    participant: str
    name: str
    language: str
    channel: str
    stopped_at: datetime | None
    erased_at: datetime | None
    addresses: tuple[str, ...]
    enrolments: tuple[Enrolled, ...]


def show_person(connection: Connection, code: str, now: datetime) -> Record:
    """What is stored about the person with this code, answers only counted."""
    person = participant_with(connection, code)
    stored = stored_about(connection, person, now)
    return Record(
        person.code,
        person.name,
        person.language,
        person.channel or "the usual way",
        person.stopped_at,
        person.erased_at,
        tuple(f"{masked(one)} ({one.state})" for one in stored.addresses),
        tuple(
            Enrolled(
                share.enrolment.workshop_code,
                share.enrolment.role,
                share.enrolment.administration_code,
                share.enrolment.works_at,
                consent_of(share.enrolment),
                sum(len(filled.answers) for filled in share.filled),
            )
            for share in stored.shares
        ),
    )


def erase_person(
    connection: Connection,
    office: Office,
    person: Participant,
    now: datetime,
    *,
    keep_answers: bool,
) -> Erasure:
    """Erase a person; nobody is asked or written to any more. See `storage.erasing.erase`."""
    lock_participant(connection, person.id)
    done = erase(connection, person.id, now, keep_answers=keep_answers)
    refresh_person(connection, person.id, office.rules, now)
    return done


def erase_code(
    connection: Connection, office: Office, code: str, now: datetime, *, keep_answers: bool
) -> Erasure:
    """Erase the person with this code. Conflict if that was done already."""
    person = participant_with(connection, code)
    if person.erased_at is not None:
        raise Conflict(f"{person.code} was erased on {person.erased_at:%d %B %Y}.")
    return erase_person(connection, office, person, now, keep_answers=keep_answers)
