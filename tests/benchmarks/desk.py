"""How heavy and how slow the first page of the desk is, with 100 workshops and 3,000 people.

Beside it a bare page of the same server. Prints figures and judges nothing.
"""

import asyncio
import tempfile
from pathlib import Path

from httpx import AsyncClient

from bot.desk.office.signing_in import make_link
from bot.runtime.transactions import Transactions
from bot.settings.config import Settings
from bot.web import DESK_PAGES, Doors, WebServer, build_desk
from storage.office.staff import StaffRole
from tests.benchmarks.crowd import NOW, Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.web import LOCAL, ROUNDS, _bare, _medians
from tests.benchmarks.worlds import copy_of_crowd
from tests.listening import statements_of
from tests.staff import employ

PEOPLE = 3_000
MOST_BYTES = 100_000
GOAL = 5.0
"""The page may take this many times as long as a bare page."""


def measure(people: int = PEOPLE, rounds: int = ROUNDS) -> dict[str, Figure]:
    """Bytes, statements and milliseconds (medians) of Today, and of a bare page."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measured(Path(folder), people, rounds))


async def _measured(folder: Path, people: int, rounds: int) -> dict[str, Figure]:
    transactions = Transactions(copy_of_crowd(folder, "desk", Crowd(people)))
    office = Settings().office_of()
    bare = WebServer(_bare(), "127.0.0.1", 0)
    desk = build_desk(transactions, office, lambda: NOW, LOCAL, lambda: b"key", DESK_PAGES)
    page = WebServer(Doors(desk, None), "127.0.0.1", 0)
    try:
        async with AsyncClient(follow_redirects=True) as client:
            hello = f"{LOCAL}:{await bare.start()}/"
            port = await page.start()
            chat = ("demo", "ana")
            code = await transactions.write(employ, chat, StaffRole.ORGANISER, NOW, "Ana")
            link = await transactions.write(make_link, office, code, NOW)
            await client.post(f"{LOCAL}:{port}{link.path}")
            today = f"{LOCAL}:{port}/desk"
            with statements_of(transactions.database) as statements:
                weight = len((await client.get(today)).content)
            (bare_ms, bare_work), (page_ms, page_work) = await _medians(
                client, rounds, hello, today
            )
    finally:
        await page.stop()
        await bare.stop()
        transactions.close()
    times, work = round(page_ms / bare_ms, 2), round(page_work / bare_work, 2)
    return {
        "today": Figure(weight, "bytes", f"under {MOST_BYTES}", weight < MOST_BYTES),
        "statements": Figure(len(statements), "statements"),
        "today_ms": Figure(page_ms, "ms"),
        "bare_page": Figure(bare_ms, "ms"),
        "times_bare": Figure(times, "times", f"at most {GOAL}", times <= GOAL),
        "times_bare, processor time": Figure(work, "times", f"at most {GOAL}", work <= GOAL),
    }
