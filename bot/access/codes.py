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
from storage.people.enrolments import add_code, enrolments_in, plain_code
from storage.people.links import Purpose
from storage.people.participants import addresses_of, get_participant
from surveys.people import AddressState, Enrolment

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that cannot be mistaken for each other."""

LETTERS = 26
GONE = frozenset({AddressState.DELETED, AddressState.UNREACHABLE})


def opaque_code(kind: str) -> str:
    """Return an opaque code for a person, such as P-7KQ2MZ9D. It says nothing about them.

    `kind` is P for participants and S for staff.
    """
    return f"{kind}-" + "".join(secrets.choice(READABLE) for _ in range(8))


def one_time_code() -> str:
    """Return a one-time code of 130 random bits, in letters that can be typed and a link may carry."""
    return "".join(secrets.choice(READABLE) for _ in range(LETTERS))


def looks_like_code(text: str) -> bool:
    """Return whether a text has the form of a one-time code, with or without groups and capitals."""
    letters = plain_code(text)
    return len(letters) == LETTERS and set(letters) <= set(READABLE)


def in_groups(code: str) -> str:
    """Return a one-time code in groups of letters, as it is printed to be typed."""
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
    """Return new one-time codes for enrolled people without a chat. Older unused codes are revoked.

    A chat whose account was deleted or cannot be found counts as none. A person who has blocked
    the bot has a chat. Where there is a web page, each person gets a personal link to it too.
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
