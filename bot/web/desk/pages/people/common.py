"""What the acts on people share: where they lead, what takes them back, and forms that stay open."""

from collections.abc import Awaitable
from typing import TypeVar

from bot.desk.people import acts
from bot.web.desk.visits import Done, Field, Form, Undo, Visit
from storage.database import Conflict, NotFound
from storage.people.participants import participant_with
from surveys.people import Participant
from surveys.problems import BadInput, Problem

T = TypeVar("T")
AGAIN = ("again", "yes")
"""A field of an Undo: what it does was looked at before, and is not asked again."""
NOT_DONE = "Nothing was done"


async def person_of(visit: Visit) -> Participant:
    """Return the person whom the address names. NotFound if there is none."""
    return await visit.read(participant_with, visit.place["code"])


def page_of(code: str) -> str:
    """Return the address of a person below /desk."""
    return f"/people/{code}"


def is_undo(form: Form) -> bool:
    """Return whether a form comes from an Undo."""
    return form.text(AGAIN[0]) == AGAIN[1]


def back(code: str, act: str, *fields: tuple[str, str], label: str = "Undo") -> Undo:
    """Return what takes an act on a person back, without a question."""
    return Undo(page_of(code), act, (*fields, AGAIN), label)


def noted(done: acts.Done, *undo: Undo) -> Done:
    """Return what an act of the desk did, with its undo if anything was changed."""
    return Done(done.said, undo if done.changed else ())


async def typed(doing: Awaitable[T]) -> T:
    """Return a result; a refusal of what was typed leaves the form open, with what stands in it."""
    try:
        return await doing
    except (Conflict, NotFound) as problem:
        raise BadInput([Problem(NOT_DONE, "", str(problem))]) from None


def line(name: str, label: str, value: str = "", hint: str = "", *, must: bool = True) -> Field:
    """Return a field of one line."""
    return Field(name, label, value=value, hint=hint, required=must)
