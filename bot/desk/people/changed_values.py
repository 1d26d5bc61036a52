"""The values that imports change: what each is now, and putting another one in its place."""

from datetime import datetime

from sqlalchemy import Connection

from storage.people.addresses import addresses_of, find_address
from storage.people.enrolments import correct_enrolment, get_enrolment
from storage.people.imports import REFUSED, Change, set_progress, set_refused
from storage.people.links import end_links
from storage.people.participants import get_participant, update_participant
from storage.people.relinks import put_out_of_use, use_email
from surveys.people import Address, AddressState
from surveys.planning.channels import EMAIL

OF_PERSON = ("name", "language", "timezone", "title")
OF_ENROLMENT = ("administration", "about", "elearning", REFUSED)


def value_now(connection: Connection, change: Change) -> str | None:
    """Return the present value of what a change has changed."""
    if change.field in OF_PERSON:
        person = get_participant(connection, change.participant_id)
        found: str | None = getattr(person, change.field)
        return found
    if change.field == EMAIL:
        address = _in_use(connection, change.participant_id)
        return address.identifier if address else None
    enrolment = get_enrolment(connection, change.enrolment_id or 0)
    if change.field == REFUSED:
        return enrolment.refused_at.isoformat() if enrolment.refused_at else None
    about = enrolment.about_enrolment_id
    values = {
        "administration": enrolment.administration_code,
        "about": None if about is None else str(about),
        "elearning": enrolment.elearning,
    }
    return values[change.field]


def put_value(connection: Connection, change: Change, value: str | None, now: datetime) -> None:
    """Store a value in place of what a change has changed."""
    number = change.enrolment_id or 0
    if change.field in OF_PERSON:
        _put_of_person(connection, change, value)
    elif change.field == EMAIL:
        _put_address(connection, change.participant_id, value, now)
    elif change.field == REFUSED:
        set_refused(connection, number, datetime.fromisoformat(value) if value else None)
    elif change.field == "elearning":
        set_progress(connection, number, value)
    else:
        enrolment = get_enrolment(connection, number)
        about = enrolment.about_enrolment_id
        if change.field == "about":
            about = int(value) if value else None
        place = value if change.field == "administration" else None
        correct_enrolment(connection, number, place or enrolment.administration_code, about)


def _put_of_person(connection: Connection, change: Change, value: str | None) -> None:
    person = get_participant(connection, change.participant_id)
    values = {field: getattr(person, field) for field in OF_PERSON} | {change.field: value}
    update_participant(connection, person.id, **values)


def is_free(connection: Connection, change: Change, value: str | None) -> bool:
    """Return whether a value can be had: an address must not be somebody else's by now."""
    if change.field != EMAIL or value is None:
        return True
    known = find_address(connection, EMAIL, value)
    return known is None or known.participant_id == change.participant_id


def _put_address(
    connection: Connection, participant_id: int, value: str | None, now: datetime
) -> None:
    present = _in_use(connection, participant_id)
    if value is not None:
        use_email(connection, participant_id, value, now)
    elif present is not None:
        put_out_of_use(connection, [present.id], now)
        end_links(connection, participant_id, now)


def _in_use(connection: Connection, participant_id: int) -> Address | None:
    """Return the newest e-mail address of a person that works."""
    known = [
        one
        for one in addresses_of(connection, participant_id)
        if one.channel == EMAIL and one.state is AddressState.ACTIVE
    ]
    return known[-1] if known else None
