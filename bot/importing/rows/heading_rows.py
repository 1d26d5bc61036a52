"""Which row is the heading of a sheet: the one with known words, one that was chosen, or none.

The row of a person is never taken for one; what is not sure is asked.
"""

import re
from dataclasses import replace

from bot.importing.rows.fields import Fields, texts_of, width_of
from bot.importing.rows.open_questions import Answers, Choice, Question
from bot.importing.tables.cells import Sheet
from bot.importing.tables.headings import (
    LOOKED_AT,
    Column,
    Heading,
    plain,
    search_heading,
)
from surveys.widths import cut

HEADING, NONE = "heading", "none"
"""The key of the question which row is the heading; the answer that a row or a column is none."""
LONGEST_SHOWN = 120
WEAK = frozenset({"officer", "participant", "participants", "member", "delegate", "contact"})
"""Headings that stand in cells of people too."""


def heading_row(sheet: Sheet, fields: Fields, answers: Answers) -> tuple[Heading, list[Question]]:
    """Return the heading of a sheet, and the question whether it is one if that is not sure."""
    answer = answers.get(HEADING, "")
    number = re.search(r"\d+", answer)
    if number and 0 < int(number[0]) <= len(sheet.rows):
        return _at(sheet, int(number[0]), fields), []
    found = None if answer == NONE else search_heading(sheet, fields.heading)
    if found is not None and not _may_be_a_person(sheet, found, fields):
        return fields.adjust(sheet, _with_nameless(sheet, found)), []
    return _unknown(sheet, fields, answer)


def _unknown(sheet: Sheet, fields: Fields, answer: str) -> tuple[Heading, list[Question]]:
    """Return the heading of a sheet whose words are not known."""
    first = next((at for at, row in enumerate(sheet.rows, 1) if len(texts_of(row)) > 1), 1)
    top = sheet.rows[first - 1] if sheet.rows else ()
    if answer == NONE or not top or fields.is_data(top):
        width = max(map(width_of, sheet.rows), default=0)
        nameless = tuple(Column(at, "") for at in range(1, width + 1))
        return Heading(first - 1, {}, unread=nameless), []
    heading = _at(sheet, first, fields)
    if any(fields.is_data(row) for row in sheet.rows[first : first + LOOKED_AT]):
        return heading, []
    cells = cut(" | ".join(texts_of(top)), LONGEST_SHOWN)
    choices = (Choice("The heading", str(first)), Choice("No, it has none", NONE))
    return heading, [Question(HEADING, f"Is row {first} the heading? {cells}", choices)]


def _at(sheet: Sheet, row: int, fields: Fields) -> Heading:
    found = fields.heading(row, sheet.rows[row - 1])
    return fields.adjust(sheet, _with_nameless(sheet, found))


def _with_nameless(sheet: Sheet, heading: Heading) -> Heading:
    """Return a heading with the filled columns between its own that have no heading."""
    top = sheet.rows[heading.row - 1]
    last = width_of(top)
    filled = {
        at
        for row in sheet.rows[heading.row :]
        for at, cell in enumerate(row[:last], 1)
        if cell.text
    }
    known = {one.number for one in (*heading.columns.values(), *heading.unread)}
    known |= {two.number for _, two in heading.twice}
    nameless = [Column(at, "") for at in sorted(filled - known)]
    return replace(heading, unread=(*heading.unread, *nameless)) if nameless else heading


def _may_be_a_person(sheet: Sheet, found: Heading, fields: Fields) -> bool:
    """Return whether a heading of one word may be the row of a person, such as an officer's."""
    top = sheet.rows[found.row - 1]
    if len(found.columns) != 1 or len(texts_of(top)) == 1:
        return False
    (column,) = found.columns.values()
    below = (row[column.number - 1 : column.number] for row in sheet.rows[found.row :])
    again = any(cell.text == column.heading for cells in below for cell in cells)
    above = any(len(texts_of(row)) > 1 for row in sheet.rows[: found.row - 1])
    return plain(column.heading) in WEAK and (again or above or fields.is_data(top))
