"""The codebook: the meaning of every column and code, in full texts from the pinned questionnaires."""

import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from analysis.exports.spss_codes import SpssVariable
from analysis.exports.tables import Row, Table
from analysis.exports.variables import (
    CODED,
    NOT_ANSWERED,
    Missing,
    Value,
    Variable,
    column_of,
    values_of,
)
from analysis.printable import cleaned
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Questionnaire

# fmt: off
_COLUMNS = (
    "questionnaire", "version", "position", "item", "level", "question", "asked_if", "loop",
    "option", "option_label", "no_answer", "wide_column", "spss_name", "spss_code",
)
_NAMES = ("questionnaire", "column", "spss_name", "changed")
# fmt: on

ENTERED = {
    "entered_mode": "paper or telephone, where staff typed the answers; imported: from an earlier table",
    "entered_by": "the staff code of who typed them last; empty where it was not said",
}
"""Columns of the table of cases that come from no questionnaire and need an explanation."""

Spss = Mapping[str, Mapping[str, SpssVariable]]
"""SPSS variables by questionnaire and wide column."""


def codebook_table(versions: Mapping[str, Mapping[int, Questionnaire]], spss: Spss) -> Table:
    """Return one row for each item and for each of its options, in every version in use."""
    rows: list[Row] = []
    for key, by_version in versions.items():
        for version, questionnaire in by_version.items():
            for place, item in enumerate(questionnaire.items, 1):
                if type_of(item.type).level is not Level.NOTHING:
                    start = (key, version, place)
                    rows += ((*start, *row) for row in _item(questionnaire, item, spss[key]))
    return Table("codebook", "What the columns and codes mean", _COLUMNS, tuple(rows))


def _item(questionnaire: Questionnaire, item: Item, spss: Mapping[str, SpssVariable]) -> list[Row]:
    level = type_of(item.type).level
    label = questionnaire.text(item.label, questionnaire.default_language)
    start = (item.name, str(level), label, item.relevant, item.loop or "")
    whole = spss.get(item.name)
    column = item.name if whole else ""
    rows: list[Row] = [(*start, "", "", "", column, whole.name if whole else "", None)]
    options = values_of(questionnaire, item) if level in (*CODED, Level.SET) else ()
    return rows + [(*start, *_option(item, level, value, spss)) for value in options]


def _option(item: Item, level: Level, value: Value, spss: Mapping[str, SpssVariable]) -> Row:
    column = column_of(item.name, value.code if level is Level.SET else "")
    known = spss.get(column)
    if known is None:
        return (value.code, value.label, value.non_answer or "", "", "", None)
    number = known.codes.get("1" if level is Level.SET else value.code)
    code = None if number is None else Decimal(f"{number:g}")
    return (value.code, value.label, value.non_answer or "", column, known.name, code)


def names_table(names: Mapping[str, Mapping[str, str]]) -> Table:
    """Return the name of each wide column in the SPSS file of its questionnaire."""
    rows = tuple(
        (key, column, name, "" if column == name else "changed")
        for key, columns in names.items()
        for column, name in columns.items()
    )
    return Table("spss_names", "Names of the columns in the SPSS files", _NAMES, rows)


def codebook_json(
    versions: Mapping[str, Mapping[int, Questionnaire]],
    found: Mapping[str, tuple[Variable, ...]],
    spss: Spss,
    cases: Collection[str],
    more: Mapping[str, Mapping[str, str]],
) -> bytes:
    """Return the codebook in all languages: questionnaires, columns, missing codes.

    `cases` are the columns of the table of cases, `more` what those of other tables mean.
    """
    marks = {
        *NOT_ANSWERED,
        *(m for columns in found.values() for one in columns for m in one.marks),
    }
    data = {
        "cases": {name: text for name, text in ENTERED.items() if name in cases},
        **more,
        "missing": {mark.name.lower(): str(mark) for mark in Missing if mark in marks},
        "questionnaires": [
            questionnaire.model_dump(mode="json")
            for by_version in versions.values()
            for questionnaire in by_version.values()
        ],
        "columns": {
            key: [_column(variable, spss[key][variable.column]) for variable in variables]
            for key, variables in found.items()
        },
    }
    return as_json(data)


def as_json(data: Any) -> bytes:
    """Return indented UTF-8 JSON that ends with a line break."""
    return (cleaned(json.dumps(data, ensure_ascii=False, indent=2)) + "\n").encode()


def _column(variable: Variable, spss: SpssVariable) -> dict[str, Any]:
    return {
        "column": variable.column,
        "item": variable.item,
        "option": variable.option,
        "level": str(variable.level),
        "versions": sorted(variable.versions),
        "spss_name": spss.name,
        "spss_codes": spss.codes,
        "spss_missing": spss.missing,
    }
