"""Reports that were drawn, kept until a new answer arrives, since managers open them repeatedly."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from bot.runtime.transactions import Transactions
from storage.operations.counters import last_answers

MOST_KEPT = 32

T = TypeVar("T")


class ReportCache:
    """Drawn reports by workshop, form and language; one report is drawn at a time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], object] = OrderedDict()
        self._drawing = asyncio.Lock()

    async def get(
        self,
        transactions: Transactions,
        wanted: tuple[str, str, str],
        draw: Callable[[], Awaitable[T]],
    ) -> T:
        """Return a report that was drawn after the last answer, or draw it now.

        `wanted` is the code of the workshop, the form and the language.
        """
        key = (*wanted, *await transactions.read(last_answers, wanted[0]))
        async with self._drawing:
            if key not in self._kept:
                self._kept[key] = await draw()
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return cast(T, self._kept[key])
