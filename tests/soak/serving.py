"""The bot and the page of a load, in a process of their own, until their input ends.

Told by its parent: the database and the stand-in. Says the port of the page, then nothing more.
"""

import asyncio
import sys

import structlog

from bot.channels.telegram import build_telegram
from bot.messaging.messages import Channel
from bot.runtime.opening import open_database
from bot.service.wiring import build_application
from bot.settings.config import Settings
from bot.web import WebServer, build_app
from tests.benchmarks.crowd import MORNING, OPENED
from tests.benchmarks.over_http import UNHURRIED
from tests.benchmarks.tap import OFFICE

LOCAL = "http://127.0.0.1"


async def serve(url: str, token: str, base_url: str) -> None:
    """Both channels on one application, as `followup run` has them, at one moment that stands still."""
    channels: dict[str, Channel] = {}
    database = open_database(Settings(database=url), OPENED)
    application = build_application(database, OFFICE, channels, lambda: MORNING)
    page = WebServer(build_app(application.pages, LOCAL), "127.0.0.1", 0, ("127.0.0.1",))
    bot = build_telegram(
        token, application.reception, application.inbox, base_url=base_url, timing=UNHURRIED
    )
    channels["telegram"] = bot.channel
    await bot.start()
    try:
        print(await page.start(), flush=True)
        await asyncio.to_thread(sys.stdin.read)
    finally:
        await page.stop()
        await bot.stop()
        application.transactions.close()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    asyncio.run(serve(*sys.argv[1:]))
