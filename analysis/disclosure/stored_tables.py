"""What a report told readers outside of each question, as plain data: stored with it, and read again.

It is printed and cannot be taken back, so a later report tells less and does not ask again what the
program would tell of it today.
"""

from collections.abc import Mapping
from typing import Any

from analysis.disclosure.bases import with_all_asked
from analysis.disclosure.question import Question, Row, Telling
from analysis.disclosure.variables import Tables


def stored(question: Question, key: str, rows: tuple[Row, ...]) -> dict[str, Any]:
    """Return the rows of a set, and whether its base holds all that it asked."""
    whole = key in question.blanks and len(question.crowds[key]) == len(question.everybody(key))
    return {
        "all_asked": whole,
        "rows": [[list(one.codes), one.units, one.telling.value, one.rest] for one in rows],
    }


def read_again(
    question: Question, told: Mapping[str, Mapping[str, Any]]
) -> tuple[Question, Tables]:
    """Return a question and its rows by set, as `told` has them; no rows of what it has not."""
    there = {key: one for key, one in told.items() if key in question.crowds}
    wide = frozenset(key for key, one in there.items() if one["all_asked"])
    tables = {key: tuple(map(_row, one["rows"])) for key, one in there.items()}
    return with_all_asked(question, wide), tables


def _row(found: list[Any]) -> Row:
    codes, units, telling, rest = found
    return Row(tuple(codes), units, Telling(telling), rest)
