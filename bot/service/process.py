"""`followup run`: bot, web page and fieldwork in one process, until SIGTERM or Ctrl-C."""

import asyncio
import os
import secrets
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from bot.channels.telegram import TelegramBot, Webhook, build_telegram
from bot.messaging.messages import Channel
from bot.operations.health import Health, health_of
from bot.operations.housekeeping import Copies, Housekeeping
from bot.operations.metrics import Metrics
from bot.runtime.clock import Clock, utc_now
from bot.service.leader import LOOK_SECONDS, Turn
from bot.service.mail import mail_of
from bot.service.menus import Menus
from bot.service.rounds import Round
from bot.service.ticker import Ticker
from bot.service.wiring import Application, build_application, open_database
from bot.settings.config import Settings
from bot.settings.logs import log_lost_error
from storage.database import trouble_of
from surveys.problems import BadInput, Problem

log = structlog.get_logger("run")


@dataclass(frozen=True)
class Running:
    """A house with its messenger, if there is a token for it."""

    application: Application
    telegram: TelegramBot | None
    housekeeping: Housekeeping


@asynccontextmanager
async def _built(
    settings: Settings, token: str | None, clock: Clock = utc_now
) -> AsyncIterator[Running]:
    """The house with the messenger as its channel, not started yet; closed at the end."""
    channels: dict[str, Channel] = {}
    database = open_database(settings, utc_now())
    application = build_application(database, settings.office_of(), channels, clock)
    telegram = _messenger(settings, token, application) if token else None
    if telegram:
        channels[telegram.channel.name] = telegram.channel
    if (mail := mail_of(settings)) is not None:
        channels[mail.name] = mail
    try:
        yield Running(application, telegram, _housekeeping(settings, application))
    finally:
        if telegram:
            await telegram.stop()
        application.transactions.close()


def _housekeeping(settings: Settings, application: Application) -> Housekeeping:
    database = application.transactions.database
    metrics = Metrics(database, application.clock) if settings.metrics else None
    folder, keep = settings.backups.folder, settings.backups.keep
    return Housekeeping(
        database, Copies(folder, keep) if folder else None, metrics, application.office
    )


def _messenger(settings: Settings, token: str, application: Application) -> TelegramBot:
    return build_telegram(
        token,
        application.reception,
        base_url=settings.telegram.base_url,
        base_file_url=settings.telegram.base_file_url,
    )


@asynccontextmanager
async def _page(settings: Settings, here: Running) -> AsyncIterator[Webhook | None]:
    """The web page, if it has an address, and on it the door for updates of the messenger."""
    web = settings.web
    if web.public_url is None:
        yield None
        return
    from bot.web import WebServer

    app, webhook = web_app(settings, here, web.public_url)
    server = WebServer(app, web.host, web.port, web.trusted_proxies)
    try:
        port = await server.start()
    except OSError as error:
        fix = "Perhaps followup runs already, or another program uses the port."
        where = f"{web.host}:{web.port}"
        problem = Problem(
            "configuration", "web.port", f"{os.strerror(error.errno or 0)}.", where, fix
        )
        raise BadInput((problem,)) from None
    log.info("web_page", url=web.public_url, port=port)
    try:
        yield webhook
    finally:
        await server.stop()


def web_app(settings: Settings, here: Running, public_url: str) -> tuple[Any, Webhook | None]:
    """All addresses of the web page (an ASGI application), with the door for updates if wanted."""
    from bot.web import WEBHOOK_PATH, build_app, operations_routes, webhook_route

    telegram, webhook, metrics = here.telegram, None, here.housekeeping.metrics
    more = operations_routes(partial(_health, here.application), metrics.text if metrics else None)
    if telegram and settings.telegram.webhook:
        webhook = Webhook(public_url + WEBHOOK_PATH, secrets.token_urlsafe(32))
        more.append(webhook_route(webhook.secret, telegram.take))
    return build_app(here.application.pages, public_url, more), webhook


def _health(application: Application) -> Health:
    return health_of(application.transactions.database, application.office, application.clock())


@asynccontextmanager
async def _listening(here: Running, webhook: Webhook | None) -> AsyncIterator[str]:
    """Hears what people write in the messenger, in turn with other processes; the bot's name."""
    telegram = here.telegram
    if telegram is None:
        yield ""
        return
    await telegram.start(listen=False, webhook=webhook)
    turn = Turn(telegram, here.application.transactions.lease)
    looking = Ticker(turn.look, LOOK_SECONDS)
    if not webhook:
        await turn.look()
        looking.start()
    try:
        yield telegram.username
    finally:
        if not webhook:
            looking.stop()


async def run(settings: Settings, token: str | None) -> None:
    """Serve until a signal asks to stop; then finish the round and the taps in hand."""
    asyncio.get_running_loop().set_exception_handler(log_lost_error)
    stopping = _signals()
    async with _built(settings, token) as here:
        recovered = await here.application.fieldwork.recover()
        async with _page(settings, here) as webhook, _listening(here, webhook) as name:
            log.info("listening", bot=name, interrupted_attempts=recovered)
            await _serve(here, settings.fieldwork.tick_seconds, stopping)
    log.info("stopped")


async def tick_once(settings: Settings, token: str | None, clock: Clock = utc_now) -> Round:
    """One round of fieldwork and its upkeep through all channels, without listening to any."""
    async with _built(settings, token, clock) as here:
        await here.application.fieldwork.recover()
        if here.telegram:
            await here.telegram.start(listen=False)
        return await _round(here)


async def name_of_bot(settings: Settings, token: str) -> str:
    """The bot's user name, which proves that the token works."""
    async with _built(settings, token) as here:
        assert here.telegram is not None  # noqa: S101 - it was built with a token
        await here.telegram.start(listen=False)
        return here.telegram.username


def _signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


async def _round(here: Running) -> Round:
    """A round of fieldwork and what is seen to after it."""
    began = asyncio.get_running_loop().time()
    done = await here.application.fieldwork.tick()
    took = asyncio.get_running_loop().time() - began
    await asyncio.to_thread(here.housekeeping.after_round, utc_now(), took)
    return done


async def _serve(here: Running, seconds: int, stopping: asyncio.Event) -> None:
    """Tick until told to stop; the round under way is finished."""
    one_at_a_time = asyncio.Lock()
    menus = Menus()

    async def one_round() -> None:
        async with one_at_a_time:
            try:
                await menus.keep(here.application.transactions, here.telegram)
                done = await _round(here)
            except OperationalError as error:
                log.error("round_failed", says=trouble_of(error))
            else:
                log.info("tick", opened=done.opened, closed=done.closed, **done.outcomes)

    ticker = Ticker(one_round, seconds)
    ticker.start()
    await one_round()
    await stopping.wait()
    ticker.pause()
    async with one_at_a_time:
        ticker.stop()
