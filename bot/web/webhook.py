"""The webhook: the route to which a messenger pushes its updates.

Checks the secret that comes with them. Does not know what updates contain.
"""

import hmac
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.guard import BodyLimit
from storage.database import is_passing

PATH = "/telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
MOST_BYTES = 1024 * 1024
"""The limit for one update, which quotes the message it answers with all its buttons."""


def webhook_route(secret: str, take: Callable[[bytes], Awaitable[None]]) -> Route:
    """Return the route for updates. `take` returns when an update is stored.

    The route answers 200 only after that: the messenger pushes again what was not confirmed. It
    answers 503 while the database cannot be used.
    """

    async def pushed(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            raise HTTPException(403)
        try:
            await take(await request.body())
        except SQLAlchemyError as error:
            if not is_passing(error):
                raise
            raise HTTPException(503) from None
        return PlainTextResponse("")

    guard = Middleware(BodyLimit, most=MOST_BYTES)
    return Route(PATH, pushed, methods=["POST"], middleware=[guard])
