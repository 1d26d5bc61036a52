"""`followup run` and `followup tick`: the bot, the web page and the rounds in one process."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy.exc import OperationalError

from bot.channels.telegram import Webhook
from bot.outbox.round_summary import RoundSummary
from bot.runtime.clock import Clock, utc_now
from bot.service.assembly import Service, assembled
from bot.service.leader_election import ELECTION_SECONDS, LeaderElection
from bot.service.menus import MenuKeeper
from bot.service.ticker import Ticker
from bot.service.web_page import web_server
from bot.settings.config import Settings
from bot.settings.logs import log_lost_error
from storage.database import trouble_of

log = structlog.get_logger("run")


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
    menus = MenuKeeper()

    async def one_round() -> None:
        async with one_at_a_time:
            try:
                await menus.keep(service.application.transactions, service.telegram)
                summary = await _round(service)
            except OperationalError as error:
                log.error("round_failed", error=trouble_of(error))
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
