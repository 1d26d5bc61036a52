"""What the use cases offer to a channel (implemented by `bot.reception`), and a channel to the inbox."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.messaging.messages import Inbound, Reply, Say, Sender
from storage.operations.inbox import Waiting

Delivered = Sequence[tuple[Say, str]]
"""The messages of a reply that were delivered, with their refs."""


class Inbox(Protocol):
    """The use cases as seen by a channel. Never raises because of what a participant sends."""

    def opens(self, inbound: Inbound) -> bool:
        """Return whether a message may be a way in for an unknown chat, such as a code."""
        ...

    def is_long(self, inbound: Inbound) -> bool:
        """Return whether a message asks for work that may take minutes."""
        ...

    async def receive(self, inbound: Inbound) -> Reply:
        """Decide and commit; return the reply, which the channel delivers afterwards.

        A message whose row was handled before decides nothing; its reply shows how things stand.
        """
        ...

    async def answered(self, sender: Sender, delivered: Delivered) -> None:
        """Note what was delivered, and that the row of the message that it answers is settled.

        It is stored with the next message of the chat, or soon after.
        """
        ...

    async def flush(self) -> None:
        """Store what was noted."""
        ...


class Unreadable(Exception):
    """An update cannot be read, also not when it is tried again.

    Its message names the kind and the place of the fault, and quotes nothing of the update.
    """


class Handler(Protocol):
    """How a channel handles the rows of the inbox."""

    async def handle(self, row: Waiting, free_place: Callable[[], None]) -> None:
        """Decide a row, deliver the reply and settle the row.

        `free_place` is called when it takes long, so that other chats do not wait for it. Raises
        Unreadable; any other error means that the row is tried again.
        """
        ...

    async def apologise(self, row: Waiting) -> None:
        """Ask the person to send again what was given up. Never raises."""
        ...

    async def flush(self) -> None:
        """Settle the rows that were answered lately."""
        ...
