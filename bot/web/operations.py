"""Two addresses for machines that watch over the bot: /healthz, and /metrics where it is wanted.

They say levels and figures in the words of `followup doctor`, and nothing of a person.
"""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.operations.health import Health

Reading = Callable[[], Health]
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
FRESH = {"cache-control": "no-store"}


def operations_routes(health: Reading, metrics: Callable[[], bytes] | None) -> list[Route]:
    """The routes; both readings look into the database and run in a thread."""

    async def healthz(_request: Request) -> Response:
        found = await asyncio.to_thread(health)
        said = {
            "well": found.well,
            "at": found.at.isoformat(),
            "checks": {one.name: {"level": one.level, "says": one.says} for one in found.checks},
        }
        return JSONResponse(said, 200 if found.well else 503, FRESH)

    async def figures(_request: Request) -> Response:
        assert metrics is not None  # noqa: S101 - there is no such address otherwise
        content = await asyncio.to_thread(metrics)
        return Response(content, media_type=METRICS_TYPE, headers=FRESH)

    routes = [Route("/healthz", healthz)]
    return [*routes, Route("/metrics", figures)] if metrics else routes
