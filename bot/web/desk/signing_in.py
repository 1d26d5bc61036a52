"""The addresses to sign in and to sign out.

Opening a link shows a page with one button: mail programs and messengers open links by themselves,
and must not use them up. Whoever types an address for a letter is told the same, known or not.
"""

import time

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.desk.office import signing_in
from bot.desk.office.sign_in_letters import ask_for_letter
from bot.desk.office.staff_addresses import is_address
from bot.web.desk import notes
from bot.web.desk.context import DeskContext
from bot.web.desk.forms import read_form
from bot.web.desk.guarding import HEADERS, TOKEN, browser_name, is_token
from bot.web.desk.rendering import render_plain
from bot.web.guard import BodyLimit, RateLimit, address_in

WRONG_A_MINUTE = 30
LETTERS_A_MINUTE = 10
"""So many letters are asked for from one network, which a whole office may share."""
LONGEST_SECRET = 100
WRONG = (
    "This link does not work",
    "It works once, for 15 minutes. Send /desk to the bot for a new one, or ask an administrator.",
)
USED = (
    "This link was used just now",
    "It works once. If it was you, the desk is open in the other window. If it was not, tell an "
    "administrator, who can end that session under Office. For a new link send /desk to the bot.",
)
SIGN_IN = (
    "Sign in to the desk",
    "Send /desk to the bot, and open the link that it sends. Without the messenger, ask an "
    "administrator for a link.",
)
SENT = (
    "Look into your mailbox",
    "If this is the address of somebody of the staff, a letter with a link is on its way. The link "
    "works once, for 15 minutes. At most three letters an hour are sent to an address. If none comes, "
    "ask an administrator whether the office has your address.",
)
LEFT = ("You are signed out", "Nobody is signed in to the desk in this browser.")
NO_ADDRESS = (
    "This is not an e-mail address",
    "Write it as in eva@example.org, one address and nothing else.",
)


def routes(context: DeskContext, prefix: str) -> list[Route]:
    """Return the routes of signing in and out."""
    wrong = RateLimit(WRONG_A_MINUTE, WRONG_A_MINUTE, time.monotonic)

    async def link(request: Request) -> Response:
        secret = request.path_params["secret"][:LONGEST_SECRET]
        if request.method == "POST":
            return await _signed_in(context, request, secret, wrong, prefix)
        owner = await context.transactions.read(signing_in.link_owner, secret, context.clock())
        if owner is None:
            return await _refused(context, request, secret, wrong)
        values = {"title": "Sign in", "owner": owner.label or owner.code, "role": owner.role}
        html = render_plain("sign_in.html", context.base, office=context.office.name, **values)
        return HTMLResponse(html, headers=HEADERS)

    async def out(request: Request) -> Response:
        return await _signed_out(context, request, prefix)

    asked = RateLimit(LETTERS_A_MINUTE, LETTERS_A_MINUTE, time.monotonic)

    async def how(request: Request) -> Response:
        if request.method == "POST":
            return await _asked(context, request, asked, prefix)
        if "out" in request.query_params and context.provider is not None:
            return notes.page(context, None, request, LEFT, 200, notes.Kept(left=True))
        sent = "sent" in request.query_params and context.letters is not None
        return notes.page(context, None, request, SENT if sent else SIGN_IN, 200)

    limited = [Middleware(BodyLimit)]
    return [
        Route(f"{prefix}/sign-in", how, methods=["GET", "POST"], middleware=limited),
        Route(f"{prefix}/sign-in/{{secret}}", link, methods=["GET", "POST"], middleware=limited),
        Route(f"{prefix}/sign-out", out, methods=["POST"], middleware=limited),
    ]


async def ask_to_sign_in(context: DeskContext, request: Request) -> Response:
    """Return the page for somebody who is not signed in, or not any more."""
    if request.method == "POST":
        return await notes.signed_out(context, request)
    return notes.page(context, None, request, SIGN_IN, 401)


async def _asked(
    context: DeskContext, request: Request, asked: RateLimit, prefix: str
) -> Response:
    """Take an address for a letter; the answer says nothing about it."""
    form = await read_form(request)
    if context.letters is None:
        raise HTTPException(405)
    if not context.door.from_our_pages(request):
        raise HTTPException(403)
    if not asked.allows(address_in(request.scope)):
        raise HTTPException(429)
    typed = form.text("email")
    if not is_address(typed):
        return notes.page(context, None, request, NO_ADDRESS, 422, notes.Kept(email=typed))
    await context.transactions.write(ask_for_letter, typed, context.clock())
    context.letters()
    return RedirectResponse(f"{context.base}{prefix}/sign-in?sent", 303, HEADERS)


async def _signed_in(
    context: DeskContext, request: Request, secret: str, wrong: RateLimit, prefix: str
) -> Response:
    await request.body()
    if not context.door.from_our_pages(request):
        raise HTTPException(403)
    browser = browser_name(request.headers.get("user-agent", ""))
    before = await context.visit_of(request)
    cookie = await context.transactions.write(signing_in.sign_in, secret, browser, context.clock())
    if cookie is None:
        return await _refused(context, request, secret, wrong)
    if before is not None:
        await before.write(signing_in.sign_out, before.session, before.now)
    response = RedirectResponse(f"{context.base}{prefix}", 303, HEADERS)
    context.door.open(response, cookie)
    return response


async def _signed_out(context: DeskContext, request: Request, prefix: str) -> Response:
    visit = await context.visit_of(request)
    if visit is None:
        return await ask_to_sign_in(context, request)
    form = await read_form(request)
    ours = context.door.from_our_pages(request)
    if not ours or not is_token(form.text(TOKEN), context.door.cookie_of(request)):
        raise HTTPException(403)
    await visit.write(signing_in.sign_out, visit.session, visit.now)
    then = "?out" if context.provider is not None else ""
    response = RedirectResponse(f"{context.base}{prefix}/sign-in{then}", 303, HEADERS)
    context.door.close(response)
    return response


async def _refused(
    context: DeskContext, request: Request, secret: str, wrong: RateLimit
) -> Response:
    if not wrong.allows(address_in(request.scope)):
        raise HTTPException(429)
    used = await context.transactions.read(signing_in.was_used, secret, context.clock())
    return notes.page(context, None, request, USED if used else WRONG, 404)
