"""Delivers the reply to an inbound message through the channel that it came from."""

import logging
from dataclasses import replace

from bot.inbox.protocol import Inbox
from bot.messaging.messages import (
    Channel,
    DeliveryError,
    Membership,
    Moved,
    Reply,
    Say,
    Sender,
)

log = logging.getLogger("bot.inbox")


async def speak(
    inbox: Inbox, channel: Channel, sender: Sender, reply: Reply
) -> list[tuple[Say, str]]:
    """Send the messages of a reply in order; return those that were delivered, with their refs.

    A message that cannot be delivered is logged and left out. If the chat has moved or is gone,
    the inbox is told and the rest of the reply is dropped.
    """
    delivered = []
    # What is told about the chat is no part of the message that is answered.
    beside = replace(sender, row=None)
    for say in reply.says:
        try:
            delivered.append((say, await _send(channel, sender.identifier, say)))
        except DeliveryError as error:
            log.warning("a reply was not delivered: %s", error.reason)
            if error.moved_to:
                await inbox.receive(Moved(beside, error.moved_to))
                break
            if error.permanent:
                await inbox.receive(Membership(beside, active=False))
                break
    return delivered


async def _send(channel: Channel, identifier: str, say: Say) -> str:
    if say.file:
        return await channel.send_file(identifier, say.file, say.card)
    return await channel.send(identifier, say.card, say.replace)
