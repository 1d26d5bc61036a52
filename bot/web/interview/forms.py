"""Translates what a browser sends: query parameters to page queries, form fields to messages.

None of it can be trusted; what is not understood is ignored.
"""

import re
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict, QueryParams
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bot.messaging.messages import Addressed, Commanded, Filled, HandedIn, Inbound, Sender, Tapped
from bot.messaging.tokens import read_token
from bot.participants.buttons import CASE_ACTIONS
from bot.web.guard import UPLOAD
from bot.web.interview.page import Page, PageQuery, View
from bot.web.interview.rendering import form_of
from storage.people.links import Purpose
from surveys.planning.channels import WEB
from surveys.wording import LONGEST_TAG

FORM = "application/x-www-form-urlencoded"
"""What browsers send for the forms of the pages."""
HERE = Sender(WEB, "")
"""The sender of a page: the link identifies the person, a browser has no identifier."""
MOST_DIGITS = 9
MOST_FIELDS = 200
MOST_BYTES_WITH_FILE = 11 * 1024 * 1024
"""The limit for a form with a file, of which 10 MB may be the file."""
LONGEST_VALUE = 10_000
"""The most characters of an answer. Questions have lower limits of their own."""
Fields = ImmutableMultiDict[str, str]
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s;\"]*)", re.IGNORECASE)


def page_query_of(parameters: QueryParams, purpose: Purpose) -> PageQuery:
    """Return the page that is asked for; unknown views and cases are left out."""
    show = parameters.get("show", "")
    view = View(show) if show in set(View) else View.HERE
    return PageQuery(purpose, _number(parameters.get("case", "")), view)


def fields_of(content_type: str, body: bytes, purpose: Purpose) -> Fields:
    """Return the fields of a form. Raises HTTPException if it is no form of a page in UTF-8.

    Mail programs may POST a stop link in another form (RFC 8058); all of them mean stop.
    """
    charset = _CHARSET.search(content_type)
    if charset is not None and charset[1].lower() not in ("utf-8", "utf8"):
        raise HTTPException(400)
    if content_type.partition(";")[0].strip().lower() != FORM:
        if purpose is Purpose.STOP:
            return Fields()
        raise HTTPException(400)
    try:
        text = body.decode("utf-8")
        fields = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise HTTPException(400) from None
    return Fields(fields)


def is_upload(request: Request) -> bool:
    """Return whether a request says that it sends a form with a file."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return request.method == "POST" and kind == UPLOAD.decode()


async def read_upload(request: Request) -> tuple[Fields, bytes | None]:
    """Return the fields and the file of a form; None for the file if none was chosen.

    Its name is not read. Raises HTTPException if it is no form of a page.
    """
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as sent:
            pairs = [(name, one) for name, one in sent.multi_items() if isinstance(one, str)]
            files = [one for one in sent.values() if not isinstance(one, str) and one.filename]
            return Fields(pairs), await files[0].read() if files else None
    except (MultiPartException, ValueError):
        raise HTTPException(400) from None


def place_in(form: Fields) -> tuple[int | None, int | None]:
    """Return the case and the number of the question that a form names; None for no number."""
    return _number(form.get("case", "")), _number(form.get("item", ""))


def read_form(form: Fields, query: PageQuery) -> Inbound | None:
    """Return the message of a form: a button, a command or an answer; None for anything else."""
    tap = form.get("tap")
    if tap is not None:
        return Tapped(HERE, tap)
    language = form.get("language")
    if language is not None:
        return Commanded(HERE, "language", language) if len(language) <= LONGEST_TAG else None
    if query.purpose is Purpose.STOP or form.get("stop"):
        return Commanded(HERE, "stop")
    message = form.get("message")
    if message is not None:
        return Addressed(HERE, _plain(message))
    case_id, item = place_in(form)
    if case_id is None or item is None:
        return None
    values = tuple(_plain(value) for value in form.getlist("value"))
    return Filled(HERE, case_id, item, values)


def _plain(value: str) -> str:
    """Return a text as it was typed. Browsers send line ends as CR LF."""
    text = value.replace("\r\n", "\n")
    if len(text) > LONGEST_VALUE:
        raise HTTPException(413)
    return text


def typed_again(page: Page, sent: Inbound) -> tuple[str, ...] | None:
    """Return the values that were sent if `page` asks the same question again, else None."""
    form = form_of(page, None) if isinstance(sent, Filled) and page.card is None else None
    if form is None or not isinstance(sent, Filled):
        return None
    return sent.values if (form.case_id, form.item) == (sent.case_id, sent.item) else None


def case_of(sent: Inbound) -> int | None:
    """Return the case that a message is about, which the next page shows; None if it names none."""
    if isinstance(sent, Filled | HandedIn):
        return sent.case_id
    token = read_token(sent.token) if isinstance(sent, Tapped) else None
    return token.numbers[0] if token and token.action in CASE_ACTIONS else None


def _number(text: str) -> int | None:
    fits = len(text) <= MOST_DIGITS and text.isascii() and text.isdecimal()
    return int(text) if fits else None
