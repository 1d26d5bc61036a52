"""Pages with a heading and a sentence: what does not exist, what is not allowed, what went wrong."""

import secrets
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.desk.context import DeskContext
from bot.web.desk.forms import read_form
from bot.web.desk.guarding import HEADERS, TOKEN
from bot.web.desk.rendering import Shown, render, render_plain
from bot.web.desk.visits import Done, Screen, Undo, Visit
from bot.web.desk.wording import without_commands
from storage.office.desk_sessions import keep_note

MISSING = "There is no such page"
NOT_NOW = "This cannot be shown now"
BUSY = ("The database is busy", "Nothing was changed. Please try again in a moment.")
OUT = (
    "Sign in to the desk",
    "You are not signed in any more. Nothing was changed. Send /desk to the bot, and open the link "
    "that it sends. Without the messenger, ask an administrator for a link.",
)
OUTDATED = (
    "This page is out of date",
    "You have signed in again since it was opened. Nothing was changed. Open the page again.",
)
OF_FORMS = (TOKEN, "do", "shown", "seen", "undo", "read")
"""Fields that our pages fill in, which nobody has typed."""
MAY_ASK = (200, 401, 404, 422, 502)
"""With which answers a page outside a session offers other ways to sign in."""
_BY_STATUS = {
    400: ("This form could not be read", "Please go back and send it again."),
    403: (
        "You may not do this",
        "It needs another role, or the page was open for too long. Nothing was changed. Open the "
        "page again, or ask an administrator of the office.",
    ),
    404: (MISSING, "The address may be cut off, or what it shows was removed since."),
    405: (MISSING, "The address may be cut off, or what it shows was removed since."),
    413: ("This is too large", "A file may have 2 MB. Split it and send its parts."),
    429: ("Too many tries", "Please wait a minute and try again."),
    500: (
        "Something went wrong here",
        "The fault is noted. Nothing is half done: look whether it was done, and try again if not.",
    ),
}


def of_status(status: int) -> tuple[str, str]:
    """Return the heading and the sentence for a status of HTTP."""
    return _BY_STATUS.get(status, _BY_STATUS[500])


@dataclass(frozen=True)
class Kept:
    """A form that was not taken: what was typed, and all fields to send them `again`, if it can be.

    `email` is what was typed to get a letter; `left` says that somebody has signed out just now.
    """

    typed: tuple[tuple[str, str], ...] = ()
    file: str = ""
    again: tuple[tuple[str, str], ...] = ()
    address: str = ""
    email: str = ""
    left: bool = False


async def keep_done(visit: Visit, done: Done) -> str:
    """Keep what was done for the next page of the session; return the number of the note."""
    number = secrets.token_hex(4)
    said, undo = without_commands(done.said), [_undo(one) for one in done.undo]
    await visit.write(keep_note, visit.session.id, {"id": number, "said": said, "undo": undo})
    return number


def _undo(undo: Undo) -> dict[str, object]:
    return {
        "address": undo.address,
        "act": undo.act,
        "fields": [list(pair) for pair in undo.fields],
        "label": undo.label,
    }


async def busy(context: DeskContext, request: Request) -> Response:
    """Return the page for who comes while the database is away, with the form to be sent again."""
    kept = await _kept(context, request)
    if kept is not None:
        address = context.base + quote(request.scope["path"])
        sent = (await read_form(request)).pairs() if not kept.file else ()
        kept = replace(kept, again=sent, address=address)
    return page(context, None, request, BUSY, 503, kept)


async def signed_out(context: DeskContext, request: Request) -> Response:
    """Return the page for who sent a form and is not signed in any more, with what was typed."""
    return page(context, None, request, OUT, 401, await _kept(context, request))


async def outdated(context: DeskContext, visit: Visit, request: Request) -> Response:
    """Return the page for a form of an earlier session, with what was typed."""
    return page(context, visit, request, OUTDATED, 403, await _kept(context, request))


async def _kept(context: DeskContext, request: Request) -> Kept | None:
    """Return the form that one of our pages sent; None for any other, and if it cannot be read."""
    ours = context.door.from_our_pages(request) and context.door.cookie_of(request)
    if request.method != "POST" or not ours:
        return None
    try:
        form = await read_form(request)
    except HTTPException:
        return None
    typed = tuple((name, text) for name, text in form.pairs() if name not in OF_FORMS and text)
    return Kept(typed, ", ".join(one.name for one in form.files.values()))


def page(
    context: DeskContext,
    visit: Visit | None,
    request: Request,
    note: tuple[str, str],
    status: int,
    kept: Kept | None = None,
) -> Response:
    """Return a page with a heading and a sentence, in the frame of the desk for who is signed in.

    Who is not may sign in there with an account, or ask for a letter.
    """
    heading, text = note
    if visit is None:
        asks = status in MAY_ASK
        more = {"kept": kept, "letters": context.letters is not None and asks}
        more |= {"accounts": context.provider is not None and asks}
        named = {"title": heading, "text": text, "office": context.office.name}
        html = render_plain("plain_note.html", context.base, **named, **more)
        return HTMLResponse(html, status, HEADERS)
    address = request.url.path.removeprefix("/desk")
    shown = Shown(context.door.cookie_of(request), context.base, address)
    screen = Screen("note.html", heading, {"text": text, "kept": kept})
    return HTMLResponse(render(visit, screen, shown), status, HEADERS)
