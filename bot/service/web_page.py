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

log = structlog.get_logger("run")


@asynccontextmanager
async def web_server(settings: Settings, service: Service) -> AsyncIterator[Webhook | None]:
    """Serve the web page and the monitor if they have an address; give the webhook, if one is set.

    Raises BadInput if a port cannot be opened.
    """
    web, monitor, webhook = settings.web, settings.monitor, None
    async with AsyncExitStack() as servers:
        if web.public_url is not None:
            app, webhook = web_app(settings, service, web.public_url)
            trusted = tuple(str(network) for network in web.trusted_proxies)
            page = _served("web", app, web.host, web.port, trusted)
            port = await servers.enter_async_context(page)
            log.info("web_server_started", url=web.public_url, port=port)
        if monitor.port is not None:
            served = _served("monitor", monitor_app(service), monitor.host, monitor.port)
            log.info("monitor_started", port=await servers.enter_async_context(served))
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


def web_app(settings: Settings, service: Service, public_url: str) -> tuple[Any, Webhook | None]:
    """Return the ASGI application of the pages, and the webhook if the settings ask for one."""
    from bot.web import WEBHOOK_PATH, build_app, webhook_route

    telegram, webhook, routes = service.telegram, None, []
    if telegram and settings.telegram.webhook:
        webhook = Webhook(public_url + WEBHOOK_PATH, secrets.token_urlsafe(32))
        routes.append(webhook_route(webhook.secret, telegram.take))
    return build_app(service.application.pages, public_url, routes), webhook


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
