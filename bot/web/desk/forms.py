"""Reads the forms of the desk. None of what they contain can be trusted."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bot.web.desk.visits import Form, SentFile

MOST_FIELDS = 2_000
LONGEST_FIELD = 64 * 1024
"""The most bytes of one field of a form with a file."""
MOST_BYTES = 512 * 1024
"""The limit for a form without a file: a table that was pasted."""
MOST_BYTES_WITH_FILE = 3 * 1024 * 1024
"""The limit for a form with a file, of which 2 MB may be the file."""
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read_form(request: Request) -> Form:
    """Return the form of a request. Raise HTTPException for what is no form."""
    kind, _, _ = request.headers.get("content-type", "").partition(";")
    if kind.strip().lower() not in KINDS:
        raise HTTPException(400)
    limits = {"max_files": 1, "max_fields": MOST_FIELDS, "max_part_size": LONGEST_FIELD}
    try:
        async with request.form(**limits) as sent:
            return await _form_of(sent)
    except (MultiPartException, ValueError):
        raise HTTPException(400) from None


async def _form_of(sent: FormData) -> Form:
    values: dict[str, list[str]] = {}
    files: dict[str, SentFile] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            values.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\0", ""))
        elif value.filename:
            files[name] = SentFile(value.filename, await value.read())
    return Form(values, files)


def form_of_query(request: Request) -> Form:
    """Return what the address of a question names, such as the person whom it is about."""
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        values.setdefault(name, []).append(value)
    return Form(values)
