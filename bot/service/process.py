"""`followup run` and `followup tick`: the bot, the web page and the rounds in one process."""

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.channels.telegram import Webhook
from bot.outbox.round_summary import RoundSummary
from bot.runtime.clock import Clock, utc_now
from bot.service.assembly import Service, assembled
from bot.service.leader_election import ELECTION_SECONDS, LeaderElection
from bot.service.ticker import Ticker
from bot.service.web_page import web_server
from bot.settings.config import Settings
from bot.settings.logs import log_lost_error
from storage.database import trouble_of
from storage.office.staff import StaffRole, chats_of

log = structlog.get_logger("run")

Commands = Sequence[tuple[str, str]]
PARTICIPANT_COMMANDS: Commands = (
    ("continue", "Go on with a questionnaire"),
    ("language", "Change the language"),
    ("channel", "How you get our messages"),
    ("mydata", "What is stored about you"),
    ("stop", "No more messages"),
    ("help", "What this chat is for"),
)
MANAGER_COMMANDS: Commands = (("report", "Results of a workshop"),)
ORGANISER_COMMANDS: Commands = (
    ("wave", "Look at a wave and open it"),
    ("workshops", "All workshops and their waves"),
    ("unreachable", "People to call"),
    ("relink", "People with a new account"),
    ("room", "A code for the room of a workshop"),
    ("rehearse", "Try a questionnaire yourself"),
    ("health", "Whether the bot is well"),
    *MANAGER_COMMANDS,
)


@asynccontextmanager
async def _receiving(service: Service, webhook: Webhook | None) -> AsyncIterator[str]:
    """Receive updates by webhook, or by polling while this process leads; give the bot's name."""
    telegram = service.telegram
    if telegram is None:
        yield ""
        return
    await telegram.start(poll=False, webhook=webhook)
    election = LeaderElection(telegram, service.application.transactions.lease)
    ticker = Ticker(election.hold, ELECTION_SECONDS)
    if not webhook:
        await election.hold()
        ticker.start()
    try:
        yield telegram.username
    finally:
        if not webhook:
            ticker.stop()


async def run(settings: Settings, token: str | None) -> None:
    """Serve until SIGTERM or SIGINT; then finish the round and the updates in progress."""
    asyncio.get_running_loop().set_exception_handler(log_lost_error)
    stopping = _signals()
    async with assembled(settings, token) as service:
        recovered = await service.application.rounds.recover()
        async with web_server(settings, service) as webhook, _receiving(service, webhook) as name:
            log.info("started", bot=name, interrupted_attempts=recovered)
            await _serve(service, settings.fieldwork.tick_seconds, stopping)
    log.info("stopped")


async def tick_once(settings: Settings, token: str | None, clock: Clock = utc_now) -> RoundSummary:
    """Run one round and its housekeeping through all channels, without receiving updates."""
    async with assembled(settings, token, clock) as service:
        await service.application.rounds.recover()
        if service.telegram:
            await service.telegram.start(poll=False)
        return await _round(service)


async def name_of_bot(settings: Settings, token: str) -> str:
    """Return the bot's user name from the messenger, which proves that the token works."""
    async with assembled(settings, token) as service:
        assert service.telegram is not None  # noqa: S101 - it was built with a token
        await service.telegram.start(poll=False)
        return service.telegram.username


class Menus:
    """The command menus of the messenger, kept in step with the list of staff."""

    def __init__(self) -> None:
        self._shown: Mapping[str, Commands] | None = None

    async def keep(self, service: Service) -> None:
        """Set the menus again if somebody has joined or left the staff since the last call."""
        wanted = await service.application.transactions.read(staff_menus)
        if service.telegram is None or wanted == self._shown:
            return
        gone = dict.fromkeys((self._shown or {}).keys() - wanted.keys(), PARTICIPANT_COMMANDS)
        await service.telegram.set_menus(PARTICIPANT_COMMANDS, {**gone, **wanted})
        self._shown = wanted


def staff_menus(connection: Connection) -> Mapping[str, Commands]:
    """Return the commands of each chat of staff, by chat id."""
    organisers = chats_of(connection, StaffRole.ORGANISER)
    return {
        chat[1]: ORGANISER_COMMANDS if chat in organisers else MANAGER_COMMANDS
        for chat in chats_of(connection, StaffRole.MANAGER)
        if chat[0] == "telegram"
    }


def _signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


async def _round(service: Service) -> RoundSummary:
    """Run one round, then the housekeeping."""
    began = asyncio.get_running_loop().time()
    summary = await service.application.rounds.tick()
    took = asyncio.get_running_loop().time() - began
    await asyncio.to_thread(service.housekeeping.after_round, utc_now(), took)
    return summary


async def _serve(service: Service, seconds: int, stopping: asyncio.Event) -> None:
    """Run a round at each interval until `stopping` is set; the round in progress is finished."""
    one_at_a_time = asyncio.Lock()
    menus = Menus()

    async def one_round() -> None:
        async with one_at_a_time:
            try:
                await menus.keep(service)
                summary = await _round(service)
            except OperationalError as error:
                log.error("round_failed", says=trouble_of(error))
            else:
                counts = summary.outcomes
                log.info("tick", opened=summary.opened, closed=summary.closed, **counts)

    ticker = Ticker(one_round, seconds)
    ticker.start()
    await one_round()
    await stopping.wait()
    ticker.pause()
    async with one_at_a_time:
        ticker.stop()
