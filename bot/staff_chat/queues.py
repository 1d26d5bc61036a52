"""What waits for staff to read, one after the other in chat: own words, and titles of anchors."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.messaging.messages import Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Token
from bot.staff_chat.context import StaffContext
from bot.wording.counts import counted
from storage.office.staff import Member

LONGEST = 3000
"""Bytes of a text that is shown with everything around it in one message."""
NOTHING = "No {noun} waits {for_what}."
END = "That was the last one. {left} left for later: /{command} shows them again."

T = TypeVar("T")


@dataclass(frozen=True)
class Queue(Generic[T]):
    """A queue that a command shows: what waits, and for what, in words.

    `numbers` are the numbers that the buttons of one begin with. `card` records that one is shown, and
    is told how many wait.
    """

    command: str
    noun: str
    for_what: str
    waiting: Callable[[StaffContext], Awaitable[Sequence[T]]]
    numbers: Callable[[T], tuple[int, ...]]
    card: Callable[[StaffContext, Member, T, int], Awaitable[Card]]

    async def show_first(self, context: StaffContext, command: Commanded, member: Member) -> Reply:
        """The command: the first that waits."""
        queue = await self.waiting(context)
        return Reply(says=(Say(await self._first(context, member, queue, queue)),))

    async def show_next(
        self, context: StaffContext, tap: Tapped, found: Token, member: Member
    ) -> Reply:
        """[Later]: leave this one, and show the next one."""
        queue = await self.waiting(context)
        card = await self._first(context, member, queue, self._after(queue, found))
        return Reply(says=(Say(card, tap.ref),))

    async def after(self, context: StaffContext, found: Token) -> Sequence[T]:
        """Return what waits after the one that a button names; all if it is not among them."""
        return self._after(await self.waiting(context), found)

    async def first_of(self, context: StaffContext, member: Member, rest: Sequence[T]) -> Card:
        """Return the first of some that still waits."""
        queue = await self.waiting(context)
        return await self._first(context, member, queue, [one for one in queue if one in rest])

    def _after(self, queue: Sequence[T], found: Token) -> Sequence[T]:
        places = [self.numbers(one) for one in queue]
        named = found.numbers[: len(places[0])] if places else ()
        return queue[places.index(named) + 1 :] if named in places else queue

    async def _first(
        self, context: StaffContext, member: Member, queue: Sequence[T], rest: Sequence[T]
    ) -> Card:
        if rest:
            return await self.card(context, member, rest[0], len(queue))
        if not queue:
            return Card(NOTHING.format(noun=self.noun, for_what=self.for_what))
        return Card(END.format(left=counted(len(queue), self.noun), command=self.command))
