"""The order in which messages are handled: one conversation in turn, several side by side."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class Conversations:
    """Gives each conversation its turn: first come first served, at most `limit` at a time.

    A message that waits for an earlier one of its own conversation takes no place from others.
    """

    def __init__(self, limit: int) -> None:
        self._places = asyncio.Semaphore(limit)
        self._queues: dict[Hashable, _Queue] = {}

    @asynccontextmanager
    async def turn(self, conversation: Hashable) -> AsyncIterator[None]:
        """Wait for the earlier messages of a conversation and for a free place, and hold both."""
        async with self._in_queue(conversation), self._places:
            yield

    @asynccontextmanager
    async def _in_queue(self, conversation: Hashable) -> AsyncIterator[None]:
        queue = self._queues.setdefault(conversation, _Queue())
        queue.length += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.length -= 1
            # Only conversations with messages in hand are kept in memory.
            if not queue.length:
                del self._queues[conversation]
