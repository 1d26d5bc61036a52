"""The order in which rows are handled: each conversation in turn, several side by side.

Known people have places of their own, so that strangers never slow them down. While more messages
wait outside than were fetched, strangers have few places: somebody known may be behind them.
"""

from collections import deque
from operator import attrgetter

from storage.operations.inbox import EXCESS, Waiting

STRANGERS_IN_HASTE = 1
"""Conversations of strangers that begin at a time while more messages wait outside."""
_NUMBER = attrgetter("arrival.number")


class Line:
    """The rows that wait and those in hand.

    At most `known` conversations of known people and `strangers` others are in hand at a time. A row
    that waits for an earlier one of its own conversation takes no place from others.
    """

    haste: bool = False
    """Whether more messages wait outside."""

    def __init__(self, known: int, strangers: int) -> None:
        self._free = {True: known, False: strangers}
        self._kept = max(0, strangers - STRANGERS_IN_HASTE)
        self._queues: dict[str, list[Waiting]] = {}
        self._in_hand: dict[str, Waiting] = {}
        self._placeless: set[int] = set()
        self._ready: tuple[deque[str], ...] = (deque(), deque(), deque())

    def add(self, row: Waiting) -> None:
        """Put a row into the queue of its conversation, which is in the order of the numbers."""
        chat = row.arrival.conversation
        queue = self._queues.setdefault(chat, [])
        queue.append(row)
        queue.sort(key=_NUMBER)
        if len(queue) == 1 and chat not in self._in_hand:
            self._ready[_rank(row)].append(chat)

    def next(self) -> Waiting | None:
        """Take the next row into hand; None if none waits or no place is free."""
        for rank, ready in enumerate(self._ready):
            if ready and self._has_place(known=rank == 0):
                chat = ready.popleft()
                row = self._queues[chat].pop(0)
                self._in_hand[chat] = row
                self._free[row.known] -= 1
                return row
        return None

    def _has_place(self, known: bool) -> bool:
        kept = self._kept if self.haste and not known else 0
        return self._free[known] > kept

    def free_place(self, row: Waiting) -> None:
        """Let others have the place of a row, while it stays the one in hand of its conversation."""
        if row.id not in self._placeless:
            self._placeless.add(row.id)
            self._free[row.known] += 1

    def done(self, row: Waiting) -> None:
        """Let the next row of the conversation have its turn."""
        self.free_place(row)
        self._placeless.discard(row.id)
        chat = row.arrival.conversation
        del self._in_hand[chat]
        if queue := self._queues[chat]:
            self._ready[_rank(queue[0])].append(chat)
        else:
            # Only conversations with rows in hand are kept in memory.
            del self._queues[chat]

    def back(self, row: Waiting) -> None:
        """Put a row in hand back, to be the first of its conversation again."""
        self._queues[row.arrival.conversation].insert(0, row)
        self.done(row)

    def waiting(self, conversation: str) -> tuple[int, bool]:
        """Return how many rows a conversation has, and whether one stands for an excess."""
        rows = [*self._queues.get(conversation, ())]
        if conversation in self._in_hand:
            rows.append(self._in_hand[conversation])
        return len(rows), any(row.arrival.kind == EXCESS for row in rows)

    @property
    def empty(self) -> bool:
        """Whether no row waits and none is in hand."""
        return not self._queues


def _rank(row: Waiting) -> int:
    """Known people first, then what may be a code, then all others."""
    if row.known:
        return 0
    return 1 if row.arrival.way_in else 2
