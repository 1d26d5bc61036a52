"""The one door from the talking to the reading: reports are built and drawn in a worker thread."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.memory import Memory
from storage.database import Database
from storage.workshops import get_workshop


def report(database: Database, codes: Sequence[str], form: str, now: datetime) -> bytes:
    """A report of some workshops (all, if none is named) in a form such as txt or pdf."""
    return reports(database, codes, [form], now)[form]


def reports(
    database: Database, codes: Sequence[str], forms: Sequence[str], now: datetime
) -> Mapping[str, bytes]:
    """One report in several forms."""
    return database.read(_reports, codes, forms, now)


async def write_report(memory: Memory, codes: Sequence[str], form: str, now: datetime) -> bytes:
    """The same off the event loop, for chat."""
    return await asyncio.to_thread(report, memory.database, codes, form, now)


def check_fonts() -> str:
    """How many font files the reports are drawn with."""
    from analysis.typesetting import font_folders

    files = [file for folder in font_folders() for file in folder.glob("*.[ot]tf")]
    return f"{len(files)} files"


def _reports(
    connection: Connection, codes: Sequence[str], forms: Sequence[str], now: datetime
) -> Mapping[str, bytes]:
    from analysis.formats import render
    from analysis.report import build

    for code in codes:
        get_workshop(connection, code)
    built = build(connection, list(codes) or None, now)
    return {form: render(built, form) for form in forms}
