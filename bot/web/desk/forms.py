"""Reads the forms of the desk. None of what they contain can be trusted."""

import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bot.runtime.sandbox import file_label
from bot.web.desk.visits import Form, SentFile

MOST_FIELDS = 2_000
LONGEST_FIELD = 2 * 1024 * 1024
"""The most bytes of one field: a table that was pasted is as large as a file may be."""
MOST_BYTES = 512 * 1024
"""The limit for a form without a file."""
MOST_BYTES_WITH_FILE = 3 * 1024 * 1024
"""The limit for a form with a file, of which 2 MB may be the file."""
MOST_BYTES_WITH_LARGE_FILE = 11 * 1024 * 1024
"""The limit for a form with a picture or a document, of which 10 MB may be the file."""
TOO_LARGE = "exceeded maximum size"
"""What the library says of a field that is longer than allowed."""
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Signs that no database takes, and that no browser sends."""
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read_form(request: Request) -> Form:
    """Return the form of a request, which is read once. Raise HTTPException for what is no form."""
    known: Form | None = getattr(request.state, "form", None)
    if known is None:
        known = request.state.form = await _read(request)
    return known


async def _read(request: Request) -> Form:
    kind, _, _ = request.headers.get("content-type", "").partition(";")
    if kind.strip().lower() not in KINDS:
        raise HTTPException(400)
    limits = {"max_files": 1, "max_fields": MOST_FIELDS, "max_part_size": LONGEST_FIELD}
    try:
        async with request.form(**limits) as sent:
            return await _form_of(sent)
    except HTTPException as refused:
        too_large = refused.status_code == 413 or TOO_LARGE in str(refused.detail)
        raise HTTPException(413 if too_large else 400) from None
    except (MultiPartException, ValueError):
        raise HTTPException(400) from None


async def _form_of(sent: FormData) -> Form:
    texts = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
    files: dict[str, SentFile] = {}
    for name, value in sent.multi_items():
        if not isinstance(value, str) and value.filename:
            files[name] = SentFile(file_label(value.filename), await value.read())
    return Form(_values(texts), files)


def _values(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(storable(name), []).append(storable(value.replace("\r\n", "\n")))
    return values


def form_of_query(request: Request) -> Form:
    """Return what the address of a question names, such as the person whom it is about."""
    return Form(_values(request.query_params.multi_items()))


def storable(text: str) -> str:
    """Return a text without signs that no database takes."""
    return UNSTORABLE.sub("", text)


def all_storable(values: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of an address without signs that no database takes."""
    return {name: storable(value) for name, value in values.items()}
