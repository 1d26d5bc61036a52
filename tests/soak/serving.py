"""The bot and the page of a load, in a process of their own, until their input ends or SIGTERM.

Told by its parent: the database and the stand-in, and for rounds, when the first process began: the
clock has moved on since then. Says the port of the page, then nothing more.
"""

import asyncio
import signal
import sys
import time
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from bot.channels.telegram import build_telegram
from bot.channels.telegram.connection import Timing
from bot.messaging.messages import Channel
from bot.runtime.opening import open_database
from bot.service.rounds import Rounds
from bot.service.wiring import build_application
from bot.settings.config import DatabaseLimits, Settings
from bot.web import WebServer, build_app
from tests.benchmarks.crowd import MORNING, OPENED
from tests.benchmarks.over_http import UNHURRIED
from tests.benchmarks.tap import OFFICE

LOCAL = "http://127.0.0.1"
BETWEEN_ROUNDS = 1.0
LIMITS = DatabaseLimits(statement_seconds=5)
"""In trouble, somebody waits for a lost answer of PostgreSQL for so long, and some seconds more."""


async def serve(url: str, token: str, base_url: str, began: str = "") -> None:
    """Both channels on one application, as `followup run` has them.

    Without rounds it is one moment that stands still, and nothing waits for its turn to leave.
    """

    def clock() -> datetime:
        return MORNING + timedelta(seconds=time.time() - float(began)) if began else MORNING

    pace = Timing() if began else UNHURRIED
    channels: dict[str, Channel] = {}
    database = open_database(Settings(database=url, database_limits=LIMITS), OPENED)
    application = build_application(database, OFFICE, channels, clock)
    page = WebServer(build_app(application.pages, LOCAL), "127.0.0.1", 0, ("127.0.0.1",))
    bot = build_telegram(
        token, application.reception, application.inbox, base_url=base_url, timing=pace
    )
    channels["telegram"] = bot.channel
    await bot.start()
    try:
        print(await page.start(), flush=True)
        if began:
            await _rounds(application.rounds)
        else:
            await asyncio.to_thread(sys.stdin.read)
    finally:
        await page.stop()
        await bot.stop()
        application.transactions.close()


async def _rounds(rounds: Rounds) -> None:
    """Run rounds until SIGTERM; the one in progress ends as it does in `followup run`."""
    stopping = asyncio.Event()

    def stop() -> None:
        stopping.set()
        rounds.stop()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    await rounds.recover()
    while not stopping.is_set():
        # The jobs of `followup run` go on too after trouble of the database.
        with suppress(DBAPIError):
            await rounds.tick()
        try:
            await asyncio.wait_for(stopping.wait(), BETWEEN_ROUNDS)
        except TimeoutError:
            continue


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    asyncio.run(serve(*sys.argv[1:]))
