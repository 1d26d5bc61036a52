"""How long somebody known waits for an answer behind 10,000 texts of strangers, on both databases.

The bot polls at the pace of the real messenger, and the stand-in answers it from the same process.
"""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.channels.telegram import build_telegram
from bot.messaging.messages import Channel
from bot.service.wiring import build_application
from storage.database import Database
from tests.benchmarks.crowd import FIRST_CHAT, MORNING, Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.tap import OFFICE
from tests.benchmarks.worlds import copy_of_crowd, postgresql_crowd
from tests.listening import statements_of
from tests.standin.control import StandIn

TEXTS = 10_000
ACCOUNTS = 1_000
STRANGERS = FIRST_CHAT + 1_000_000
GOAL = 2.0
"""Seconds."""
AT_MOST = 120.0


def measure(texts: int = TEXTS, accounts: int = ACCOUNTS) -> dict[str, Figure]:
    """The wait of one person, the processor time in it, and the statements of the database."""
    found: dict[str, Figure] = {}
    with TemporaryDirectory() as name:
        one = Crowd(1, begun=True)
        databases = {
            "SQLite": copy_of_crowd(Path(name), "flood", one),
            "PostgreSQL": Database(postgresql_crowd(one)),
        }
        for what, database in databases.items():
            measured = asyncio.run(_waited(database, texts, accounts))
            of = f"{what}, {accounts} accounts"
            found |= {f"{of}: {row}": figure for row, figure in measured.items()}
    return found


async def _waited(database: Database, texts: int, accounts: int) -> dict[str, Figure]:
    channels: dict[str, Channel] = {}
    application = build_application(database, OFFICE, channels, lambda: MORNING)
    with StandIn() as tg, statements_of(database) as statements:
        tg.limits(None, None)
        people = [tg.person(STRANGERS + number) for number in range(accounts)]
        for number in range(texts):
            people[number % accounts].sends("hello there")
        known = tg.person(FIRST_CHAT + 1, started=True)
        known.sends("/help")
        bot = build_telegram(
            tg.token, application.reception, application.inbox, base_url=tg.base_url
        )
        channels["telegram"] = bot.channel
        begun, processor = time.monotonic(), time.process_time()
        await bot.start()
        await tg.until(lambda: tg.accepted(known.id), timeout=AT_MOST)
        seconds, processor = time.monotonic() - begun, time.process_time() - processor
        asked = len(statements)
        await bot.stop()
    application.transactions.close()
    return {
        "answered": Figure(round(seconds, 2), "s", f"at most {GOAL:g}", seconds <= GOAL),
        "processor time, with the messenger's": Figure(round(processor, 2), "s"),
        "statements until then": Figure(asked, ""),
    }
