"""The channel a person wants to be reached by: shown and changed, by the person or an organiser.

Each use case is one transaction. `surveys.planning.channels` decides which channel is used.
"""

from bot.desk.people.contact_channels import set_contact_channel, working_addresses
from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Button, Card, Reply, Say
from bot.messaging.tokens import Action, Token, token
from bot.participants import interviewer
from bot.wording.channel_names import channel_name
from storage.people.participants import (
    get_participant,
)
from surveys.people import Address, Participant
from surveys.wording import N_, Words

NOTED = N_("Noted. From now on we use: {channel}.")
STAY = 0
"""The number of the button that changes nothing."""


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
            "We have no working address for you. To give us one, write to {contact}.",
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
        set_contact_channel(
            context.connection, context.office, person, chosen.channel, context.now
        )
        notice = _will_write(Words(person.language), chosen.channel)
    return Reply(notice, interviewer.go_on(context, at_once=False).says)


def _noted(person: Participant, addresses: list[Address]) -> list[str]:
    """Return a line about the chosen channel, if it has a working address."""
    words = Words(person.language)
    return [
        _will_write(words, address.channel)
        for address in addresses
        if address.channel == person.channel
    ]


def _will_write(words: Words, channel: str) -> str:
    return words(NOTED, channel=channel_name(words, channel))


def _label(words: Words, address: Address, person: Participant) -> str:
    name = channel_name(words, address.channel)
    return f"✓ {name}" if address.channel == person.channel else name
