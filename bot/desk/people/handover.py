"""The handover of a contact point to a successor: by a code, by a link, or at once by e-mail.

The present contact point stays until the code is used or the successor agrees on the page. From then
on the administration is asked through the successor, who goes on with what was answered so far. Each
function is one transaction.
"""

import shlex
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import one_time_code, opaque_code
from bot.access.links import address_of, new_link
from bot.audit import record
from bot.desk.people.acts import Done
from bot.desk.people.contact_channels import put_email
from bot.fieldwork.opening import open_cases_for
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.contact_points import has_answered, pass_on
from storage.fieldwork.next_contact import refresh_person
from storage.office.audit import Act
from storage.people.codes import add_code, end_codes
from storage.people.enrolments import (
    NewEnrolment,
    enrol,
    enrolments_of,
    get_enrolment,
    set_handed_over,
    successors_of,
)
from storage.people.links import Purpose, revoke_links
from storage.people.participants import (
    NewParticipant,
    add_participant,
    get_participant,
    lock_participant,
    participant_with,
)
from storage.people.removals import set_removed
from surveys.people import Enrolment, Participant, RemovalReason, Role

AT_ONCE = "{name} takes over from {code} at once, and gets a letter with a link at that address."


@dataclass(frozen=True)
class Successor:
    """Who takes over. With an e-mail address it happens at once."""

    name: str
    email: str = ""


@dataclass(frozen=True)
class HandedOver:
    """The successor, their one-time code and link (shown only here), and the workshops they take over.

    `page` is '' without a web page. `at_once` says that they have taken over already.
    """

    successor: str
    secret: str
    workshops: tuple[str, ...]
    page: str = ""
    at_once: bool = False


def what_hands_over(
    connection: Connection, office: Office, code: str, successor: Successor
) -> str:
    """Return what a handover at once would do. Conflict where it cannot be done."""
    person = participant_with(connection, code)
    _held(connection, person)
    return AT_ONCE.format(name=successor.name, code=person.code)


def hand_over(
    connection: Connection, office: Office, code: str, successor: Successor, now: datetime
) -> HandedOver:
    """Enrol a successor for a contact point.

    Raise Conflict if the person is not a contact point, or has a successor already.
    """
    person = lock_participant(connection, participant_with(connection, code).id)
    held = _held(connection, person)
    new = NewParticipant(opaque_code("P"), successor.name, person.language)
    other = add_participant(connection, new)
    made = [
        enrol(
            connection,
            NewEnrolment(one.workshop_code, other.id, one.administration_code, one.role, one.id),
            now,
        )
        for one in held
    ]
    secret = one_time_code()
    add_code(connection, secret, made[0].id, now)
    about = f"{person.code} hands over to {other.code}"
    record(connection, office, Act.PERSON_CHANGED, about, now, workshops=len(held))
    if successor.email:
        put_email(connection, office, other.code, successor.email, now)
        take_over(connection, office, other.id, now)
    workshops = tuple(one.workshop_code for one in held)
    page = _page(connection, office, made[0], now)
    return HandedOver(other.code, secret, workshops, page, bool(successor.email))


def _held(connection: Connection, person: Participant) -> list[Enrolment]:
    """Return what a contact point can hand over."""
    mine = enrolments_of(connection, person.id)
    held = [one for one in mine if one.role is Role.CONTACT_POINT and one.active]
    if not held:
        raise Conflict(f"{person.code} is not a contact point. Nothing was changed.")
    before = [next_one for one in held for next_one in successors_of(connection, one.id)]
    if before:
        raise Conflict(_has_successor(connection, person.code, before[0]))
    return held


def _page(connection: Connection, office: Office, enrolment: Enrolment, now: datetime) -> str:
    if office.public_url is None:
        return ""
    secret = new_link(connection, enrolment.id, Purpose.INTERVIEW, now)
    return address_of(office.public_url, Purpose.INTERVIEW, secret)


def _has_successor(connection: Connection, code: str, successor: Enrolment) -> str:
    """Return that a contact point has a successor, and how to see a code that nobody has seen."""
    name = get_participant(connection, successor.participant_id).code
    command = f"`followup participants codes {successor.workshop_code} --person {name} --renew`"
    return (
        f"{code} has a successor already: {name}. Nothing was changed. "
        f"{command} makes a new code for them, in place of the one before."
    )


def take_over(connection: Connection, office: Office, participant_id: int, now: datetime) -> None:
    """Let a successor who has joined take over from the contact points before.

    What was begun goes on in the successor's cases, which are opened at once.
    """
    for enrolment in enrolments_of(connection, participant_id):
        before = enrolment.about_enrolment_id
        if enrolment.role is not Role.CONTACT_POINT or before is None or not enrolment.active:
            continue
        former = get_enrolment(connection, before)
        if former.handed_over_at is not None or former.removed_at is not None:
            continue
        set_handed_over(connection, former.id, now)
        pass_on(connection, former.id, enrolment.id, now)
        open_cases_for(connection, office, enrolment, now)
        for one in sorted((former.participant_id, participant_id)):
            refresh_person(connection, one, office.rules, now)


def hand_back(connection: Connection, office: Office, code: str, now: datetime) -> Done:
    """Take a handover back: the contact point is asked again, and the successor is removed.

    Raise Conflict if the successor has answered since.
    """
    person = lock_participant(connection, participant_with(connection, code).id)
    mine = [one for one in enrolments_of(connection, person.id) if one.removed_at is None]
    handed = [(one, after) for one in mine for after in successors_of(connection, one.id)]
    # Their successors were removed.
    alone = [one for one in mine if one.handed_over_at and one not in dict(handed)]
    if not handed and not alone:
        return Done(person.code, f"{person.code} has no successor. Nothing was changed.")
    if any(has_answered(connection, after.id, one.handed_over_at) for one, after in handed):
        other = get_participant(connection, handed[0][1].participant_id).code
        raise Conflict(f"{other} has answered since. Nothing was changed.")
    for one, after in handed:
        pass_on(connection, after.id, one.id, now)
        set_handed_over(connection, one.id, None)
        set_removed(connection, after.id, RemovalReason.HANDED_BACK, now)
        revoke_links(connection, after.id, now)
    for one in alone:
        set_handed_over(connection, one.id, None)
    end_codes(connection, [after.id for _, after in handed], now)
    for number in sorted({person.id, *(after.participant_id for _, after in handed)}):
        refresh_person(connection, number, office.rules, now)
    record(connection, office, Act.PERSON_CHANGED, f"{person.code} answers again", now)
    name = get_participant(connection, handed[0][1].participant_id).name if handed else "NAME"
    undo = f"followup participant handover {person.code} --name {shlex.quote(name or '')}"
    return Done(person.code, f"{person.code} is the contact point again.", undo)
