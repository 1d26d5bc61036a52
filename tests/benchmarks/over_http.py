"""Taps over HTTP through the messenger's library: beside a bare handler of it that stores nothing.

Both speak to the same stand-in, which runs in this process too, as do the people who tap.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler

from bot.channels.telegram import Timing, build_telegram
from bot.messaging.messages import Channel
from bot.messaging.tokens import Action, token
from bot.service.wiring import build_application
from tests.benchmarks.crowd import FIRST_CHAT, MORNING, Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.tap import FIRST, OFFICE
from tests.benchmarks.worlds import copy_of_crowd
from tests.standin.control import StandIn
from tests.standin.people import Person

PEOPLE = 150
GOAL = 0.8
UNHURRIED = Timing(per_second=100_000, between=0.001)
"""The pace that the real messenger asks for is switched off: it would be all that is measured."""
Work = Callable[[StandIn], Awaitable[Any]]


def measure(people: int = PEOPLE) -> dict[str, Figure]:
    """Taps a second of both, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        bare = asyncio.run(_bare(people))
        full = asyncio.run(_full(Path(folder), people))
    ratio = full / bare
    return {
        "taps of a bare handler": Figure(bare, "a second"),
        "taps, decided and stored": Figure(full, "a second"),
        "to the bare handler": Figure(ratio, "", f"at least {GOAL}", ratio >= GOAL),
    }


def people_of(tg: StandIn, number: int) -> dict[int, Person]:
    """People by the number of their case."""
    tg.limits(None, None)
    return {n: tg.person(FIRST_CHAT + n, started=True) for n in range(1, number + 1)}


def first_button(case: int) -> str:
    """What the first answer of the first question says when it is tapped."""
    return token(Action.PICK, case, FIRST, 0)


async def _rate(tg: StandIn, bot: Any, number: int) -> float:
    """Everybody taps the first button of a message; taps a second until all have the next card."""
    loop, done, shown = asyncio.get_running_loop(), asyncio.Event(), set[int]()
    people = people_of(tg, number)
    for case, person in people.items():
        keys = InlineKeyboardMarkup(
            [[InlineKeyboardButton("Same", callback_data=first_button(case))]]
        )
        await bot.send_message(person.id, "Where do you work now?", reply_markup=keys)

    def seen(case: int) -> None:
        shown.add(case)
        if len(shown) == number:
            loop.call_soon_threadsafe(done.set)

    for case, person in people.items():
        person.watch(partial(seen, case))
    begun = time.monotonic()
    for person in people.values():
        person.taps("Same")
    await asyncio.wait_for(done.wait(), 120)
    return number / (time.monotonic() - begun)


async def _bare(people: int) -> float:
    async def answer(update: Update, _context: Any) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer()
        keys = InlineKeyboardMarkup(
            [[InlineKeyboardButton(f"{n}. Answer", callback_data=f"b{n}")] for n in range(6)]
        )
        await query.edit_message_text("The next question. " * 8, reply_markup=keys)

    with StandIn() as tg:
        builder = Application.builder().token(tg.token).base_url(tg.base_url)
        builder = builder.concurrent_updates(16).connection_pool_size(20)
        application = builder.job_queue(None).build()
        application.add_handler(CallbackQueryHandler(answer))
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling()
            try:
                return await _rate(tg, application.bot, people)
            finally:
                await application.updater.stop()
                await application.stop()


async def _full(folder: Path, people: int) -> float:
    channels: dict[str, Channel] = {}
    database = copy_of_crowd(folder, "http", Crowd(people, begun=True))
    application = build_application(database, OFFICE, channels, lambda: MORNING)
    with StandIn() as tg:
        bot = build_telegram(
            tg.token,
            application.reception,
            application.inbox,
            base_url=tg.base_url,
            timing=UNHURRIED,
        )
        channels["telegram"] = bot.channel
        await bot.start()
        try:
            return await _rate(tg, bot._bot, people)
        finally:
            await bot.stop()
            application.transactions.close()
