"""The clockwork: one interval job that calls `fieldwork.tick`. What is due is decided by rows."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Calls a round every few seconds: one at a time, late ones once, none given up."""

    def __init__(self, round_: Callable[[], Awaitable[object]], seconds: int) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            round_,
            "interval",
            seconds=seconds,
            id="tick",
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin ticking on the running event loop."""
        self._scheduler.start()

    def pause(self) -> None:
        """No more rounds begin; one that is under way goes on."""
        self._scheduler.pause()

    def stop(self) -> None:
        """Stop for good: a round that is still under way would be cut off, so pause and wait first."""
        self._scheduler.shutdown(wait=False)
