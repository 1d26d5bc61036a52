"""The desk as an application: who comes, which row, what the row's handler gives, and the answer.

GET and HEAD change nothing. A POST ends in a redirect to a page that says what was done, so that
reloading it does nothing again. A question is shown by `?do=NAME`, and answered by a POST that
carries a hash of what it showed: if that has changed meanwhile, the question is asked again.
"""

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.runtime.clock import Clock
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.web.desk import notes, signing_in
from bot.web.desk.context import DeskContext
from bot.web.desk.forms import (
    MOST_BYTES,
    MOST_BYTES_WITH_FILE,
    form_of_query,
    read_form,
)
from bot.web.desk.guarding import HEADERS, TOKEN, is_token
from bot.web.desk.rendering import FILES, Shown, digest_of, file_of, render
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Download, Form, Move, Panel, Screen, Undo, Visit
from bot.web.guard import BodyLimit, RateLimit, address_in
from storage.database import Conflict, NotFound, is_passing
from storage.office.desk_sessions import keep_note
from surveys.problems import BadInput

PREFIX = "/desk"
FOREVER = "public, max-age=31536000, immutable"
REQUESTS_PER_MINUTE = 1200
"""The limit for one network address, which a whole office may share."""
TOO_MANY = 429
CHANGED = "This has changed since you looked. Nothing was done yet: please look again."
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
            *signing_in.routes(self._context, PREFIX),
            *(self._route(page) for page in self._pages),
        ]
        hosts = sorted({urlsplit(self._context.url).hostname or "", "127.0.0.1", "localhost"})
        if self._context.door.secure:
            hosts = [urlsplit(self._context.url).hostname or ""]
        guards = [Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)]
        answers = {HTTPException: self._refused, ClientDisconnect: _hung_up, 500: self._fault}
        served = Starlette(routes=routes, middleware=guards, exception_handlers=answers)
        served.router.redirect_slashes = False
        return served

    def _route(self, page: DeskPage) -> Route:
        brings_file = any(act.file for act in page.acts.values())
        most = MOST_BYTES_WITH_FILE if brings_file else MOST_BYTES
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
                return signing_in.ask_to_sign_in(self._context, request)
            try:
                return await _Answering(self._context, request, visit, page).answer()
            except SQLAlchemyError as error:
                if not is_passing(error):
                    raise
                return notes.page(self._context, visit, request, notes.BUSY, 503)

        return handle

    async def _refused(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        # Who sends too much is told so without a look into the database.
        visit = await self._context.visit_of(request) if status != TOO_MANY else None
        return notes.page(self._context, visit, request, notes.of_status(status), status)

    async def _fault(self, request: Request, _error: Exception) -> Response:
        return notes.page(self._context, None, request, notes.of_status(500), 500)


class _Answering:
    """One request of a member to one page."""

    def __init__(
        self, context: DeskContext, request: Request, visit: Visit, page: DeskPage
    ) -> None:
        self._context, self._request, self._visit, self._page = context, request, visit, page

    async def answer(self) -> Response:
        """Return the response to the request."""
        if not self._visit.may(self._page.role):
            raise HTTPException(403)
        if self._request.method == "POST":
            return await self._sent()
        return await self._shown()

    async def _shown(self) -> Response:
        name = self._request.query_params.get("do", "")
        act = self._page.acts.get(name)
        if act is None or act.ask is None:
            return await self._screen()
        self._check(act)
        form = form_of_query(self._request)
        try:
            panel = await act.ask(self._visit, form)
        except (BadInput, Conflict, NotFound) as problem:
            return await self._screen(409, errors=_lines(problem))
        return await self._screen(panel=panel, act=name)

    async def _sent(self) -> Response:
        form = await read_form(self._request)
        ours = self._context.door.from_our_pages(self._request)
        if not ours or not is_token(form.text(TOKEN), self._context.door.cookie_of(self._request)):
            raise HTTPException(403)
        name = form.text("do")
        act = self._page.acts.get(name)
        if act is None:
            raise HTTPException(404)
        self._check(act)
        return await self._acted(name, act, form)

    def _check(self, act: DeskAct) -> None:
        if not self._visit.may(act.role):
            raise HTTPException(403)

    async def _acted(self, name: str, act: DeskAct, form: Form) -> Response:
        panel: Panel | None = None
        try:
            panel = await self._question(act, form)
            seen = form.text("shown")
            if panel is not None and seen != digest_of(panel):
                changed = bool(seen) and not panel.grown
                errors = (CHANGED,) if changed else ()
                return await self._screen(409 if changed else 200, panel, name, errors, form)
            done = await act.do(self._visit, form)
        except BadInput as problem:
            panel = panel or await self._first_question(act)
            return await self._screen(422, panel, name, _lines(problem), form)
        except (Conflict, NotFound) as problem:
            return await self._screen(409, None, name, _lines(problem), form)
        if isinstance(done, Download):
            return _download(done)
        if isinstance(done, Move):
            return RedirectResponse(f"{self._context.base}{PREFIX}{done.to}", 303)
        if isinstance(done, Screen):
            return self._rendered(done, Shown(*self._where()), done.status)
        return await self._noted(done)

    async def _question(self, act: DeskAct, form: Form) -> Panel | None:
        if act.ask is None or (form.text("undo") and not act.always):
            return None
        return await act.ask(self._visit, form)

    async def _first_question(self, act: DeskAct) -> Panel | None:
        """Return the question as it was before anything was typed, None if it needs more."""
        with suppress(BadInput, Conflict, NotFound):
            return await act.ask(self._visit, Form()) if act.ask else None
        return None

    async def _noted(self, done: Done) -> Response:
        """Keep what was done for the next page, and go there."""
        number = secrets.token_hex(4)
        note = {
            "id": number,
            "said": notes.without_commands(done.said),
            "undo": [_kept(one) for one in done.undo],
        }
        await self._visit.write(keep_note, self._visit.session.id, note)
        to = self._where()[2] if done.to is None else done.to
        path, _, query = to.partition("?")
        query = f"{query}&note={number}" if query else f"note={number}"
        return RedirectResponse(f"{self._context.base}{PREFIX}{path}?{query}#note", 303)

    async def _screen(
        self,
        status: int = 200,
        panel: Panel | None = None,
        act: str = "",
        errors: tuple[str, ...] = (),
        form: Form | None = None,
    ) -> Response:
        """Return the page, with a question or with what was wrong with a form."""
        try:
            found = await self._page.show(self._visit)
        except NotFound as problem:
            return notes.page(
                self._context, self._visit, self._request, (notes.MISSING, _words(problem)), 404
            )
        except (Conflict, BadInput) as problem:
            text = (notes.NOT_NOW, _words(problem))
            return notes.page(self._context, self._visit, self._request, text, 409)
        if isinstance(found, Move):
            return RedirectResponse(f"{self._context.base}{PREFIX}{found.to}", 303)
        if isinstance(found, Download):
            return _download(found)
        shown = Shown(
            *self._where(),
            note=self._note(),
            panel=panel,
            act=act,
            digest=digest_of(panel) if panel else "",
            errors=errors,
            typed=form.values if form and errors else None,
        )
        return self._rendered(found, shown, status if status != 200 else found.status)

    def _rendered(self, screen: Screen, shown: Shown, status: int = 200) -> Response:
        return HTMLResponse(render(self._visit, screen, shown), status, HEADERS)

    def _where(self) -> tuple[str, str, str]:
        """Return the cookie, the prefix of the server, and the address below /desk."""
        cookie = self._context.door.cookie_of(self._request)
        return cookie, self._context.base, self._request.url.path.removeprefix(PREFIX)

    def _note(self) -> Mapping[str, Any] | None:
        """Return what the last act said, if this page was opened by it."""
        note = self._visit.session.note
        wanted = self._request.query_params.get("note", "")
        return note if note and wanted and note["id"] == wanted else None


def _kept(undo: Undo) -> dict[str, object]:
    return {
        "address": undo.address,
        "act": undo.act,
        "fields": [list(pair) for pair in undo.fields],
        "label": undo.label,
    }


def _words(problem: Exception) -> str:
    return notes.without_commands(str(problem))


def _lines(problem: Exception) -> tuple[str, ...]:
    return tuple(_words(problem).splitlines())


def _download(found: Download) -> Response:
    keep = f'attachment; filename="{found.name}"'
    headers = {**HEADERS, "content-disposition": keep}
    return Response(found.content, media_type=found.media_type, headers=headers)


def _file(name: str, kind: str) -> Handler:
    async def handle(_request: Request) -> Response:
        headers = {"cache-control": FOREVER}
        return Response(file_of(name), media_type=f"{kind}; charset=utf-8", headers=headers)

    return handle


async def _hung_up(_request: Request, _error: Exception) -> Response:
    """Answer a visitor who went away in the middle of a body, which is no fault."""
    return Response(status_code=400)
