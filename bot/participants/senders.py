"""Finds the person who has sent a message, and the case that it names."""

from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Inbound, Tapped
from bot.messaging.tokens import read_token
from bot.participants.buttons import CASE_ACTIONS
from bot.settings.office import Office
from storage.fieldwork.case_files import load_own_file
from storage.people.senders import ALONE, find_sender, lock_sender
from surveys.people import Participant


def sender_of(
    connection: Connection, office: Office, inbound: Inbound, now: datetime
) -> tuple[InboundContext, Participant] | None:
    """Return the context of a message and its sender, locked; None if the office knows nobody there.

    An own case that a button names is read with them, in the same statement.
    """
    chat = inbound.sender.channel, inbound.sender.identifier
    held = lock_sender(connection, chat)
    number = _case_named(inbound)
    own = load_own_file(connection, chat, number) if number is not None else None
    known = (own[0], own[1].participant) if own else find_sender(connection, chat)
    if known is None:
        return None
    address, person = known
    if held not in (ALONE, person.id):
        # The chat has got another owner meanwhile, or its first one.
        return sender_of(connection, office, inbound, now)
    ref = inbound.ref if isinstance(inbound, Tapped) else ""
    file = own[1] if own else None
    return InboundContext(connection, office, address, now, ref, file), person


def _case_named(inbound: Inbound) -> int | None:
    tap = read_token(inbound.token) if isinstance(inbound, Tapped) else None
    return tap.numbers[0] if tap and tap.action in CASE_ACTIONS and tap.numbers else None
