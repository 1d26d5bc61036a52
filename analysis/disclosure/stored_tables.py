"""What a report told readers outside of each question, as plain data: stored with it, and read again.

It is printed and cannot be taken back, so a later report tells less and does not ask again what the
program would tell of it today.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.disclosure.crowds import choosing
from analysis.disclosure.printed import Tables
from analysis.disclosure.protection import protected
from analysis.disclosure.question import Question, Row, Telling

Stored = dict[str, Any]
"""The rows of a set with its base, and whether that holds people without an answer."""


def stored(question: Question, key: str, rows: tuple[Row, ...]) -> Stored:
    """Return what is told of a set."""
    return {
        "base": len(question.crowds[key]),
        "blanks": key in question.blanks,
        "rows": [[list(one.codes), one.units, one.telling.value, one.rest] for one in rows],
    }


def read_again(question: Question, told: Mapping[str, Stored]) -> tuple[Question, Tables]:
    """Return a question and its rows by set, as `told` has them; no rows of what it has not.

    Rows that are not true of the people of today, of whom some were erased or removed, are worked out
    again.
    """
    tables: dict[str, tuple[Row, ...]] = {}
    for key, one in told.items():
        if key not in question.crowds:
            continue
        if found := as_stored(question, key, one):
            question, tables[key] = found
        else:
            question = _with_base(question, key, one)
            _, again = protected(only_of(question, key))
            tables[key] = again.get(key, ())
    return question, tables


def as_stored(
    question: Question, key: str, one: Stored
) -> tuple[Question, tuple[Row, ...]] | None:
    """Return a question and its rows in a set as they were told; None if they are no longer true."""
    if key not in question.crowds:
        return None
    question = _with_base(question, key, one)
    rows = tuple(map(_row, one["rows"]))
    return (question, rows) if _true(question, key, rows, one["base"]) else None


def _with_base(question: Question, key: str, one: Stored) -> Question:
    """Return a question with the base of a set as it was told.

    Whether it holds those without an answer, or also the silent ones, depended on other sets.
    """
    if key not in question.asked:
        return question
    everybody = question.everybody(key)
    layers = [{unit: said for unit, said in everybody.items() if said.codes}]
    if one["blanks"]:
        replied = {unit: said for unit, said in everybody.items() if said.codes or said.replied}
        layers = [replied, dict(everybody)]
    found = (base for base in layers if len(base) == one["base"])
    crowds = {**question.crowds, key: next(found, question.crowds[key])}
    blanks = question.blanks - {key} | ({key} if one["blanks"] else set())
    return replace(question, crowds=crowds, blanks=blanks)


def only_of(question: Question, key: str) -> Question:
    """Return a question in one set."""
    asked = {key: question.asked[key]} if key in question.asked else {}
    return replace(question, crowds={key: question.crowds[key]}, asked=asked)


def _true(question: Question, key: str, rows: tuple[Row, ...], base: int) -> bool:
    """Return whether rows and a base are those of the units of a set."""
    crowd = question.crowds[key]
    counts = (len(choosing(crowd, one.codes)) == one.units for one in rows)
    return len(crowd) == base and all(counts)


def _row(found: list[Any]) -> Row:
    codes, units, telling, rest = found
    return Row(tuple(codes), units, Telling(telling), rest)
