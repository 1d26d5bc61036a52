"""One-time codes for the people of a workshop who have not joined yet, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import one_time_code
from bot.access.links import address_of, new_link
from bot.audit import record
from bot.settings.office import Office
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.addresses import addresses_of
from storage.people.codes import add_code
from storage.people.enrolments import enrolments_in
from storage.people.links import Purpose
from storage.people.participants import get_participant
from surveys.people import AddressState, Enrolment

GONE = frozenset({AddressState.DELETED, AddressState.UNREACHABLE})


@dataclass(frozen=True)
class GivenCode:
    """A new one-time code for a person without a chat; `page` is their link to the web page."""

    participant: str
    name: str
    administration: str
    language: str
    code: str
    page: str = ""


def give_codes(
    connection: Connection, office: Office, workshop_code: str, now: datetime
) -> list[GivenCode]:
    """Return new one-time codes for all enrolled people without a chat; older unused codes end.

    A chat that is lost for good (account deleted or not found) counts as none; one that is blocked
    does not, because its owner can unblock it. With a web page everybody gets a personal link too.
    """
    get_workshop(connection, workshop_code)
    given = []
    for enrolment in enrolments_in(connection, workshop_code):
        linked = [
            address
            for address in addresses_of(connection, enrolment.participant_id)
            if address.channel != "email" and address.state not in GONE
        ]
        if linked or not enrolment.active:
            continue
        participant = get_participant(connection, enrolment.participant_id)
        code = one_time_code()
        add_code(connection, code, enrolment.id, now)
        given.append(
            GivenCode(
                participant.code,
                participant.name,
                enrolment.administration_code,
                participant.language,
                code,
                _page(connection, enrolment, office.public_url, now),
            )
        )
    record(connection, office, Act.CODES_GIVEN, workshop_code, now, people=len(given))
    return given


def _page(
    connection: Connection, enrolment: Enrolment, public_url: str | None, now: datetime
) -> str:
    if public_url is None:
        return ""
    secret = new_link(connection, enrolment.id, Purpose.INTERVIEW, now)
    return address_of(public_url, Purpose.INTERVIEW, secret)
