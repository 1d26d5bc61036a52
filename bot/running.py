"""`followup run`: bot and fieldwork in one process, until SIGTERM or Ctrl-C."""

import asyncio
import signal

import structlog

from bot.channels.base import Channel
from bot.channels.telegram import TelegramBot, build_application
from bot.config import Settings
from bot.ticker import Ticker
from bot.wiring import House, build_house, open_database, utc_now

log = structlog.get_logger("run")

PARTICIPANT_COMMANDS = (
    ("continue", "Go on with a questionnaire"),
    ("language", "Change the language"),
    ("mydata", "What is stored about you"),
    ("stop", "No more messages"),
    ("help", "What this chat is for"),
)
STAFF_COMMANDS = {
    "organiser": (
        ("wave", "Look at a wave and open it"),
        ("workshops", "All workshops and their waves"),
        ("report", "Results of a workshop"),
    ),
    "manager": (("report", "Results of a workshop"),),
}


async def run(settings: Settings, token: str) -> None:
    """Serve until a signal asks to stop; then finish the round and the taps in hand."""
    database = open_database(settings, utc_now())
    channels: dict[str, Channel] = {}
    house = build_house(database, settings.office_of(("telegram",)), channels)
    telegram = build_application(
        token,
        house.reception,
        base_url=settings.telegram.base_url,
        base_file_url=settings.telegram.base_file_url,
    )
    channels["telegram"] = telegram.channel
    stopping = _signals()
    recovered = await house.fieldwork.recover(utc_now())
    log.info("starting", interrupted_attempts=recovered)
    await telegram.start()
    try:
        await _set_menus(telegram, house)
        await _serve(house, settings.fieldwork.tick_seconds, stopping)
    finally:
        await telegram.stop()
        house.memory.close()
        log.info("stopped")


def _signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


async def _serve(house: House, seconds: int, stopping: asyncio.Event) -> None:
    """Tick until told to stop; the round under way is finished."""
    ticking = asyncio.Lock()

    async def one_round() -> None:
        async with ticking:
            done = await house.fieldwork.tick(utc_now())
        log.info("tick", opened=done.opened, closed=done.closed, **done.outcomes)

    ticker = Ticker(one_round, seconds)
    await one_round()
    ticker.start()
    await stopping.wait()
    ticker.stop()
    async with ticking:
        pass


async def _set_menus(telegram: TelegramBot, house: House) -> None:
    chats = {}
    for address, roles in house.office.staff.items():
        channel, _, identifier = address.partition(":")
        if channel == "telegram":
            role = "organiser" if "organiser" in roles else "manager"
            chats[identifier] = STAFF_COMMANDS[role]
    await telegram.set_menus(PARTICIPANT_COMMANDS, chats)
