"""`followup run`: bot and fieldwork in one process, until SIGTERM or Ctrl-C."""

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.channels.base import Channel
from bot.channels.telegram import TelegramBot, build_application
from bot.config import Settings
from bot.fieldwork import Round
from bot.logs import log_lost_error
from bot.office import Office, StaffRole
from bot.ticker import Ticker
from bot.wiring import House, build_house, open_database, utc_now
from storage.beats import TICK, note_beat

log = structlog.get_logger("run")

Commands = Sequence[tuple[str, str]]
PARTICIPANT_COMMANDS: Commands = (
    ("continue", "Go on with a questionnaire"),
    ("language", "Change the language"),
    ("mydata", "What is stored about you"),
    ("stop", "No more messages"),
    ("help", "What this chat is for"),
)
MANAGER_COMMANDS: Commands = (("report", "Results of a workshop"),)
ORGANISER_COMMANDS: Commands = (
    ("wave", "Look at a wave and open it"),
    ("workshops", "All workshops and their waves"),
    ("unreachable", "People to call"),
    ("rehearse", "Try a questionnaire yourself"),
    ("health", "Whether the bot is well"),
    *MANAGER_COMMANDS,
)


@dataclass(frozen=True)
class Running:
    """A house with its messenger."""

    house: House
    telegram: TelegramBot


@asynccontextmanager
async def _built(settings: Settings, token: str) -> AsyncIterator[Running]:
    """The house with the messenger as its channel, not started yet; closed at the end."""
    channels: dict[str, Channel] = {}
    house = build_house(open_database(settings, utc_now()), settings.office_of(), channels)
    telegram = build_application(
        token,
        house.reception,
        base_url=settings.telegram.base_url,
        base_file_url=settings.telegram.base_file_url,
    )
    channels[telegram.channel.name] = telegram.channel
    try:
        yield Running(house, telegram)
    finally:
        await telegram.stop()
        house.memory.close()


async def run(settings: Settings, token: str) -> None:
    """Serve until a signal asks to stop; then finish the round and the taps in hand."""
    asyncio.get_running_loop().set_exception_handler(log_lost_error)
    stopping = _signals()
    async with _built(settings, token) as here:
        recovered = await here.house.fieldwork.recover(utc_now())
        await here.telegram.start()
        await here.telegram.set_menus(PARTICIPANT_COMMANDS, staff_menus(here.house.office))
        log.info("listening", bot=here.telegram.username, interrupted_attempts=recovered)
        await _serve(here.house, settings.fieldwork.tick_seconds, stopping)
    log.info("stopped")


async def tick_once(settings: Settings, token: str, now: datetime) -> Round:
    """One round of fieldwork through the messenger, without listening to it."""
    async with _built(settings, token) as here:
        await here.house.fieldwork.recover(now)
        await here.telegram.start(listen=False)
        done = await here.house.fieldwork.tick(now)
        await here.house.memory.transact(note_beat, TICK, utc_now())
        return done


async def name_of_bot(settings: Settings, token: str) -> str:
    """The bot's user name, which proves that the token works."""
    async with _built(settings, token) as here:
        await here.telegram.start(listen=False)
        return here.telegram.username


def staff_menus(office: Office) -> Mapping[str, Commands]:
    """The commands of each chat of staff."""
    menus = {}
    for address, roles in office.staff.items():
        channel, _, identifier = address.partition(":")
        if channel == "telegram":
            organiser = StaffRole.ORGANISER in roles
            menus[identifier] = ORGANISER_COMMANDS if organiser else MANAGER_COMMANDS
    return menus


def _signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


async def _serve(house: House, seconds: int, stopping: asyncio.Event) -> None:
    """Tick until told to stop; the round under way is finished."""
    one_at_a_time = asyncio.Lock()

    async def one_round() -> None:
        async with one_at_a_time:
            done = await house.fieldwork.tick(utc_now())
            await house.memory.transact(note_beat, TICK, utc_now())
        log.info("tick", opened=done.opened, closed=done.closed, **done.outcomes)

    ticker = Ticker(one_round, seconds)
    ticker.start()
    await one_round()
    await stopping.wait()
    ticker.stop()
    async with one_at_a_time:
        pass
