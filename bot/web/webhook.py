"""The door through which a messenger brings its updates itself, instead of being asked for them.

Knows that a secret must come with them and that they count only when they are committed; not what
they say.
"""

import hmac
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.guard import BodyLimit

PATH = "/telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
MOST_BYTES = 1024 * 1024
"""An update quotes the message it answers, with all buttons of that."""


def webhook_route(secret: str, take: Callable[[bytes], Awaitable[bool]]) -> Route:
    """The route for updates. `take` returns when an update is committed; False if it is none.

    Answers 200 only then: what is not confirmed is brought again.
    """

    async def brought(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            raise HTTPException(403)
        known = await take(await request.body())
        return PlainTextResponse("", 200 if known else 400)

    guard = Middleware(BodyLimit, most=MOST_BYTES)
    return Route(PATH, brought, methods=["POST"], middleware=[guard])
