"""Random codes: one-time enrolment codes and opaque participant codes. Randomness lives here."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.links import address_of, new_link
from storage.enrolments import add_code, enrolments_in
from storage.links import Purpose
from storage.participants import addresses_of, get_participant
from storage.workshops import get_workshop
from surveys.people import AddressState, Enrolment

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that cannot be mistaken for each other."""

GONE = frozenset({AddressState.DELETED, AddressState.UNREACHABLE})


def participant_code() -> str:
    """An opaque code for a person, such as P-7KQ2MZ9D; it says nothing about them."""
    return "P-" + "".join(secrets.choice(READABLE) for _ in range(8))


def enrolment_code() -> str:
    """A one-time code of 128 random bits in letters that a deep link may carry."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class GivenCode:
    """A new one-time code for a person who has no chat yet; `page` is their link to the web page."""

    participant: str
    name: str
    administration: str
    code: str
    page: str = ""


def give_codes(
    connection: Connection, workshop_code: str, now: datetime, public_url: str | None = None
) -> list[GivenCode]:
    """New one-time codes for all who are enrolled and have no chat; older unused ones end.

    A chat that is gone for good (the account was deleted, or cannot be found) counts as none. Who
    has blocked the bot has a chat, and decides alone about it. Where there is a web page, at
    `public_url`, everybody gets a personal link to it too.
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
        code = enrolment_code()
        add_code(connection, code, enrolment.id, now)
        given.append(
            GivenCode(
                participant.code,
                participant.name,
                enrolment.administration_code,
                code,
                _page(connection, enrolment, public_url, now),
            )
        )
    return given


def _page(
    connection: Connection, enrolment: Enrolment, public_url: str | None, now: datetime
) -> str:
    if public_url is None:
        return ""
    secret = new_link(connection, enrolment.id, Purpose.INTERVIEW, now)
    return address_of(public_url, Purpose.INTERVIEW, secret)
