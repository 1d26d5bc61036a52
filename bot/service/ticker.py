"""Runs a function at an interval. What is due in a round is decided by rows, not by this clock."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Calls `round_` every few seconds: one call at a time, late calls merged into one, none lost."""

    def __init__(self, round_: Callable[[], Awaitable[object]], seconds: float) -> None:
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
        """Begin to call on the running event loop, first at once."""
        self._scheduler.start(paused=True)
        self._scheduler.modify_job("tick", next_run_time=datetime.now(UTC))
        self._scheduler.resume()

    def pause(self) -> None:
        """Begin no more calls; a call in progress goes on."""
        self._scheduler.pause()

    def stop(self) -> None:
        """Stop for good. This cuts off a call in progress, so pause and wait first."""
        self._scheduler.shutdown(wait=False)
