"""The desk as an application: who comes, which row answers, and what is said if nothing can."""

import time
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import quote, urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.runtime.clock import Clock
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.web.desk import account_sign_in, notes, signing_in
from bot.web.desk.answering import Answering
from bot.web.desk.context import PREFIX, DeskContext
from bot.web.desk.forms import MOST_BYTES, MOST_BYTES_WITH_FILE, MOST_BYTES_WITH_LARGE_FILE
from bot.web.desk.rendering import FILES, file_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Visit
from bot.web.guard import BodyLimit, RateLimit, address_in
from storage.database import is_passing

FOREVER = "public, max-age=31536000, immutable"
REQUESTS_PER_MINUTE = 1200
"""The limit for one network address, which a whole office may share."""
TOO_MANY = 429
Handler = Callable[[Request], Awaitable[Response]]


def build_desk(
    transactions: Transactions,
    office: Office,
    clock: Clock,
    url: str,
    codes_key: Callable[[], bytes],
    pages: Sequence[DeskPage],
) -> ASGIApp:
    """Return the desk as an ASGI application; `url` is the address of the server as browsers see it."""
    return desk_of(DeskContext(transactions, office, clock, url, codes_key), pages)


def desk_of(context: DeskContext, pages: Sequence[DeskPage]) -> ASGIApp:
    """Return the desk as an ASGI application."""
    return _Desk(context, pages).app()


class _Desk:
    """The handlers of all routes of the desk."""

    def __init__(self, context: DeskContext, pages: Sequence[DeskPage]) -> None:
        self._context = context
        self._pages = pages
        self._requests = RateLimit(REQUESTS_PER_MINUTE, REQUESTS_PER_MINUTE, time.monotonic)

    def app(self) -> ASGIApp:
        """Return the application with its middleware."""
        routes = [
            *(Route(f"{PREFIX}/{name}", _file(name, kind)) for name, kind in FILES.items()),
            *account_sign_in.routes(self._context, PREFIX),
            *signing_in.routes(self._context, PREFIX),
            *(self._route(page) for page in self._pages),
        ]
        hosts = sorted({urlsplit(self._context.url).hostname or "", "127.0.0.1", "localhost"})
        if self._context.door.secure:
            hosts = [urlsplit(self._context.url).hostname or ""]
        guards = [Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)]
        answers = {
            HTTPException: self._refused,
            SQLAlchemyError: self._trouble,
            ClientDisconnect: _hung_up,
            500: self._fault,
        }
        served = Starlette(routes=routes, middleware=guards, exception_handlers=answers)
        served.router.redirect_slashes = False
        return served

    def _route(self, page: DeskPage) -> Route:
        most = max([MOST_BYTES, *(_most_bytes(act) for act in page.acts.values())])
        return Route(
            f"{PREFIX}{page.path}",
            self._handler(page),
            methods=["GET", "POST"] if page.acts else ["GET"],
            middleware=[Middleware(BodyLimit, most=most)],
        )

    def _handler(self, page: DeskPage) -> Handler:
        async def handle(request: Request) -> Response:
            if not self._requests.allows(address_in(request.scope)):
                raise HTTPException(TOO_MANY)
            visit = await self._context.visit_of(request)
            if visit is None:
                return await signing_in.ask_to_sign_in(self._context, request)
            return await Answering(self._context, request, visit, page).answer()

        return handle

    async def _refused(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        path = request.scope["path"]
        if status == 404 and path.endswith("/"):
            return RedirectResponse(f"{self._context.base}{quote(path.rstrip('/'))}", 303)
        # Who sends too much is told so without a look into the database.
        visit = await self._visit_if_any(request) if status != TOO_MANY else None
        return notes.page(self._context, visit, request, notes.of_status(status), status)

    async def _visit_if_any(self, request: Request) -> Visit | None:
        """Return the visit of a member; None for anybody else, and while the database is away."""
        try:
            return await self._context.visit_of(request)
        except SQLAlchemyError as error:
            if not is_passing(error):
                raise
            return None

    async def _trouble(self, request: Request, error: Exception) -> Response:
        if not is_passing(error):
            raise error
        return await notes.busy(self._context, request)

    async def _fault(self, request: Request, _error: Exception) -> Response:
        return notes.page(self._context, None, request, notes.of_status(500), 500)


def _most_bytes(act: DeskAct) -> int:
    """Return the most bytes of the form of an act."""
    if act.large:
        return MOST_BYTES_WITH_LARGE_FILE
    return MOST_BYTES_WITH_FILE if act.file else MOST_BYTES


def _file(name: str, kind: str) -> Handler:
    async def handle(_request: Request) -> Response:
        headers = {"cache-control": FOREVER}
        return Response(file_of(name), media_type=f"{kind}; charset=utf-8", headers=headers)

    return handle


async def _hung_up(_request: Request, _error: Exception) -> Response:
    """Answer a visitor who went away in the middle of a body, which is no fault."""
    return Response(status_code=400)
