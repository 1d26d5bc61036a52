"""One-time codes for the people of a workshop who have not joined yet.

They are made first and stored later, so that a sheet of codes is written before earlier codes end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import one_time_code
from bot.access.links import address_of, keep_link, link_secret
from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.addresses import addresses_of
from storage.people.codes import add_code
from storage.people.enrolments import enrolments_in
from storage.people.links import Purpose
from storage.people.participants import get_participant
from surveys.people import AddressState, Enrolment

GONE = frozenset({AddressState.DELETED, AddressState.UNREACHABLE})
CHANGED = "Somebody has joined or left {code} meanwhile. Nothing was changed. Try again."


@dataclass(frozen=True)
class GivenCode:
    """A one-time code for a person without a chat; `page` is their link to the web page."""

    participant: str
    name: str
    administration: str
    language: str
    code: str
    page: str = ""


@dataclass(frozen=True)
class MadeCode:
    """A code as it is given, before it is stored: its enrolment, and the secret of its link or ''."""

    given: GivenCode
    enrolment: int
    link: str


def make_codes(
    connection: Connection, office: Office, workshop_code: str, person: str = ""
) -> list[MadeCode]:
    """Return new codes for all enrolled people without a chat, or for one; nothing is stored.

    A chat that is lost for good (account deleted or not found) counts as none; one that is blocked
    does not, because its owner can unblock it. With a web page everybody gets a personal link too.
    Raise NotFound for a person who is not enrolled, Conflict for one who has joined already.
    """
    get_workshop(connection, workshop_code)
    made = [_made(connection, one, office) for one in _waiting(connection, workshop_code)]
    if not person:
        return made
    found = [one for one in made if one.given.participant == person.upper()]
    if not found:
        _check_enrolled(connection, workshop_code, person.upper())
        raise Conflict(f"{person} has joined already and needs no code.")
    return found


def store_codes(
    connection: Connection,
    office: Office,
    workshop_code: str,
    made: Sequence[MadeCode],
    now: datetime,
) -> None:
    """Store codes, which work from now on; older unused ones of these people end.

    Raise Conflict if one of the people has joined since the codes were made.
    """
    waiting = {one.id for one in _waiting(connection, workshop_code)}
    if not {one.enrolment for one in made} <= waiting:
        raise Conflict(CHANGED.format(code=workshop_code))
    for one in made:
        add_code(connection, one.given.code, one.enrolment, now)
        if one.link:
            keep_link(connection, one.link, one.enrolment, Purpose.INTERVIEW, now)
    record(connection, office, Act.CODES_GIVEN, workshop_code, now, people=len(made))


def give_codes(
    connection: Connection, office: Office, workshop_code: str, now: datetime
) -> list[GivenCode]:
    """Make codes for all enrolled people without a chat and store them, in one transaction."""
    made = make_codes(connection, office, workshop_code)
    store_codes(connection, office, workshop_code, made, now)
    return [one.given for one in made]


def _waiting(connection: Connection, workshop_code: str) -> list[Enrolment]:
    """Return the enrolments whose people have no chat."""
    enrolled = [one for one in enrolments_in(connection, workshop_code) if one.active]
    return [one for one in enrolled if not _has_chat(connection, one.participant_id)]


def _has_chat(connection: Connection, participant: int) -> bool:
    known = addresses_of(connection, participant)
    return any(one.channel != "email" and one.state not in GONE for one in known)


def _made(connection: Connection, enrolment: Enrolment, office: Office) -> MadeCode:
    participant = get_participant(connection, enrolment.participant_id)
    link = link_secret() if office.public_url else ""
    page = address_of(office.public_url, Purpose.INTERVIEW, link) if office.public_url else ""
    given = GivenCode(
        participant.code,
        participant.name,
        enrolment.administration_code,
        participant.language,
        one_time_code(),
        page,
    )
    return MadeCode(given, enrolment.id, link)


def _check_enrolled(connection: Connection, workshop_code: str, person: str) -> None:
    """Raise NotFound for a person who is not in a workshop."""
    people = (one.participant_id for one in enrolments_in(connection, workshop_code))
    if person not in {get_participant(connection, number).code for number in people}:
        where = f"`followup participants list {workshop_code}` shows all."
        raise NotFound(f"{person} is not enrolled in {workshop_code}. {where}")
