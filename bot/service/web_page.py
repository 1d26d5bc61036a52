"""The web server of a service: personal pages, health and metrics, and the webhook if it is set."""

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog

from bot.channels.telegram import Webhook
from bot.operations.health import Health, health_of
from bot.service.assembly import Service
from bot.service.wiring import Application
from bot.settings.config import Settings, WebSettings
from surveys.problems import BadInput, Problem

log = structlog.get_logger("run")


@asynccontextmanager
async def web_server(settings: Settings, service: Service) -> AsyncIterator[Webhook | None]:
    """Serve the web page if it has an address; give the webhook for the messenger, if one is set.

    Raises BadInput if the port cannot be opened.
    """
    web = settings.web
    if web.public_url is None:
        yield None
        return
    from bot.web import WebServer

    app, webhook = web_app(settings, service, web.public_url)
    server = WebServer(app, web.host, web.port, web.trusted_proxies)
    try:
        port = await server.start()
    except OSError as error:
        raise _cannot_serve(web, error) from None
    log.info("web_server_started", url=web.public_url, port=port)
    try:
        yield webhook
    finally:
        await server.stop()


def web_app(settings: Settings, service: Service, public_url: str) -> tuple[Any, Webhook | None]:
    """Return the ASGI application with all routes, and the webhook if the settings ask for one."""
    from bot.web import WEBHOOK_PATH, build_app, operations_routes, webhook_route

    telegram, metrics, webhook = service.telegram, service.housekeeping.metrics, None
    health = partial(_health, service.application)
    routes = operations_routes(health, metrics.text if metrics else None)
    if telegram and settings.telegram.webhook:
        webhook = Webhook(public_url + WEBHOOK_PATH, secrets.token_urlsafe(32))
        routes.append(webhook_route(webhook.secret, telegram.take))
    return build_app(service.application.pages, public_url, routes), webhook


def _health(application: Application) -> Health:
    return health_of(application.transactions.database, application.office, application.clock())


def _cannot_serve(web: WebSettings, error: OSError) -> BadInput:
    fix = "Perhaps followup runs already, or another program uses the port."
    message, where = f"{os.strerror(error.errno or 0)}.", f"{web.host}:{web.port}"
    return BadInput((Problem("configuration", "web.port", message, where, fix),))
