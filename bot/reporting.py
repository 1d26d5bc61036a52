"""The one door from the talking to the reading: reports are built and drawn in a worker thread."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.memory import Memory
from storage.database import Database
from storage.workshops import get_workshop


def report(database: Database, codes: Sequence[str], form: str, now: datetime) -> bytes:
    """A report of some workshops (all, if none is named) in a form such as txt or pdf."""
    return database.read(_report, codes, form, now)


async def write_report(memory: Memory, codes: Sequence[str], form: str, now: datetime) -> bytes:
    """The same off the event loop, for chat."""
    return await asyncio.to_thread(report, memory.database, codes, form, now)


def forms() -> tuple[str, ...]:
    """The forms a report can have."""
    from analysis.formats import FORMATS

    return tuple(FORMATS)


def _report(connection: Connection, codes: Sequence[str], form: str, now: datetime) -> bytes:
    from analysis.formats import render
    from analysis.report import build

    for code in codes:
        get_workshop(connection, code)
    return render(build(connection, list(codes) or None, now), form)
