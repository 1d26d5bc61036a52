"""The routes of share links. The secret in the address decides alone what is shown.

Parameters are not read. GET and HEAD change nothing but the count of openings; a passphrase is sent
by POST, and its proof is kept in a cookie that goes to this link only.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.desk.reports import choices, feeds, shared
from bot.desk.reports.shared import Closed, Opened
from bot.desk.reports.sharing import PAGE
from bot.runtime.clock import Clock
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.web.guard import BodyLimit, RateLimit, address_in
from bot.web.sharing.rendering import (
    OVER,
    TOO_OFTEN,
    UNKNOWN,
    WAIT,
    WRONG,
    render_form,
    render_note,
    render_share,
)
from storage.database import Conflict, NotFound
from storage.office.share_links import Share

BAD_LINKS_PER_MINUTE = 30
REQUESTS_PER_MINUTE = 300
READS_PER_MINUTE, READS_AT_ONCE = 2, 20
"""The limit for one feed, whoever reads it: 120 an hour."""
SOON, AGAIN = 3.0, 5
"""How many seconds a reader waits for a file that is being drawn, and then until asking again."""
KEPT = 60.0
"""How many seconds a drawing waits for who asked for it: later, a quote may be taken out of it."""
BEING_DRAWN = b""
"""In place of a file that is not ready. No file is empty."""
MOST_BYTES = 2 * 1024
COOKIE = "share"
HOUR = 3600
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""A report brings its own styles and pictures; it runs nothing and sends nothing."""
Handler = Callable[[Request], Awaitable[Response]]
Drawing = asyncio.Task[bytes | None]


def share_routes(
    transactions: Transactions, office: Office, clock: Clock, public_url: str
) -> Sequence[BaseRoute]:
    """Return the routes of share links, for the server of the personal pages."""
    return _Shares(transactions, office, clock, public_url).routes()


class _Shares:
    """The handlers of share links."""

    def __init__(
        self, transactions: Transactions, office: Office, clock: Clock, public_url: str
    ) -> None:
        self._transactions, self._office, self._clock = transactions, office, clock
        self._secure = public_url.startswith("https:")
        self._base = urlsplit(public_url).path
        self._bad = RateLimit(BAD_LINKS_PER_MINUTE, BAD_LINKS_PER_MINUTE, time.monotonic)
        self._reads = RateLimit(READS_PER_MINUTE, READS_AT_ONCE, time.monotonic)
        self._drawn: dict[tuple[str, str], Drawing] = {}
        self._one = asyncio.Semaphore(1)
        self._all = RateLimit(REQUESTS_PER_MINUTE, REQUESTS_PER_MINUTE, time.monotonic)

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes of the page, of its files and of feeds."""
        limited = [Middleware(BodyLimit, most=MOST_BYTES)]
        return (
            Route("/r/{secret}", self._page, methods=["GET", "POST"], middleware=limited),
            Route("/r/{secret}/{form}", self._file),
            Route("/feed/{secret}/{form}", self._feed),
        )

    async def _page(self, request: Request) -> Response:
        found = await self._opened(request)
        if isinstance(found, Response):
            return found
        if request.method == "POST":
            return await self._tried(request, found)
        if not found.lets_in(request.cookies.get(COOKIE, "")):
            return self._ask(request)
        await self._count(request, found)
        secret = request.path_params["secret"]
        return self._html(render_share(self._office, self._base, secret, found.share))

    async def _file(self, request: Request) -> Response:
        found = await self._opened(request)
        if isinstance(found, Response):
            return found
        if not found.lets_in(request.cookies.get(COOKIE, "")):
            return RedirectResponse(self._address(request), 303)
        form = request.path_params["form"]
        content = await self._content(found.share, form)
        if content is BEING_DRAWN:
            return self._wait()
        if content is None:
            return self._note(UNKNOWN, 404)
        return Response(content, headers=_headers(form, found))

    async def _content(self, share: Share, form: str) -> bytes | None:
        """Return a stored file, or one that is drawn soon; BEING_DRAWN if that takes longer."""
        stored = await self._transactions.read(shared.shared_file, share, form)
        if stored is not None:
            return stored
        key = (share.code, form)
        task = self._drawn.get(key) or self._begun(key, share, form)
        await asyncio.wait({task}, timeout=SOON)
        if not task.done():
            return BEING_DRAWN
        self._forget(key, task)
        return task.result()

    def _begun(self, key: tuple[str, str], share: Share, form: str) -> Drawing:
        """Begin to draw a file, which is forgotten soon if nobody comes back for it."""
        task = self._drawn[key] = asyncio.create_task(self._draw(share, form))
        later = asyncio.get_running_loop().call_later
        task.add_done_callback(lambda _: later(KEPT, self._forget, key, task))
        return task

    def _forget(self, key: tuple[str, str], task: Drawing) -> None:
        if self._drawn.get(key) is task:
            del self._drawn[key]

    async def _draw(self, share: Share, form: str) -> bytes | None:
        """Draw a file in another process, one after the other."""
        async with self._one:
            drawing = (self._transactions.patient, self._office, share, form, self._clock())
            return await asyncio.to_thread(shared.drawn_again, *drawing)

    def _wait(self) -> Response:
        """Return the page of a file that is not ready; browsers open it again by themselves."""
        answer = self._note(WAIT, 202)
        answer.headers["refresh"] = answer.headers["retry-after"] = str(AGAIN)
        return answer

    async def _feed(self, request: Request) -> Response:
        """Answer a spreadsheet; what it has already is not sent again."""
        found, form = await self._opened(request, feeds.FEED), request.path_params["form"]
        if isinstance(found, Response):
            return found
        if form not in feeds.FORMS:
            return self._note(UNKNOWN, 404)
        if not self._reads.allows(found.share.code):
            return PlainTextResponse("", 429, {"retry-after": "60"})
        try:
            content = await self._figures(found.share, form)
        except (Conflict, NotFound):
            return PlainTextResponse("", 410)
        await self._count(request, found)
        tag = f'"{sha256(content).hexdigest()}"'
        headers = {"etag": tag, "content-type": feeds.FORMS[form]}
        if tag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers)

    async def _figures(self, share: Share, form: str) -> bytes:
        """Return a file of a feed. Figures that are not stored yet are drawn for its first reader."""
        reading = (self._transactions.patient, self._office, share, form, self._clock())
        if await self._transactions.read(feeds.has_figures, self._office, share):
            return await asyncio.to_thread(feeds.read_feed, *reading)
        async with self._one:
            return await asyncio.to_thread(feeds.read_feed, *reading)

    async def _opened(self, request: Request, kind: str = PAGE) -> Opened | Response:
        """Return the link of the address, or the page that says why there is none."""
        address = address_in(request.scope)
        if not self._all.allows(address):
            return self._note(TOO_OFTEN, 429)
        secret, now = request.path_params["secret"], self._clock()
        found = await self._transactions.read(shared.open_share, secret, now, kind)
        if isinstance(found, Opened):
            return found
        if not self._bad.allows(address):
            return self._note(TOO_OFTEN, 429)
        known = found is Closed.OVER
        return self._note(OVER if known else UNKNOWN, 410 if known else 404)

    async def _tried(self, request: Request, found: Opened) -> Response:
        """Compare a passphrase. The try is counted before, so that many at once are no help."""
        share = found.share
        typed = _passphrase(await request.body())
        if not share.passphrase:
            return RedirectResponse(self._address(request), 303)
        if not await self._transactions.write(shared.may_try, share, self._clock()):
            return self._note(TOO_OFTEN, 429)
        if not await asyncio.to_thread(shared.is_right, share, typed):
            return self._ask(request, WRONG, 403)
        await self._transactions.write(shared.note_right, share)
        return self._let_in(request, found)

    def _let_in(self, request: Request, found: Opened) -> Response:
        path = self._address(request)
        answer = RedirectResponse(path, 303)
        answer.set_cookie(
            COOKIE,
            found.key,
            max_age=HOUR,
            path=path,
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _count(self, request: Request, found: Opened) -> None:
        if request.method == "GET":
            await self._transactions.write(shared.note_opened, found.share, self._clock())

    def _address(self, request: Request) -> str:
        return f"{self._base}/r/{request.path_params['secret']}"

    def _ask(self, request: Request, said: str = "", status: int = 200) -> Response:
        return self._html(render_form(self._office, self._base, said), status)

    def _note(self, note: tuple[str, str], status: int) -> Response:
        return self._html(render_note(self._office, self._base, note), status)

    def _html(self, page: str, status: int = 200) -> Response:
        return HTMLResponse(page, status)


def _headers(form: str, found: Opened) -> dict[str, str]:
    """Return the headers of a file: a report is shown without anything that could run."""
    headers = {"content-type": choices.media_type(form)}
    if form == "html":
        return headers | {"content-security-policy": REPORT_POLICY}
    name = f"report-{found.share.code}.{form}"
    return headers | {"content-disposition": f'attachment; filename="{name}"'}


def _passphrase(body: bytes) -> str:
    """Return the passphrase that a form sends, '' if there is none."""
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=5)
    except ValueError:
        raise HTTPException(400) from None
    return next(iter(fields.get("passphrase", ())), "")
