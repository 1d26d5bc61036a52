"""What a browser sends, as the use cases know it: query and form fields to wishes and messages.

Everything here may have been written by anybody; what is not understood is nothing.
"""

from starlette.datastructures import FormData, QueryParams

from bot.messaging.messages import Commanded, Filled, Inbound, Sender, Tapped
from bot.messaging.tokens import read_token
from bot.participants.buttons import CASE_ACTIONS
from bot.web.interview.pages import WEB, Page, View, Wish
from bot.web.interview.rendering import form_of
from storage.people.links import Purpose

HERE = Sender(WEB, "")
"""The link says who it is; a browser has no address of its own."""
MOST_DIGITS = 9


def wish_of(query: QueryParams, purpose: Purpose) -> Wish:
    """What is to be shown."""
    show = query.get("show", "")
    view = View(show) if show in set(View) else View.HERE
    return Wish(purpose, _number(query.get("case", "")), view)


def read_form(form: FormData, wish: Wish) -> Inbound | None:
    """What was sent: a button, or the form of a question; None for anything else."""
    tap = form.get("tap")
    if isinstance(tap, str):
        return Tapped(HERE, tap)
    language = form.get("language")
    if isinstance(language, str):
        return Commanded(HERE, "language", language)
    if wish.purpose is Purpose.STOP or form.get("stop"):
        return Commanded(HERE, "stop")
    case_id, item = _number(form.get("case")), _number(form.get("item"))
    if case_id is None or item is None:
        return None
    # Browsers end lines of a text in the way of old mail.
    values = [
        value.replace("\r\n", "\n") for value in form.getlist("value") if isinstance(value, str)
    ]
    return Filled(HERE, case_id, item, tuple(values))


def typed_again(page: Page, sent: Inbound) -> tuple[str, ...] | None:
    """What was sent, to be corrected on a page that asks the same question; None elsewhere."""
    form = form_of(page, None) if isinstance(sent, Filled) and page.card is None else None
    if form is None or not isinstance(sent, Filled):
        return None
    return sent.values if (form.case_id, form.item) == (sent.case_id, sent.item) else None


def case_of(sent: Inbound) -> int | None:
    """The case that something is about, so that the next page shows the same one."""
    if isinstance(sent, Filled):
        return sent.case_id
    token = read_token(sent.token) if isinstance(sent, Tapped) else None
    return token.numbers[0] if token and token.action in CASE_ACTIONS else None


def _number(text: object) -> int | None:
    fits = isinstance(text, str) and text.isascii() and text.isdecimal()
    return int(str(text)) if fits and len(str(text)) <= MOST_DIGITS else None
