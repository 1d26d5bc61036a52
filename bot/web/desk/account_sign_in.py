"""The addresses to sign in with an account of the office, at its provider (OpenID Connect).

The way goes by a page of ours with a link and not by a redirect of the form: browsers let a form of
our pages lead to our pages only. Nothing that comes with the answer says where it goes on.
"""

import time

import structlog
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.access.accounts.attempts import LONGEST, Attempt, new_attempt
from bot.access.accounts.provider import BACK, Provider, ProviderDown
from bot.access.accounts.tokens import Account, AccountRefused
from bot.desk.office.accounts import bind_account, enter
from bot.desk.office.signing_in import sign_out
from bot.web.desk import notes
from bot.web.desk.context import DeskContext
from bot.web.desk.forms import read_form
from bot.web.desk.guarding import HEADERS, TOKEN, browser_name, is_token
from bot.web.desk.pages.account import ADDRESS, of_bound
from bot.web.desk.rendering import render_plain
from bot.web.desk.visits import Done, Visit
from bot.web.guard import BodyLimit, RateLimit, address_in
from storage.database import Conflict
from storage.office.staff_accounts import use_sign_in

A_MINUTE = 30
"""So many requests a minute from one network lead to the provider."""
SECONDS = 600
"""How long somebody may take at the provider."""
BINDS = "bind."
"""How the cookie of an attempt begins that binds an account to who is signed in."""
LONGEST_CODE = 4096
OTHER_WAYS = (
    "You can also send /desk to the bot, and open the link that it sends. Without the messenger, ask "
    "an administrator for a link."
)
DOWN = (
    "The accounts of the office cannot be reached",
    f"Nobody was signed in. Please try again in a few minutes. {OTHER_WAYS}",
)
REFUSED = (
    "This did not sign you in",
    "It took longer than ten minutes, it was opened for the second time or in another browser, or "
    f"the accounts of the office did not confirm who you are. Please begin again. {OTHER_WAYS}",
)
UNKNOWN = (
    "This account is not known here",
    "Nobody was signed in. An administrator of the desk lets people in. If you are one of the staff, "
    "sign in with a link once, and choose “Your account” at the foot of the page. "
    f"{OTHER_WAYS}",
)
log = structlog.get_logger("accounts")


def routes(context: DeskContext, prefix: str) -> list[Route]:
    """Return the routes; none if the office has no such accounts."""
    if context.provider is None:
        return []
    return _AccountSignIn(context, context.provider, prefix).routes()


class _AccountSignIn:
    """The handlers of the routes."""

    def __init__(self, context: DeskContext, provider: Provider, prefix: str) -> None:
        self._context = context
        self._provider = provider
        self._path = f"{prefix}/sign-in/account"
        self._desk = context.base + prefix
        self._sign_in = f"{context.url.rstrip('/')}{prefix}/sign-in"
        self._back = f"{context.url.rstrip('/')}{BACK}"
        self._asked = RateLimit(A_MINUTE, A_MINUTE, time.monotonic)

    def routes(self) -> list[Route]:
        limited = [Middleware(BodyLimit)]
        return [
            Route(self._path, self._begun, methods=["POST"], middleware=limited),
            Route(f"{self._path}/back", self._answered, methods=["GET"]),
            Route(f"{self._path}/out", self._out, methods=["GET"]),
        ]

    async def _begun(self, request: Request) -> Response:
        """Send a browser to the provider."""
        self._pace(request)
        form = await read_form(request)
        if not self._context.door.from_our_pages(request):
            raise HTTPException(403)
        session = self._context.door.cookie_of(request) if form.text("bind") else ""
        if session and not is_token(form.text(TOKEN), session):
            raise HTTPException(403)
        attempt = new_attempt(session)
        try:
            to = await self._provider.address_for(attempt, self._back, again=bool(session))
        except (ProviderDown, AccountRefused) as error:
            return await self._down(request, error)
        return self._leaving(to, attempt)

    def _leaving(self, to: str, attempt: Attempt) -> Response:
        values = {"title": "Going to the accounts of the office", "address": to}
        office = self._context.office.name
        html = render_plain("to_provider.html", self._context.base, office=office, **values)
        response = HTMLResponse(html, headers=HEADERS)
        cookie = f"{BINDS if attempt.session else ''}{attempt.secret}"
        self._context.door.begin(response, cookie, SECONDS)
        return response

    async def _answered(self, request: Request) -> Response:
        """Take the answer of the provider, once."""
        self._pace(request)
        visit = await self._context.visit_of(request)
        try:
            response = await self._entered(request, visit)
        except ProviderDown as error:
            response = await self._down(request, error)
        except AccountRefused as error:
            log.warning("account_refused", why=error.why)
            response = self._note(request, visit, REFUSED, 401)
        self._context.door.end(response)
        return response

    async def _entered(self, request: Request, visit: Visit | None) -> Response:
        attempt = await self._taken(request)
        code, now = request.query_params["code"], self._context.clock()
        account = await self._provider.account_for(code, attempt, self._back, now)
        if attempt.session:
            return await self._bound(request, visit, account)
        return await self._let_in(request, visit, account)

    async def _taken(self, request: Request) -> Attempt:
        """Return the attempt that an answer belongs to. Raises AccountRefused if there is none."""
        attempt, answer = self._attempt(request), request.query_params
        if attempt is None or not attempt.is_answered_by(answer.get("state", "")):
            raise AccountRefused("state")
        if answer.get("iss", self._provider.issuer) != self._provider.issuer:
            raise AccountRefused("issuer")
        if not 0 < len(answer.get("code", "")) <= LONGEST_CODE:
            raise AccountRefused("no code")
        write, now = self._context.transactions.write, self._context.clock()
        if not await write(use_sign_in, attempt.secret, now):
            raise AccountRefused("used")
        return attempt

    def _attempt(self, request: Request) -> Attempt | None:
        cookie = self._context.door.attempt_of(request)
        if not 0 < len(cookie) <= LONGEST:
            return None
        binds = cookie.startswith(BINDS)
        session = self._context.door.cookie_of(request) if binds else ""
        if binds and not session:
            return None
        return Attempt(cookie.removeprefix(BINDS), session)

    async def _let_in(self, request: Request, visit: Visit | None, account: Account) -> Response:
        """Begin a session; one that the browser had before ends."""
        browser = browser_name(request.headers.get("user-agent", ""))
        write, now = self._context.transactions.write, self._context.clock()
        cookie = await write(enter, account, browser, now)
        if cookie is None:
            log.warning("account_refused", why="nobody's")
            return self._note(request, visit, UNKNOWN, 401)
        if visit is not None:
            await visit.write(sign_out, visit.session, visit.now)
        response = RedirectResponse(self._desk, 303, HEADERS)
        self._context.door.open(response, cookie)
        return response

    async def _bound(self, request: Request, visit: Visit | None, account: Account) -> Response:
        if visit is None:
            raise AccountRefused("session")
        try:
            done = await visit.write(bind_account, visit.office, visit.member, account, visit.now)
        except Conflict as problem:
            return self._note(request, visit, ("This account is not used", str(problem)), 409)
        return await self._done(visit, of_bound(done))

    async def _done(self, visit: Visit, done: Done) -> Response:
        note = await notes.keep_done(visit, done)
        return RedirectResponse(f"{self._desk}{ADDRESS}?note={note}#note", 303, HEADERS)

    async def _out(self, request: Request) -> Response:
        """Send a browser to the page of the provider that signs out of the account."""
        self._pace(request)
        try:
            to = await self._provider.sign_out_address(self._sign_in)
        except (ProviderDown, AccountRefused) as error:
            return await self._down(request, error)
        return RedirectResponse(to or self._sign_in, 303, HEADERS)

    async def _down(self, request: Request, error: Exception) -> Response:
        log.warning("accounts_not_reached", why=str(error))
        visit = await self._context.visit_of(request)
        return self._note(request, visit, DOWN, 502)

    def _note(
        self, request: Request, visit: Visit | None, note: tuple[str, str], status: int
    ) -> Response:
        return notes.page(self._context, visit, request, note, status)

    def _pace(self, request: Request) -> None:
        if not self._asked.allows(address_in(request.scope)):
            raise HTTPException(429)
