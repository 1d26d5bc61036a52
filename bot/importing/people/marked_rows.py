"""Rows that a workbook hides or strikes out: whether they are left out is asked."""

from collections.abc import Sequence, Set

from bot.importing.people.found import People
from bot.importing.rows.open_questions import LEAVE_OUT, Choice, Question
from bot.importing.tables.cells import Sheet

HIDDEN, STRUCK, TAKE = "hidden rows", "struck-out rows", "take"
SHOWN = 8
"""Row numbers in a question."""


def marked_rows(people: People, sheet: Sheet) -> Set[int]:
    """Return the rows that are left out because they are hidden or struck out, which is asked."""
    out: set[int] = set()
    for key, numbers in ((HIDDEN, sheet.hidden_rows), (STRUCK, sheet.struck_rows)):
        filled = sorted(
            at
            for at in numbers
            if at <= len(sheet.rows) and any(cell.text for cell in sheet.rows[at - 1])
        )
        answer = people.answers.get(key)
        if not filled:
            continue
        where = f"Sheet '{sheet.name}': {key} {_numbers(filled)}"
        if answer not in (TAKE, LEAVE_OUT):
            choices = (Choice("Leave out", LEAVE_OUT), Choice("Read them too", TAKE))
            asked = people.questions.get(key)
            text = f"{asked.text} {where}." if asked else f"{where}."
            people.questions[key] = Question(key, text, choices)
        elif answer == LEAVE_OUT:
            out.update(filled)
            people.notes.append(f"{where} are left out.")
    return out


def _numbers(found: Sequence[int]) -> str:
    shown = ", ".join(map(str, found[:SHOWN]))
    return f"{shown} and {len(found) - SHOWN} more" if len(found) > SHOWN else shown
