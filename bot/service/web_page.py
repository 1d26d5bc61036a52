"""The web servers of a service: personal pages with the webhook, and what monitors read."""

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

import structlog

from bot.channels.telegram import Webhook
from bot.operations.health import Health, health_of
from bot.service.assembly import Service
from bot.service.wiring import Application
from bot.settings.config import Settings
from surveys.problems import BadInput, Problem

LOCAL = "127.0.0.1"
log = structlog.get_logger("run")


@asynccontextmanager
async def web_server(settings: Settings, service: Service) -> AsyncIterator[Webhook | None]:
    """Serve the desk, the web page and the monitor; give the webhook, if one is set.

    Without a public address there is no web page, and the desk is served to this machine only; if its
    port is taken, perhaps by another process of the same bot, the bot works without. Raises BadInput
    if another port cannot be opened.
    """
    web, monitor = settings.web, settings.monitor
    async with AsyncExitStack() as servers:
        if monitor.port is not None:
            served = _served("monitor", monitor_app(service), monitor.host, monitor.port)
            log.info("monitor_started", port=await servers.enter_async_context(served))
        app, webhook = web_app(settings, service)
        trusted = tuple(str(network) for network in web.trusted_proxies)
        host = web.host if web.public_url else LOCAL
        try:
            port = await servers.enter_async_context(_served("web", app, host, web.port, trusted))
            log.info("web_server_started", url=desk_url(settings), port=port)
        except BadInput:
            if web.public_url is not None or service.telegram is None:
                raise
            log.warning("desk_not_served", port=web.port, why="the port is taken")
        yield webhook


@asynccontextmanager
async def _served(
    section: str, app: Any, host: str, port: int, trusted: tuple[str, ...] = ()
) -> AsyncIterator[int]:
    """Serve an application and give its port; `section` is the part of the settings that names it."""
    from bot.web import WebServer

    server = WebServer(app, host, port, trusted)
    try:
        opened = await server.start()
    except OSError as error:
        raise _cannot_serve(section, f"{host}:{port}", error) from None
    try:
        yield opened
    finally:
        await server.stop()


def web_app(settings: Settings, service: Service) -> tuple[Any, Webhook | None]:
    """Return the ASGI application of desk and pages, and the webhook if the settings ask for one."""
    from bot.web import Doors

    public_url = settings.web.public_url
    desk = _desk(settings, service)
    if public_url is None:
        return Doors(desk, None), None
    pages, webhook = _pages(settings, service, public_url)
    return Doors(desk, pages), webhook


def desk_url(settings: Settings) -> str:
    """Return the address at which browsers of the staff find this server."""
    return settings.web.public_url or f"http://{LOCAL}:{settings.web.port}"


def _desk(settings: Settings, service: Service) -> Any:
    from bot.access.accounts.provider import provider_of
    from bot.settings.shown import settings_shown
    from bot.web import DESK_PAGES, Configuration, DeskContext, desk_of

    application = service.application
    working = (application.transactions, application.office, application.clock)
    # The job that sends letters begins after the server.
    letters = (lambda: application.letters.soon()) if settings.email.host else None
    reached = (desk_url(settings), settings.codes_key)
    shown = Configuration(settings.file, settings_shown(settings))
    accounts = provider_of(settings.desk.oidc)
    context = DeskContext(
        *working, *reached, letters=letters, configuration=shown, provider=accounts
    )
    return desk_of(context, DESK_PAGES)


def _pages(settings: Settings, service: Service, public_url: str) -> tuple[Any, Webhook | None]:
    from bot.web import WEBHOOK_PATH, build_app, share_routes, webhook_route

    telegram, webhook, application = service.telegram, None, service.application
    working = (application.transactions, application.office, application.clock)
    routes = [*share_routes(*working, public_url)]
    if telegram and settings.telegram.webhook:
        webhook = Webhook(public_url + WEBHOOK_PATH, secrets.token_urlsafe(32))
        routes.append(webhook_route(webhook.secret, telegram.take))
    return build_app(application.pages, public_url, routes), webhook


def monitor_app(service: Service) -> Any:
    """Return the ASGI application that monitors read."""
    from bot.web import build_monitor

    metrics = service.housekeeping.metrics
    health = partial(_health, service.application)
    return build_monitor(health, metrics.text if metrics else None)


def _health(application: Application) -> Health:
    return health_of(application.transactions.database, application.office, application.clock())


def _cannot_serve(section: str, where: str, error: OSError) -> BadInput:
    fix = "Perhaps followup runs already, or another program uses the port."
    message = f"{os.strerror(error.errno or 0)}."
    return BadInput((Problem("configuration", f"{section}.port", message, where, fix),))
