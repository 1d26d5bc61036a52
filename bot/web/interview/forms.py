"""Translates what a browser sends: query parameters to page queries, form fields to messages.

None of it can be trusted; what is not understood is ignored.
"""

from starlette.datastructures import FormData, QueryParams

from bot.messaging.messages import Commanded, Filled, Inbound, Sender, Tapped
from bot.messaging.tokens import read_token
from bot.participants.buttons import CASE_ACTIONS
from bot.web.interview.page import WEB, Page, PageQuery, View
from bot.web.interview.rendering import form_of
from storage.people.links import Purpose

HERE = Sender(WEB, "")
"""The sender of a page: the link identifies the person, a browser has no identifier."""
MOST_DIGITS = 9


def page_query_of(parameters: QueryParams, purpose: Purpose) -> PageQuery:
    """Return the page that is asked for; unknown views and cases are left out."""
    show = parameters.get("show", "")
    view = View(show) if show in set(View) else View.HERE
    return PageQuery(purpose, _number(parameters.get("case", "")), view)


def read_form(form: FormData, query: PageQuery) -> Inbound | None:
    """Return the message of a form: a button, a command or an answer; None for anything else."""
    tap = form.get("tap")
    if isinstance(tap, str):
        return Tapped(HERE, tap)
    language = form.get("language")
    if isinstance(language, str):
        return Commanded(HERE, "language", language)
    if query.purpose is Purpose.STOP or form.get("stop"):
        return Commanded(HERE, "stop")
    case_id, item = _number(form.get("case")), _number(form.get("item"))
    if case_id is None or item is None:
        return None
    # Browsers send line ends as CR LF.
    values = [
        value.replace("\r\n", "\n") for value in form.getlist("value") if isinstance(value, str)
    ]
    return Filled(HERE, case_id, item, tuple(values))


def typed_again(page: Page, sent: Inbound) -> tuple[str, ...] | None:
    """Return the values that were sent if `page` asks the same question again, else None."""
    form = form_of(page, None) if isinstance(sent, Filled) and page.card is None else None
    if form is None or not isinstance(sent, Filled):
        return None
    return sent.values if (form.case_id, form.item) == (sent.case_id, sent.item) else None


def case_of(sent: Inbound) -> int | None:
    """Return the case that a message is about, which the next page shows; None if it names none."""
    if isinstance(sent, Filled):
        return sent.case_id
    token = read_token(sent.token) if isinstance(sent, Tapped) else None
    return token.numbers[0] if token and token.action in CASE_ACTIONS else None


def _number(text: object) -> int | None:
    fits = isinstance(text, str) and text.isascii() and text.isdecimal()
    return int(str(text)) if fits and len(str(text)) <= MOST_DIGITS else None
