"""A table of answers as it was read, as values for a page: its columns, and what each row says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.importing.answers.layout import Layout
from bot.importing.answers.targets import Finder, Left, Target
from bot.importing.answers.told import Told
from bot.importing.rows.fields import SHOWN
from bot.importing.rows.readings import ListColumn, ListSheet, ReadRow
from bot.importing.rows.rows import CellProblem
from bot.importing.tables.cells import Book, Cell, Sheet
from surveys.interview.answers import Interview
from surveys.interview.questions import shown_answer
from surveys.interview.route import QUOTE
from surveys.items import type_of
from surveys.items.base import Shape
from surveys.questionnaire import Questionnaire
from surveys.wording import ENGLISH
from surveys.xlsform.sheets import letters

KIND_WORDS = {
    "person": "the person, by code, address or name",
    "email": "the e-mail address of the person",
    "name": "the name of the person",
    "administration": "the administration",
    "date": "the day of the answers",
    "workshop": "the workshop",
    "wave": "the wave",
    "question": "the question, one a row",
    "answer": "the answer to it",
    "respondent": "the number of the respondent",
}
"""What a column without answers may hold, in words."""
LONGEST_LABEL = 70


def columns_read(sheet: Sheet, layout: Layout, finder: Finder) -> ListSheet:
    """Return the columns of a table with what each was read as, '' for one that is not read."""
    data = sheet.rows[layout.row :]
    columns = (
        (at, column.heading, _name(layout.columns.get(at))) for at, column in layout.names.items()
    )
    return ListSheet(
        sheet.name,
        layout.row,
        tuple(_column(data, *one) for one in columns),
        column_words(finder),
        tuple(layout.table.chosen),
        tuple(layout.table.recalled),
    )


def columns_unread(book: Book, finder: Finder) -> tuple[ListSheet, ...]:
    """Return the columns of a table of which none is known, by its first row of several cells."""
    for sheet in book.sheets:
        filled = enumerate(sheet.rows, 1)
        row = next((at for at, cells in filled if sum(bool(one.text) for one in cells) > 1), 0)
        if row and not sheet.hidden:
            headed = enumerate(sheet.rows[row - 1], 1)
            data = sheet.rows[row:]
            columns = tuple(_column(data, at, one.text, "") for at, one in headed if one.text)
            return (ListSheet(sheet.name, row, columns, column_words(finder)),)
    return ()


def _column(data: Sequence[Sequence[Cell]], at: int, heading: str, name: str) -> ListColumn:
    return ListColumn(letters(at), heading, tuple(_first_texts(data, at)), name)


def _first_texts(data: Sequence[Sequence[Cell]], at: int) -> list[str]:
    """Return the first different texts of a column with a number."""
    texts = (cells[at - 1].text for cells in data if at <= len(cells))
    return list(dict.fromkeys(text for text in texts if text))[:SHOWN]


def _name(target: Target | None) -> str:
    """Return how an answer names what a column holds."""
    return "" if target is None or isinstance(target, Left) else str(target)


def column_words(finder: Finder) -> dict[str, str]:
    """Return what a column can hold, in words by the name that an answer gives it."""
    return {**dict(_questions(finder)), **KIND_WORDS}


def _questions(finder: Finder) -> Iterator[tuple[str, str]]:
    for name, item in finder.items.items():
        label = label_in_words(finder.questionnaire, name)
        yield name, label
        if type_of(item.type).shape is Shape.PICK_MANY:
            for option in finder.questionnaire.options(item):
                yield f"{name}/{option.name}", f"{label}: {option.label.get(ENGLISH, '')}"


def label_in_words(questionnaire: Questionnaire, name: str) -> str:
    """Return the text of a question in English, cut, without what it quotes."""
    label = questionnaire.by_name[name].label
    text = QUOTE.sub("…", questionnaire.text(label, ENGLISH)) or name
    return text if len(text) <= LONGEST_LABEL else f"{text[:LONGEST_LABEL].rstrip()} …"


def rows_told(
    told: Sequence[Told],
    questionnaire: Questionnaire,
    whose: Mapping[int, str],
    problems: Sequence[CellProblem],
    now: datetime,
) -> tuple[ReadRow, ...]:
    """Return what each respondent says, in words by question; `whose` says whose it is, by row."""
    asking = Interview(questionnaire, now)
    return tuple(
        ReadRow(
            "",
            one.number,
            {name: shown_answer(asking, name, value) for name, value in one.values.items()},
            whose.get(one.number, ""),
            tuple(each for each in problems if each.row == one.number),
        )
        for one in told
    )
