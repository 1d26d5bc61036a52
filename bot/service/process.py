"""`followup run` and `followup tick`: the bot, the web page and the jobs in one process."""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.channels.telegram import TokenRefused
from bot.fieldwork.holding import hold_after_gap
from bot.messaging.messages import DeliveryError
from bot.outbox.round_summary import RoundSummary
from bot.runtime.clock import Clock, utc_now
from bot.service.assembly import Service, assembled
from bot.service.fieldwork_jobs import Heartbeats, jobs_of
from bot.service.messenger import messenger
from bot.service.web_page import web_server
from bot.settings.config import Settings
from bot.settings.logs import log_lost_error

WAITS = "What is due there is sent in a later round."
TURN = 0.0005
"""Seconds for which a thread that only calculates, such as one that makes a report, keeps the others
waiting. A tap gives its turn away at each statement, and has to wait for it as often.
"""
log = structlog.get_logger("run")


async def run(settings: Settings, token: str | None) -> None:
    """Serve until SIGTERM or SIGINT; then end what is on its way, and nothing more."""
    asyncio.get_running_loop().set_exception_handler(log_lost_error)
    take_short_turns()
    stopping = _signals()
    async with assembled(settings, token) as service:
        recovered = await service.application.rounds.recover()
        async with web_server(settings, service) as webhook, messenger(service, webhook):
            # A full garbage collection of all that was loaded would stop taps for a tenth of a second.
            gc.freeze()
            log.info("started", interrupted_attempts=recovered)
            async with _working(service, settings.fieldwork.tick_seconds):
                await stopping.wait()
    log.info("stopped")


def take_short_turns() -> None:
    """Let the threads of this process take turns that a person does not notice."""
    sys.setswitchinterval(TURN)


async def tick_once(
    settings: Settings, token: str | None, clock: Clock = utc_now
) -> tuple[RoundSummary, str]:
    """Run one round and its housekeeping through all channels, without receiving updates.

    Return what it did, and why the messenger had no part in it, '' if it had or there is none.
    """
    async with assembled(settings, token, clock) as service:
        rounds = service.application.rounds
        await rounds.recover()
        trouble = await _opened(service)
        transactions = service.application.transactions
        held = await transactions.write(hold_after_gap, service.application.office, utc_now())
        rounds.progress = Heartbeats(transactions)
        began = asyncio.get_running_loop().time()
        summary = await rounds.tick(held)
        took = asyncio.get_running_loop().time() - began
        await asyncio.to_thread(service.housekeeping.after_round, utc_now(), took, held)
        return summary, trouble


async def _opened(service: Service) -> str:
    """Start the messenger if there is one; return why it cannot be, or ''."""
    if service.telegram is None:
        return ""
    try:
        await service.telegram.start(poll=False)
    except DeliveryError as error:
        return f"The messenger cannot be reached ({error.reason}). Check the network. {WAITS}"
    except TokenRefused as error:
        return f"{error} {WAITS}"
    service.open_channel(service.telegram.channel)
    return ""


def _signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


@asynccontextmanager
async def _working(service: Service, seconds: int) -> AsyncIterator[None]:
    """Run the jobs; on exit each ends after the step that it is in."""
    rounds = service.application.rounds
    rounds.progress = Heartbeats(service.application.transactions)
    jobs = jobs_of(service, seconds)
    for job in jobs:
        job.start()
    try:
        yield
    finally:
        rounds.stop()
        service.housekeeping.end()
        await asyncio.gather(*(job.end() for job in jobs))
