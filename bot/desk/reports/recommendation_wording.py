"""What staff write of a recommendation, and what it needs before it is released."""

from dataclasses import dataclass, replace
from datetime import date

from storage.database import Conflict
from surveys.problems import BadInput, Problem
from surveys.recommendation import Content

LONGEST = 500
NOT_WHOLE = (
    "Recommendation {number} has no {missing} yet. "
    "`followup recommendation change {number} {options}` gives it."
)


@dataclass(frozen=True)
class Wording:
    """What staff write; None for what stays as it is."""

    words: str | None = None
    owner: str | None = None
    due_on: date | None = None


def worded(before: Content, wording: Wording) -> Content:
    """Return a recommendation with the new words. BadInput for none, and for too long ones."""
    words = before.words if wording.words is None else " ".join(wording.words.split())
    owner = before.owner if wording.owner is None else " ".join(wording.owner.split())
    check_length("WORDS", words)
    check_length("--owner", owner)
    if not words:
        raise BadInput((Problem("WORDS", "", "is empty."),))
    return replace(before, words=words, owner=owner, due_on=wording.due_on or before.due_on)


def check_length(place: str, text: str) -> None:
    """Raise BadInput for a text that is too long."""
    if len(text) > LONGEST:
        raise BadInput((Problem(place, "", f"is longer than {LONGEST} letters.", text),))


def check_whole(number: int, one: Content) -> None:
    """Raise Conflict for a recommendation without an owner or a day."""
    wanted = (
        ("owner", bool(one.owner), "--owner WHO"),
        ("day", one.due_on is not None, "--due DAY"),
    )
    missing = [(name, option) for name, there, option in wanted if not there]
    if missing:
        names, options = zip(*missing, strict=True)
        told = " and no ".join(names)
        raise Conflict(NOT_WHOLE.format(number=number, missing=told, options=" ".join(options)))
