"""One server with two doors: the desk of the staff below /desk, personal pages everywhere else."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.guard import Headers

DESK = "/desk"


class Doors:
    """The desk and, if the office has a public address, the personal pages."""

    def __init__(self, desk: ASGIApp, pages: ASGIApp | None) -> None:
        self.pages = pages or PlainTextResponse("", 404)
        self.desk = Headers(desk)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        path = scope.get("path", "")
        below = path == DESK or path.startswith(f"{DESK}/")
        await (self.desk if below else self.pages)(scope, receive, send)
