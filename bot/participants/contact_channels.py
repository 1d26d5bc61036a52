"""How a person wants to be reached: shown and changed, by the person or by an organiser.

Each use case is one transaction. Which channel is taken in the end is for `surveys.planning.channels`.
"""

from bot.desk.people.contact_channels import set_contact_channel, working_addresses
from bot.fieldwork.answering import InboundContext
from bot.messaging.messages import Button, Card, Reply, Say
from bot.messaging.tokens import Action, Token, token
from bot.participants import interviewer
from storage.people.participants import (
    get_participant,
)
from surveys.people import Address, Participant
from surveys.wording import N_, Words

NAMES = {"telegram": "Telegram", "email": N_("E-mail")}
NOTED = N_("Noted. We will write to you by {channel}.")
STAY = 0
"""The number of the button that changes nothing."""


def channels_reply(context: InboundContext) -> Reply:
    """The channels that reach a person, to choose from."""
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


def channel_reply(context: InboundContext, tap: Token) -> Reply:
    """A channel was chosen (or not): noted, and on with what was open."""
    person = get_participant(context.connection, context.address.participant_id)
    addresses = working_addresses(context.connection, context.office, person.id)
    chosen = next((one for one in addresses if [one.id] == list(tap.numbers)), None)
    notice = ""
    if chosen is not None:
        set_contact_channel(
            context.connection, context.office, person, chosen.channel, context.now
        )
        notice = _will_write(Words(person.language), chosen.channel)
    return Reply(notice, interviewer.go_on(context, at_once=False).says)


def _noted(person: Participant, addresses: list[Address]) -> list[str]:
    """The wish that stands, if it can be met."""
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
