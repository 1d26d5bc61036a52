"""The channel a person wants to be reached by: shown and changed, by the person or an organiser.

Each use case is one transaction. `surveys.planning.channels` decides which channel is used.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.answering import InboundContext
from bot.importing.tables.addresses import EMAIL as EMAIL_ADDRESS
from bot.messaging.messages import Button, Card, Reply, Say
from bot.messaging.tokens import Action, Token, token
from bot.participants import interviewer
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.next_contact import refresh_person
from storage.office.audit import Act
from storage.people.participants import (
    add_address,
    addresses_of,
    find_address,
    get_participant,
    participant_with,
    set_address_state,
    set_channel,
)
from surveys.people import Address, AddressState, Participant
from surveys.planning.channels import EMAIL
from surveys.wording import N_, Words

NAMES = {"telegram": "Telegram", "email": N_("E-mail")}
NOTED = N_("Noted. We will write to you by {channel}.")
STAY = 0
"""The number of the button that changes nothing."""


def working_addresses(
    connection: Connection, office: Office, participant_id: int
) -> list[Address]:
    """Return the newest working address of a person in each channel."""
    newest = {
        one.channel: one
        for one in addresses_of(connection, participant_id)
        if one.channel in office.rules.channels and one.state is AddressState.ACTIVE
    }
    return [newest[channel] for channel in office.rules.channels if channel in newest]


def command(context: InboundContext, participant: Participant, argument: str) -> Reply:
    """/channel: the channels that reach a person, to choose from."""
    return channels_reply(context)


def show(context: InboundContext, participant: Participant, tap: Token) -> Reply:
    """Show the channels that reach a person, to choose from."""
    return channels_reply(context)


def channels_reply(context: InboundContext) -> Reply:
    """Return the channels that reach a person, to choose from."""
    person = get_participant(context.connection, context.address.participant_id)
    words = Words(person.language)
    addresses = working_addresses(context.connection, context.office, person.id)
    contact = context.office.contact
    if not addresses:
        text = words(
            "We have no address that works for you. To give us one, write to {contact}.",
            contact=contact,
        )
    elif len(addresses) == 1:
        text = words(
            "We know one way to reach you. To give us another one, write to {contact}.",
            contact=contact,
        )
    else:
        text = "\n".join(
            [words("How would you like to get our messages?"), *_noted(person, addresses)]
        )
    rows = [
        (Button(_label(words, address, person), token(Action.CHANNEL, address.id)),)
        for address in addresses
        if len(addresses) > 1
    ]
    back = (Button(words("‹ Back"), token(Action.CHANNEL, STAY)),)
    return Reply(says=(Say(Card(text, (*rows, back)), context.ref),))


def choose(context: InboundContext, person: Participant, tap: Token) -> Reply:
    """Note the channel that a button names, if any, and go on with what is open."""
    addresses = working_addresses(context.connection, context.office, person.id)
    chosen = next((one for one in addresses if [one.id] == list(tap.numbers)), None)
    notice = ""
    if chosen is not None:
        _choose(context.connection, context.office, person, chosen.channel, context.now)
        notice = _will_write(Words(person.language), chosen.channel)
    return Reply(notice, interviewer.go_on(context, at_once=False).says)


def choose_channel(
    connection: Connection, office: Office, code: str, channel: str, now: datetime
) -> Participant:
    """Note for an organiser the channel a person wants. NotFound or Conflict says why it cannot be."""
    person = participant_with(connection, code)
    if channel not in office.rules.channels:
        choices = ", ".join(office.rules.channels)
        raise Conflict(f"{channel!r} is not a channel here. Use one of: {choices}.")
    known = [one.channel for one in working_addresses(connection, office, person.id)]
    if channel not in known:
        has = f"only {', '.join(known)}" if known else "no address that works"
        raise Conflict(f"{person.code} has no {channel} address that works, but {has}.")
    _choose(connection, office, person, channel, now)
    record(connection, office, Act.PERSON_CHANGED, f"{person.code} {channel} chosen", now)
    return get_participant(connection, person.id)


def put_email(
    connection: Connection, office: Office, code: str, email: str, now: datetime
) -> Participant:
    """Give a person a new e-mail address, or set a known one to work again.

    Conflict for a text that is no address, or the address of another person.
    """
    person = participant_with(connection, code)
    email = email.strip().lower()
    if not EMAIL_ADDRESS.fullmatch(email):
        raise Conflict(f"{email!r} is not an e-mail address such as mele@example.org.")
    known = find_address(connection, EMAIL, email)
    if known is not None and known.participant_id != person.id:
        raise Conflict("This e-mail address belongs to somebody else.")
    if known is None:
        add_address(connection, person.id, EMAIL, email, now)
    else:
        set_address_state(connection, known.id, AddressState.ACTIVE, "", now)
    refresh_person(connection, person.id, office.rules, now)
    record(connection, office, Act.PERSON_CHANGED, f"{person.code} new e-mail address", now)
    return person


def _choose(
    connection: Connection, office: Office, person: Participant, channel: str, now: datetime
) -> None:
    set_channel(connection, person.id, channel)
    refresh_person(connection, person.id, office.rules, now)


def _noted(person: Participant, addresses: list[Address]) -> list[str]:
    """Return a line about the chosen channel, if it has a working address."""
    words = Words(person.language)
    return [
        _will_write(words, address.channel)
        for address in addresses
        if address.channel == person.channel
    ]


def _will_write(words: Words, channel: str) -> str:
    return words(NOTED, channel=words(NAMES.get(channel, channel)))


def _label(words: Words, address: Address, person: Participant) -> str:
    name = words(NAMES.get(address.channel, address.channel))
    return f"✓ {name}" if address.channel == person.channel else name
