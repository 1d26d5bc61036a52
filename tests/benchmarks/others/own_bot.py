"""Our bot as a process of its own, as the others are: URL TOKEN DATABASE. Stores all it is told."""

import asyncio
import sys

from bot.channels.telegram import build_telegram
from bot.messaging.messages import Channel
from bot.service.wiring import build_application
from storage.database import Database
from tests.benchmarks.crowd import MORNING
from tests.benchmarks.over_http import UNHURRIED
from tests.benchmarks.tap import OFFICE


async def run(url: str, token: str, database: str) -> None:
    """Answers until it is stopped."""
    channels: dict[str, Channel] = {}
    application = build_application(Database(database), OFFICE, channels, lambda: MORNING)
    bot = build_telegram(
        token, application.reception, application.inbox, base_url=url, timing=UNHURRIED
    )
    channels["telegram"] = bot.channel
    await bot.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
