"""The routes of the web page: personal links, stop links, and a few public pages.

GET and HEAD change nothing. A POST goes to the use cases and ends in a redirect, so that reloading
the page does not send it again. No address is logged, because addresses contain secrets.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from bot.access.links import PATHS
from bot.messaging.messages import Inbound
from bot.web.guard import AtOnce, BodyLimit, Headers, RateLimit, address_in
from bot.web.interview.forms import (
    MOST_BYTES_WITH_FILE,
    Fields,
    case_of,
    fields_of,
    is_upload,
    page_query_of,
    read_form,
    typed_again,
)
from bot.web.interview.page import BadLink, Page, PageQuery, View
from bot.web.interview.pages import Pages
from bot.web.interview.rendering import Site, render, render_note, style
from bot.web.interview.uploads import upload_of
from storage.people.links import Purpose
from surveys.wording import ENGLISH, N_, Words, best_language, worded_languages

BAD_LINKS_PER_MINUTE = 30
REQUESTS_PER_MINUTE = 1200
"""The limit for one network address, which a whole office or workshop may share."""
MOST_AT_ONCE = 400
"""The limit for the pages that are worked on at the same time. The webhook is not among them."""
MOST_UPLOADS = 24
"""The limit for the forms with a file that are taken in at the same time."""
Handler = Callable[[Request], Awaitable[Response]]
FOREVER = "public, max-age=31536000, immutable"

UNKNOWN = (
    N_("This link does not work."),
    N_(
        "Part of the link may be missing. Please copy the whole link. If that does "
        "not help, write to {contact}."
    ),
)
OVER = (
    N_("This link is no longer in use."),
    N_("Please use the link in our latest message, or ask {contact}."),
)
WELCOME = (
    N_("Follow-up of workshops"),
    N_("Please open the personal link that you have received from us. Questions: {contact}."),
)
TOO_OFTEN = (
    N_("Too many tries."),
    N_("Please wait a minute and try again. Questions: {contact}."),
)
FAULT = (
    N_("Something went wrong here."),
    N_("Please try again. Your earlier answers are saved. Questions: {contact}."),
)
NOTES = {
    404: (N_("This page does not exist."), WELCOME[1]),
    405: (N_("This page does not exist."), WELCOME[1]),
    413: (
        N_("Your text is too long."),
        N_("Please go back and make it shorter. Questions: {contact}."),
    ),
    429: TOO_OFTEN,
}


def build_app(pages: Pages, public_url: str, more: Sequence[BaseRoute] = ()) -> ASGIApp:
    """Return the web page as an ASGI application; `more` are other routes on the same server."""
    return _Web(pages, public_url).app(more)


class _Web:
    """The handlers of all routes."""

    def __init__(self, pages: Pages, public_url: str) -> None:
        parts = urlsplit(public_url)
        self._pages = pages
        self._host = parts.hostname or ""
        self._site = Site(pages.office.name, pages.office.contact, parts.path)
        self._bad_links = RateLimit(BAD_LINKS_PER_MINUTE, BAD_LINKS_PER_MINUTE, time.monotonic)
        self._requests = RateLimit(REQUESTS_PER_MINUTE, REQUESTS_PER_MINUTE, time.monotonic)
        self._at_once = AtOnce(MOST_AT_ONCE)
        self._uploads = AtOnce(MOST_UPLOADS)
        self._takes_files = pages.office.files.asked

    def app(self, more: Sequence[BaseRoute]) -> ASGIApp:
        """Return the application with its middleware."""
        most = MOST_BYTES_WITH_FILE if self._takes_files else 0
        links = [
            Route(
                f"/{path}/{{secret}}",
                self._handler(purpose),
                methods=["GET", "POST"],
                middleware=[Middleware(BodyLimit, uploads=most)],
            )
            for purpose, path in PATHS.items()
        ]
        routes = [
            *links,
            Route("/", self._welcome),
            Route("/style.css", _style),
            Route("/robots.txt", _robots),
            *more,
        ]
        guards = [
            Middleware(TrustedHostMiddleware, allowed_hosts=[self._host], www_redirect=False),
        ]
        answers = {HTTPException: self._refused, ClientDisconnect: _hung_up, 500: self._fault}
        served = Starlette(routes=routes, middleware=guards, exception_handlers=answers)
        # The library would redirect to the host that the visitor names.
        served.router.redirect_slashes = False
        # Outermost, so that error responses have the headers too.
        return Headers(served)

    def _handler(self, purpose: Purpose) -> Handler:
        async def handle(request: Request) -> Response:
            if not self._requests.allows(address_in(request.scope)):
                raise HTTPException(429)
            query = page_query_of(request.query_params, purpose)
            if self._takes_files and query.purpose is Purpose.INTERVIEW and is_upload(request):
                with self._uploads.one():
                    return await self._uploaded(request, query)
            sent = await _sent(request, query) if request.method == "POST" else None
            with self._at_once.one():
                return await self._answer(request, query, sent)

        return handle

    async def _answer(self, request: Request, query: PageQuery, sent: Fields | None) -> Response:
        secret = request.path_params["secret"]
        if sent is not None:
            return await self._taken(request, secret, query, sent)
        if query.view is View.COPY:
            return await self._copy(request, secret, query)
        return self._shown(request, await self._pages.show(secret, query))

    def _shown(
        self,
        request: Request,
        found: Page | BadLink,
        status: int = 200,
        typed: tuple[str, ...] | None = None,
    ) -> Response:
        if isinstance(found, Page):
            return HTMLResponse(render(self._site, found, typed), status)
        if not self._bad_links.allows(address_in(request.scope)):
            raise HTTPException(429)
        known = found is BadLink.EXPIRED
        return self._note(request, OVER if known else UNKNOWN, 410 if known else 404)

    async def _taken(
        self, request: Request, secret: str, query: PageQuery, sent: Fields
    ) -> Response:
        inbound = read_form(sent, query)
        if inbound is None:
            return self._shown(request, await self._pages.show(secret, query), 422)
        page = await self._pages.take(secret, query, inbound)
        return await self._replied(request, secret, query, inbound, page)

    async def _uploaded(self, request: Request, query: PageQuery) -> Response:
        """Take the form of a question that asks for a file."""
        secret, taken = request.path_params["secret"], await upload_of(self._pages, request, query)
        if taken.shown is not None:
            return self._shown(request, taken.shown, 422)
        if taken.sent is None:
            return await self._taken(request, secret, query, taken.fields or Fields())
        return await self._replied(request, secret, query, taken.sent, taken.page)

    async def _replied(
        self,
        request: Request,
        secret: str,
        query: PageQuery,
        inbound: Inbound,
        page: Page | BadLink | None,
    ) -> Response:
        """Return the page about a message, or the way to the next one."""
        if page is not None:
            typed = typed_again(page, inbound) if isinstance(page, Page) else None
            done = isinstance(page, Page) and not page.remark
            return self._shown(request, page, 200 if done else 422, typed)
        if query.purpose is Purpose.STOP:
            # Mail programs that POST the stop link follow no redirect (RFC 8058).
            return self._shown(request, await self._pages.show(secret, PageQuery(query.purpose)))
        case_id = case_of(inbound) or query.case_id
        parameters = f"?case={case_id}" if case_id is not None else ""
        if query.view is View.CHANNELS:
            parameters = f"?show={View.CHANNELS}"  # the page that marks the chosen channel
        path = f"{self._site.base}/{PATHS[query.purpose]}/{secret}{parameters}"
        return RedirectResponse(path, 303)

    async def _copy(self, request: Request, secret: str, query: PageQuery) -> Response:
        """Return the copy of the personal data as a download."""
        found = await self._pages.copy(secret, query)
        if isinstance(found, BadLink):
            return self._shown(request, found)
        keep = f'attachment; filename="{found.name}"'
        return Response(
            found.content,
            media_type="application/json",
            headers={"content-disposition": keep},
        )

    async def _welcome(self, request: Request) -> Response:
        return self._note(request, WELCOME, 200)

    async def _refused(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            return self._note(request, FAULT, 500)
        answer = self._note(request, NOTES.get(error.status_code, FAULT), error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    async def _fault(self, request: Request, _error: Exception) -> Response:
        return self._note(request, FAULT, 500)

    def _note(self, request: Request, note: tuple[str, str], status: int) -> Response:
        words = Words(_language(request))
        heading, text = words(note[0]), words(note[1], contact=self._site.contact)
        return HTMLResponse(render_note(self._site, words, heading, text), status)


async def _sent(request: Request, query: PageQuery) -> Fields:
    """Return the fields that a request sends."""
    content_type = request.headers.get("content-type", "")
    return fields_of(content_type, await request.body(), query.purpose)


async def _hung_up(_request: Request, _error: Exception) -> Response:
    """Answer a visitor who went away in the middle of a body, which is no fault."""
    return Response(status_code=400)


async def _style(_request: Request) -> Response:
    return Response(style(), media_type="text/css", headers={"cache-control": FOREVER})


async def _robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def _language(request: Request) -> str:
    """Return the first language of the browser, for pages that belong to no person."""
    wanted = request.headers.get("accept-language", "").partition(",")[0].partition(";")[0]
    return best_language(wanted.strip(), worded_languages()) or ENGLISH
