"""Files that are sent to the desk: kept until what they ask is answered; and the answers of a form."""

from collections.abc import Mapping

from bot.web.desk.visits import Form, Visit, number_in
from storage.fieldwork.workshops import get_workshop
from storage.office.waiting_files import NewFile, WaitingFile, add_file, get_file
from surveys.problems import BadInput, Problem

MOST_BYTES = 2 * 1024 * 1024
PASTED = "pasted.txt"
ANSWER = "answer "
"""How the fields with answers begin; the key of the question follows."""
OTHER = "other "
"""The same for an answer that is none of the choices."""


async def keep_sent(visit: Visit, form: Form, code: str) -> int:
    """Keep a file or a table that was pasted; return its number. Raise BadInput, NotFound.

    `code` is that of its workshop, "" for a calendar.
    """
    sent, pasted = form.files.get("file"), form.text("table")
    if sent is not None:
        content, name = sent.content, sent.name or "list"
    else:
        content, name = pasted.encode(), PASTED
    if not content or len(content) > MOST_BYTES:
        message = "is larger than 2 MB." if content else "Nothing was sent."
        fix = (
            "Send the list alone, without pictures."
            if content
            else "Choose a file, or paste a table."
        )
        raise BadInput((Problem("File", "", message, name if content else "", fix),))
    if code:
        await visit.read(get_workshop, code)
    new = NewFile(visit.member.id, code, name, content)
    return await visit.write(add_file, new, visit.now)


async def waiting_file(visit: Visit) -> WaitingFile:
    """Return the file of the address, if it waits for this member. Raise NotFound."""
    number = number_in(visit.place["number"]) or 0
    return await visit.read(get_file, number, visit.member.id, visit.now)


def given_answers(form: Form) -> dict[str, str]:
    """Return the answers of a form by the keys of their questions; what was typed counts first."""
    return {**_given(form, ANSWER), **_given(form, OTHER)}


def _given(form: Form, before: str) -> Mapping[str, str]:
    return {
        name.removeprefix(before): values[-1]
        for name, values in form.values.items()
        if name.startswith(before) and values and values[-1]
    }
