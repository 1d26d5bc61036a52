"""What the use cases offer to a channel. Implemented by `bot.reception`."""

from typing import Protocol

from bot.messaging.messages import Inbound, Reply, Say, Sender


class Inbox(Protocol):
    """The use cases as seen by a channel. Never raises because of what a participant sends."""

    async def receive(self, inbound: Inbound) -> Reply:
        """Decide and commit; return the reply, which the channel delivers afterwards."""
        ...

    async def shown(self, sender: Sender, say: Say, ref: str) -> None:
        """Note that a message of a reply was delivered with this ref."""
        ...
