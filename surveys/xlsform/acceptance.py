"""Check whether pyxform accepts a form, so that other tools can read it.

The one module that uses pyxform. Its tree of questions is internal and not used: the model is made
from the rows themselves, with their numbers. pyxform is pinned; its XML is never made here.
"""

import re
from collections.abc import Mapping

from surveys.problem_list import ProblemList
from surveys.xlsform.sheets import CHOICES, SETTINGS, SURVEY, one_line, place
from surveys.xlsform.tables import Table

CRASHES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""Exceptions that pyxform raises on some forms instead of its own error."""
ROW = re.compile(r"\[row : (\d+)\]\s*")
BOTH = re.compile(r" (or_other|or specify other|or other)$")


def note_refusal(tables: Mapping[str, Table], problem_list: ProblemList) -> None:
    """Report why pyxform refuses a form; nothing if it accepts it."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import DefinitionData

    try:
        workbook_to_json(DefinitionData(**_workbook(tables)))
    except PyXFormError as error:
        where, message = _said(str(error), tables)
        fix = "Correct it, so that other tools can read the form too."
        problem_list.error(where, f"Other tools refuse this form: {message}", fix=fix)
    except CRASHES as error:
        message = f"Other tools cannot read this form ({type(error).__name__})."
        problem_list.error("", message, fix="Compare it with a form that can be read.")


def _workbook(tables: Mapping[str, Table]) -> dict[str, object]:
    """Return the form as pyxform reads it from a file. Blank rows are kept, because it counts them."""
    book: dict[str, object] = {"sheet_names": [table.role for table in tables.values()]}
    for role, table in tables.items():
        headings = {column.written: None for column in table.columns}
        found = {record.number: record for record in table.records()}
        last = max(found, default=1)
        if role == SETTINGS:
            found = {2: found[min(found)]} if found else {}
            last = 2 if found else 1
        book[f"{role}_header"] = [headings]
        book[role] = [
            {column.written: one_line(text) for column, text in found[number].cells.items()}
            if number in found
            else {}
            for number in range(2, last + 1)
        ]
    _without_filtered_other(book, tables)
    return book


def _without_filtered_other(book: dict[str, object], tables: Mapping[str, Table]) -> None:
    """Drop or_other beside a choice filter, which pyxform refuses and a chat can ask."""
    survey = tables[SURVEY]
    kind, given = survey.column("type"), survey.column("choice_filter")
    rows = book[SURVEY]
    if kind and given and isinstance(rows, list):
        for row in rows:
            if given.written in row and kind.written in row:
                row[kind.written] = BOTH.sub("", row[kind.written])


def _said(message: str, tables: Mapping[str, Table]) -> tuple[str, str]:
    """Return place and text of a message such as "[row : 6] List name not in ..."."""
    found = ROW.search(message)
    text = one_line(ROW.sub("", message))
    role = CHOICES if re.search(r"'choices' sheet|[Cc]hoice name", text) else SURVEY
    if found is None or role not in tables:
        return "", text
    return place(tables[role].sheet.name, int(found[1])), text
