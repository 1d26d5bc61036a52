"""Delivers the reply to an inbound message through the channel that it came from."""

import logging

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


async def speak(inbox: Inbox, channel: Channel, sender: Sender, reply: Reply) -> None:
    """Send the messages of a reply in order, and tell the inbox the ref of each.

    A message that cannot be delivered is logged and left out. If the chat has moved or is gone,
    the inbox is told and the rest of the reply is dropped.
    """
    for say in reply.says:
        try:
            ref = await _send(channel, sender.identifier, say)
        except DeliveryError as error:
            log.warning("a reply was not delivered: %s", error.reason)
            if error.moved_to:
                await inbox.receive(Moved(sender, error.moved_to))
                return
            if error.permanent:
                await inbox.receive(Membership(sender, active=False))
                return
        else:
            await inbox.shown(sender, say, ref)


async def _send(channel: Channel, identifier: str, say: Say) -> str:
    if say.file:
        return await channel.send_file(identifier, say.file, say.card)
    return await channel.send(identifier, say.card, say.replace)
