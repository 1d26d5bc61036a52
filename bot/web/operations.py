"""What monitors read: /healthz, and /metrics if the settings ask for it.

It has an address of its own, because it is not for visitors of the page. The routes give the levels
and figures of `followup doctor`, and no personal data.
"""

import asyncio
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.operations.health import Health

HealthCheck = Callable[[], Health]
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
NO_CACHE = {"cache-control": "no-store"}


def build_monitor(health: HealthCheck, metrics: Callable[[], bytes] | None) -> ASGIApp:
    """Return the application. `health` and `metrics` read the database and run in a thread."""

    async def healthz(_request: Request) -> Response:
        found = await asyncio.to_thread(health)
        said = {
            "well": found.well,
            "at": found.at.isoformat(),
            "checks": {one.name: {"level": one.level, "says": one.says} for one in found.checks},
        }
        return JSONResponse(said, 200 if found.well else 503, NO_CACHE)

    async def figures(_request: Request) -> Response:
        assert metrics is not None  # noqa: S101 - there is no such route otherwise
        content = await asyncio.to_thread(metrics)
        return Response(content, media_type=METRICS_TYPE, headers=NO_CACHE)

    routes = [Route("/healthz", healthz)]
    return Starlette(routes=[*routes, Route("/metrics", figures)] if metrics else routes)
