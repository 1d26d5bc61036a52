"""A message in which an organiser follows a wave: edited when it changes, at most once a minute."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.messaging.messages import Channel, DeliveryError
from bot.messaging.tokens import Action, Token, number_of
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.context import StaffContext
from bot.staff_chat.wave_card import wave_card
from storage.database import NotFound
from storage.fieldwork.waves import find_wave
from storage.office.staff import StaffRole, find_member
from storage.office.wave_messages import (
    WaveMessage,
    forget_message,
    messages_of,
    set_shown,
)

EVERY = timedelta(minutes=1)
log = structlog.get_logger("wave_messages")


async def keep_up_to_date(
    transactions: Transactions, office: Office, channels: Mapping[str, Channel], now: datetime
) -> None:
    """Edit the messages whose text has changed. A failure does not stop the other messages."""
    for message in await transactions.read(messages_of):
        if now - message.shown_at < EVERY or message.channel not in channels:
            continue
        try:
            await _keep_one(transactions, office, channels[message.channel], message, now)
        except DeliveryError as error:
            log.warning("wave_message_not_shown", reason=error.reason)
            if error.permanent:
                await transactions.write(forget_message, message.id)
        except NotFound:
            await transactions.write(forget_message, message.id)


async def _keep_one(
    transactions: Transactions,
    office: Office,
    channel: Channel,
    message: WaveMessage,
    now: datetime,
) -> None:
    member = await transactions.read(find_member, message.channel, message.identifier)
    if member is None or not member.role.may(StaffRole.ORGANISER):
        await transactions.write(forget_message, message.id)
        return
    wave = await transactions.read(find_wave, message.workshop_code, message.key)
    if wave is None:
        return
    found = _token(message)
    card = await wave_card(StaffContext(transactions, office, lambda: now), found)
    if card.text != message.text:
        ref = await channel.send(message.identifier, card, message.ref)
        await transactions.write(set_shown, message.id, ref, card.text, now)
    if not wave.open:  # closed, or put back to its plan
        await transactions.write(forget_message, message.id)


def _token(message: WaveMessage) -> Token:
    """Return the token of the button that leads to the wave of a message."""
    numbers = (number_of(message.workshop_code), number_of(message.key))
    return Token(Action.OFFICE_WAVE, numbers)
