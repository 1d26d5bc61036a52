"""Cards about the columns of a list that was sent: which column is what, and what the file lists.

Pure. The numbers on buttons are those of the sheet, the column and the field.
"""

from collections.abc import Sequence

from bot.importing.rows.open_questions import COLUMN
from bot.importing.rows.readings import ListColumn, ListSheet
from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.staff_chat.list_steps import Step
from bot.staff_chat.sent_lists import Sent

LONGEST = 60
NONE = "none"
EARLIER_ANSWERS = (
    "If it has answers of an earlier survey, send it again with a caption that says for which wave: "
    "answers IPR-OC-2017 M3."
)


def kind_card(sent: Sent) -> Card:
    """Ask what a table lists whose headings are not known."""
    people = Button("People", _token(sent, Step.KIND, 0))
    workshops = Button("Workshops", _token(sent, Step.KIND, 1))
    cancel = Button("Cancel", _token(sent, Step.CANCEL))
    text = f"{sent.name} is a table. What does it list?\n{EARLIER_ANSWERS}"
    return Card(text, ((people, workshops), (cancel,)))


def columns_card(sent: Sent, sheets: Sequence[ListSheet]) -> Card:
    """Return the columns of a list, each with a button to say what it is."""
    rows = [
        (Button(_label(one), _token(sent, Step.COLUMN, number, at)),)
        for number, sheet in enumerate(sheets)
        for at, one in enumerate(sheet.columns)
    ]
    back = (Button("Back", _token(sent, Step.BACK)),)
    return Card("Tap a column to say what it is.", (*rows, back))


def fields_card(sent: Sent, sheets: Sequence[ListSheet], number: int, at: int) -> Card:
    """Return what a column can be, with a button for each."""
    sheet = sheets[number]
    column = sheet.columns[at]
    mark = {name: "✓ " * (name == column.field) for name in sheet.fields}
    buttons = [
        Button(f"{mark[name]}{words}", _token(sent, Step.FIELD, number, at, place))
        for place, (name, words) in enumerate(sheet.fields.items())
    ]
    rows = tuple(tuple(buttons[first : first + 2]) for first in range(0, len(buttons), 2))
    none = (Button("Nothing, do not read it", _token(sent, Step.FIELD, number, at, len(buttons))),)
    return Card(f"What is column {_label(column)}?", (*rows, none))


def answer_of(sheets: Sequence[ListSheet], numbers: Sequence[int]) -> dict[str, str]:
    """Return the answers that a tap on a field gives; {} for numbers that name nothing."""
    number, at, place = numbers
    if number >= len(sheets) or at >= len(sheets[number].columns):
        return {}
    sheet = sheets[number]
    column, names = sheet.columns[at], list(sheet.fields)
    scope = f"{COLUMN}{sheet.name}!" if len(sheets) > 1 else COLUMN
    before = {f"{scope}{column.field}": NONE} if column.field else {}
    if place >= len(names):
        return before
    return {**before, f"{scope}{names[place]}": column.letters}


def _label(column: ListColumn) -> str:
    name = f"{column.letters} '{column.heading}'" if column.heading else column.letters
    what = column.field.replace("_", " ") or "not read"
    return f"{name}: {what} ({', '.join(column.cells)})"[:LONGEST]


def _token(sent: Sent, step: Step, *numbers: int) -> str:
    return token(Action.OFFICE_LIST, sent.number, step, *numbers)
