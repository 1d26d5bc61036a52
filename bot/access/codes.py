"""Random codes: one-time codes, and opaque codes of people. Randomness lives here."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection

from bot.access.links import address_of, new_link
from bot.audit import record
from bot.settings.office import Office
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.addresses import addresses_of
from storage.people.codes import add_code, plain_code
from storage.people.enrolments import enrolments_in
from storage.people.links import Purpose
from storage.people.participants import get_participant
from surveys.people import AddressState, Enrolment

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that cannot be mistaken for each other."""

LETTERS = 26
GONE = frozenset({AddressState.DELETED, AddressState.UNREACHABLE})


def opaque_code(kind: str) -> str:
    """An opaque code for a person, such as P-7KQ2MZ9D; it says nothing about them.

    `kind` is P for participants and S for staff.
    """
    return f"{kind}-" + "".join(secrets.choice(READABLE) for _ in range(8))


def one_time_code() -> str:
    """A one-time code of 130 random bits, in letters that can be typed and a link may carry."""
    return "".join(secrets.choice(READABLE) for _ in range(LETTERS))


def looks_like_code(text: str) -> bool:
    """Whether somebody may have typed a one-time code, in groups or small letters or not."""
    letters = plain_code(text)
    return len(letters) == LETTERS and set(letters) <= set(READABLE)


def in_groups(code: str) -> str:
    """A one-time code as it is printed, so that it can be typed without losing the place."""
    cuts = (0, 5, 10, 15, 20, len(code))
    return "-".join(code[at:to] for at, to in pairwise(cuts))


@dataclass(frozen=True)
class GivenCode:
    """A new one-time code for a person who has no chat yet; `page` is their link to the web page."""

    participant: str
    name: str
    administration: str
    language: str
    code: str
    page: str = ""


def give_codes(
    connection: Connection, office: Office, workshop_code: str, now: datetime
) -> list[GivenCode]:
    """New one-time codes for all who are enrolled and have no chat; older unused ones end.

    A chat that is gone for good (the account was deleted, or cannot be found) counts as none. Who
    has blocked the bot has a chat, and decides alone about it. Where there is a web page, everybody
    gets a personal link to it too.
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
