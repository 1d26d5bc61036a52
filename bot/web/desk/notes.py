"""Pages with a heading and a sentence: what does not exist, what is not allowed, what went wrong."""

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.desk.context import DeskContext
from bot.web.desk.guarding import HEADERS
from bot.web.desk.rendering import Shown, render, render_plain
from bot.web.desk.visits import Screen, Visit

MISSING = "There is no such page"
NOT_NOW = "This cannot be shown now"
_WITH_COMMAND = re.compile(
    r"(?:(?<=^)|(?<=[.!?]))\s*(?:[^.!?`]|`(?!followup)[^`]*`)*`followup[^`]*`(?:[^.!?`]|`[^`]*`)*[.!?]?"
)
BUSY = (
    "The database is busy",
    "Please try again in a moment. What you typed was not saved: go back, it is still in the form.",
)
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


def page(
    context: DeskContext,
    visit: Visit | None,
    request: Request,
    note: tuple[str, str],
    status: int,
) -> Response:
    """Return a page with a heading and a sentence, in the frame of the desk for who is signed in."""
    heading, text = note
    if visit is None:
        values = {"title": heading, "text": text, "office": context.office.name}
        html = render_plain("plain_note.html", context.base, **values)
        return HTMLResponse(html, status, HEADERS)
    address = request.url.path.removeprefix("/desk")
    shown = Shown(context.door.cookie_of(request), context.base, address)
    screen = Screen("note.html", heading, {"text": text})
    return HTMLResponse(render(visit, screen, shown), status, HEADERS)


def without_commands(text: str) -> str:
    """Return a text without the sentences that quote a command of the terminal."""
    return _WITH_COMMAND.sub("", text).strip()
