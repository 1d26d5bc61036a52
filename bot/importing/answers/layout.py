"""What each column of a table of answers holds: by its heading, by what people chose, or asked.

Options name columns with `--column FIELD=COLUMN`, where the column is a letter or a heading; answers
to questions name a field, `column D=FIELD`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest

from bot.importing.answers.targets import Field, Finder, Left, Target, Tick, Whole
from bot.importing.rows.columns import (
    Recall,
    Table,
    check_choices,
    chosen_table,
    nothing_recalled,
    numbered,
    twice_questions,
)
from bot.importing.rows.fields import Fields, columns_in, first_cells
from bot.importing.rows.open_questions import COLUMN, LEAVE_OUT, Answers, Choice, Question
from bot.importing.rows.rows import Reading
from bot.importing.tables.cells import Cell, Sheet
from bot.importing.tables.headings import Column, Heading
from surveys.xlsform.sheets import letters

KIND = "answers"
"""What such a table is called where its columns are remembered."""
OTHERS = "other columns"
"""The key of the answer for all columns that are not understood."""
LEFT = f"{LEAVE_OUT} "
"""The beginning of the name under which it is remembered that a column is left out."""
LETTERS = re.compile(r"[A-Za-z]{1,2}")
MOST_CHOICES = 5


@dataclass(frozen=True)
class Layout:
    """The last row of the heading (from 1), and what each column with a number holds.

    `table` has the columns that were chosen, to be remembered.
    """

    row: int
    columns: dict[int, Target]
    names: dict[int, Column]
    table: Table

    def of(self, field: str) -> int | None:
        """Return the number of the column of a fact; None if there is none."""
        return next((at for at, one in self.columns.items() if one == Field(field)), None)

    @property
    def is_long(self) -> bool:
        """Whether each row holds one answer."""
        return self.of("question") is not None and self.of("answer") is not None

    @property
    def items(self) -> set[str]:
        """The questions that columns hold."""
        return {one.item for one in self.columns.values() if isinstance(one, Whole | Tick)}


@dataclass
class _Choices:
    """What the answers say of columns: fields with their columns, and columns that are left out."""

    answers: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def find_layout(
    sheet: Sheet,
    finder: Finder,
    answers: Answers,
    reading: Reading,
    recall: Recall = nothing_recalled,
) -> tuple[Layout, list[Question]]:
    """Return what the columns hold, and questions about those that nobody can tell."""
    fields = fields_of(finder)
    choices = _choices(finder, answers)
    table = chosen_table(sheet, fields, choices.answers, partial(_known_only, recall, fields))
    heading = table.heading
    check_choices([table], fields, choices.answers, reading)
    left = dict(_left_out(table, choices, reading))
    if answers.get(OTHERS) == LEAVE_OUT:
        left |= {f"{LEFT}{letters(one.number)}": one.number for one in _unclear(table, finder)}
    table = replace(table, chosen={**table.chosen, **left})
    questions = {one.key: one for one in twice_questions(sheet, heading, fields)}
    out = {at for name, at in _both(table).items() if name.startswith(LEFT)}
    columns = {one.number: _named(finder, name) for name, one in heading.columns.items()}
    columns |= {one.number: Left() for one in columns_in(heading) if one.number not in columns}
    for one in _unclear(table, finder):
        if one.number not in out:
            del columns[one.number]
            asked = _question(finder, one, first_cells(sheet, heading, one))
            questions[asked.key] = asked
    columns |= dict.fromkeys(out, Left())
    names = {one.number: one for one in columns_in(heading)}
    found = Layout(heading.row, dict(sorted(columns.items())), names, table)
    return found, [*table.questions, *questions.values()]


def fields_of(finder: Finder) -> Fields:
    """Return the fields of tables of answers to a questionnaire."""
    names: dict[str, tuple[str, ...]] = dict.fromkeys(finder.names(), ())
    scope = f" {finder.questionnaire.key}"
    return Fields(KIND, names, ((),), {}, reads=partial(_heading, finder), scope=scope)


def columns_of(given: Sequence[str]) -> dict[str, str]:
    """Return the answers that options such as "used=C" or "used=How often?" are."""
    parted = (one.partition("=") for one in given)
    return {f"{COLUMN}{field.strip()}": column.strip() for field, _, column in parted}


def _heading(finder: Finder, number: int, row: Sequence[Cell], above: Sequence[Cell]) -> Heading:
    """Return a row as a heading; what stands above an empty cell goes on to its right."""
    found: dict[str, Column] = {}
    twice, unread = [], []
    for at, (over, under) in enumerate(_pairs(row, above), 1):
        if not (over or under):
            continue
        column = Column(at, " / ".join(dict.fromkeys(filter(None, (over, under)))))
        target = finder.target(over, under)
        if target is None or isinstance(target, Left):
            unread.append(column)
        elif str(target) in found:
            twice.append((found[str(target)], column))
        else:
            found[str(target)] = column
    return Heading(number, found, tuple(twice), tuple(unread))


def _pairs(row: Sequence[Cell], above: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    last = ""
    for over, under in zip_longest(above, row, fillvalue=Cell()):
        last = over.text or (last if under.text else "")
        yield last, under.text


def _choices(finder: Finder, answers: Answers) -> _Choices:
    """Return the answers with each choice of a column under the name of its field."""
    found = _Choices()
    for key, value in answers.items():
        name = key.removeprefix(COLUMN).strip()
        if not key.startswith(COLUMN):
            found.answers[key] = value
        elif value == LEAVE_OUT:
            found.left.append(name)
        elif target := finder.named(value):
            found.answers[f"{COLUMN}{target}"] = name
        elif target := finder.named(name):
            found.answers[f"{COLUMN}{target}"] = value
        else:
            # Of a letter and another word, the word is the unknown field.
            field, column = (value, name) if LETTERS.fullmatch(name) else (name, value)
            found.answers[f"{COLUMN}{field}"] = column
    return found


def _known_only(recall: Recall, fields: Fields, shape: str) -> Mapping[str, int]:
    """Return what was chosen earlier, without what the questionnaire does not ask any more."""
    return {
        name: at
        for name, at in recall(shape).items()
        if name in fields.headings or name.startswith(LEFT)
    }


def _left_out(table: Table, choices: _Choices, reading: Reading) -> Iterator[tuple[str, int]]:
    for given in choices.left:
        at = numbered(table.sheet, table.heading, given)
        if at:
            yield f"{LEFT}{letters(at)}", at
        else:
            fix = "Give its letter or heading."
            reading.error("", "is no column of the file.", given, fix)


def _both(table: Table) -> dict[str, int]:
    """Return the columns that were chosen, now or earlier."""
    return {**table.recalled, **table.chosen}


def _named(finder: Finder, name: str) -> Target:
    return finder.named(name) or Left()


def _unclear(table: Table, finder: Finder) -> list[Column]:
    """Return the columns with cells that no heading and no choice explains."""
    heading = table.heading
    return [
        one
        for one in heading.unread
        if not finder.target(*_split(one)) and first_cells(table.sheet, heading, one)
    ]


def _split(column: Column) -> tuple[str, str]:
    over, _, under = column.heading.partition(" / ")
    return over, under


def _question(finder: Finder, column: Column, cells: Sequence[str]) -> Question:
    from rapidfuzz import process

    labels = {name: item.label.get("en", name) for name, item in finder.items.items()}
    near = process.extract(column.heading, labels, limit=MOST_CHOICES)
    ticks = [str(one) for one in finder.options_named(column.heading)]
    choices = [Choice(f"An option: {one}"[:60], one) for one in ticks]
    choices += [Choice(f"{name}: {text}"[:60], name) for text, _, name in near]
    text = (
        f'What is column {letters(column.number)}, "{column.heading}" ({", ".join(cells)})? '
        f"The name of any question is an answer."
    )
    leave = Choice("Leave out", LEAVE_OUT)
    return Question(f"{COLUMN}{letters(column.number)}", text, (*choices, leave))
