"""The columns that a questionnaire gives to the wide files, whatever was answered.

They depend on the pinned versions alone: every item of every version, one column for each option of a
question with several answers. Knows levels of measurement, never item types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from surveys.items import type_of
from surveys.items.base import Level
from surveys.items.open_text import MOST_CHARACTERS
from surveys.questionnaire import Item, NonAnswer, Questionnaire

CODED = (Level.NOMINAL, Level.ORDINAL)


class Missing(StrEnum):
    """Why a cell holds no answer. No option can have such a code: brackets are not allowed there.

    NOT_REACHED: the interview is not complete, so the item may have been asked later, or never.
    LEFT_OUT: told of nobody in the group of this person; in the bundles for viewers only.
    """

    NOT_ASKED = "(not asked)"
    NOT_REACHED = "(not reached)"
    SKIPPED = "(skipped)"
    NOT_IN_VERSION = "(not in this version)"
    LEFT_OUT = "(left out)"


NOT_ANSWERED = tuple(mark for mark in Missing if mark is not Missing.LEFT_OUT)


@dataclass(frozen=True)
class Value:
    """One option: its stored code, its full label in the default language, if it is no answer."""

    code: str
    label: str
    non_answer: NonAnswer | None = None


@dataclass(frozen=True)
class Variable:
    """One column: an item, or one option of an item with several answers (then `option`).

    `values` are all options of all versions; `versions` those that have the column; `longest` is
    how many characters an answer in words may have. A column that scores a reversed item has in
    `turned` the sum of its lowest and highest step; the score is that less the answer. `marks` are
    the reasons for a missing answer that its cells may have.
    """

    column: str
    item: str
    option: str
    level: Level
    label: str
    values: tuple[Value, ...]
    versions: frozenset[int]
    longest: int
    turned: Decimal | None = None
    marks: tuple[Missing, ...] = NOT_ANSWERED


def variables(versions: Mapping[int, Questionnaire]) -> tuple[Variable, ...]:
    """Return the columns of one questionnaire over its versions.

    The newest version gives the order and the labels; columns of older versions only come last. An item
    that was measured differently in another version becomes a column of texts.
    """
    found: dict[str, Variable] = {}
    for number in sorted(versions, reverse=True):
        for item in versions[number].items:
            for one in _of_item(versions[number], number, item):
                known = found.get(one.column)
                found[one.column] = _merged(known, one) if known else one
    return tuple(found.values())


def column_of(item: str, option: str = "") -> str:
    """Return the heading of a column; no item has `/` in its name, so headings are unique."""
    return f"{item}/{option}" if option else item


def scored_column(item: str) -> str:
    """Return the heading of the column with the scores of a reversed item; its own stays raw."""
    return f"{item}:scored"


def values_of(questionnaire: Questionnaire, item: Item) -> tuple[Value, ...]:
    """Return the options of an item in the default language: those of its list, or of its type."""
    language = questionnaire.default_language
    listed = tuple(
        Value(o.name, questionnaire.text(o.label, language) or o.name, o.non_answer)
        for o in questionnaire.options(item)
    )
    return listed or tuple(Value(c.code, c.label) for c in type_of(item.type).choices(item))


def _of_item(questionnaire: Questionnaire, version: int, item: Item) -> tuple[Variable, ...]:
    level = type_of(item.type).level
    if level is Level.NOTHING:
        return ()
    values = values_of(questionnaire, item)
    label = questionnaire.text(item.label, questionnaire.default_language)
    several = level is Level.SET
    whole = Variable(
        column=column_of(item.name),
        item=item.name,
        option="",
        level=level,
        label=label,
        values=values if level in CODED else (),
        versions=frozenset({version}),
        longest=int(item.parameters.get("max", MOST_CHARACTERS)) if level is Level.WORDS else 0,
    )
    if item.parameters.get("reversed"):
        ends = Decimal(values[0].code) + Decimal(values[-1].code)
        scored = f"{label} | scored"
        return (whole, replace(whole, column=scored_column(item.name), label=scored, turned=ends))
    return tuple(_of_option(whole, value) for value in values) if several else (whole,)


def _of_option(whole: Variable, value: Value) -> Variable:
    return replace(
        whole,
        column=column_of(whole.item, value.code),
        option=value.code,
        label=f"{value.label} | {whole.label}",
        values=(value,),
    )


def _merged(newer: Variable, older: Variable) -> Variable:
    if newer.turned != older.turned:
        return newer  # an older scale with other ends is not scored on the newer one
    codes = {value.code for value in newer.values}
    more = tuple(value for value in older.values if value.code not in codes)
    return replace(
        newer,
        level=newer.level if newer.level is older.level else Level.WORDS,
        values=newer.values + more,
        versions=newer.versions | older.versions,
        longest=max(newer.longest, older.longest),
    )
