"""The rows of a table of answers with their cells by column, and which of them are meant.

Rows of other workshops and waves are left out, as are totals and texts of questions below the heading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.importing.answers.layout import Layout
from bot.importing.answers.targets import Finder, Whole
from bot.importing.rows.open_questions import Answers, Choice, Question
from bot.importing.rows.rows import Row
from bot.importing.tables.cells import EMPTY, Cell, Sheet
from bot.importing.tables.headings import plain
from bot.wording.counts import counted
from surveys.xlsform.sheets import letters

TOTALS = frozenset(
    "total|totals|sum|average|mean|median|count|subtotal|moyenne|合计|รวม".split("|")
)
ALL = "all"
MOST_SHOWN = 12


@dataclass(frozen=True)
class Line:
    """A row of the sheet: its place, and its cells."""

    row: Row
    cells: tuple[Cell, ...]

    def at(self, column: int | None) -> Cell:
        """Return the cell of a column with a number; an empty one if there is none."""
        inside = column is not None and column <= len(self.cells)
        return self.cells[column - 1] if column is not None and inside else EMPTY


def lines_of(sheet: Sheet, layout: Layout, finder: Finder, notes: list[str]) -> Iterator[Line]:
    """Yield the rows below the heading that hold answers."""
    labels = {
        name: f"{letters(at)} ({column.heading})"
        for at, column in layout.names.items()
        for name in _named(layout, at)
    }
    for number, cells in enumerate(sheet.rows[layout.row :], layout.row + 1):
        if not any(cell.text or cell.broken for cell in cells):
            continue
        line = Line(Row(number, {}, labels, sheet.name), cells)
        first = next((cell.text for cell in cells if cell.text), "")
        if plain(first) in TOTALS or _is_heading(line, layout, finder):
            notes.append(f"{line.row.place} is no respondent and was skipped.")
        else:
            yield line


def _named(layout: Layout, at: int) -> list[str]:
    target = layout.columns.get(at)
    return [target.item] if isinstance(target, Whole) else []


def _is_heading(line: Line, layout: Layout, finder: Finder) -> bool:
    """Return whether a row repeats the texts of the questions, as some tools write them."""
    named = [
        finder.item_named(line.at(at).text) == target.item
        for at, target in layout.columns.items()
        if isinstance(target, Whole) and line.at(at).text
    ]
    return len(named) > 1 and sum(named) * 2 > len(named)


@dataclass
class Chooser:
    """Chooses the rows of one workshop and one wave where a column names several."""

    answers: Answers
    questions: list[Question]
    notes: list[str]

    def chosen(
        self, lines: list[Line], column: int | None, kind: str, own: Sequence[str]
    ) -> list[Line]:
        """Return the rows that are meant: those with a name of our own, or as answered."""
        values = dict.fromkeys(line.at(column).text for line in lines) if column else {}
        values.pop("", None)
        ours = [one for one in values if plain(one) in map(plain, own)]
        answer = self.answers.get(kind, "")
        if not values or answer == ALL or (not answer and ours == list(values)):
            return lines
        wanted = [answer] if answer in values else ours
        if not wanted:
            self._ask(kind, own[0], list(values))
            return lines
        kept = [line for line in lines if line.at(column).text in (*wanted, "")]
        left = counted(len(lines) - len(kept), "row")
        self.notes.append(f"{kind} {wanted[0]}: {left} of other {kind}s left out.")
        return kept

    def _ask(self, kind: str, own: str, values: list[str]) -> None:
        if len(values) == 1:
            text = f"The table is of the {kind} '{values[0]}'. Is that {own}?"
            self.questions.append(Question(kind, text, (Choice("Yes", values[0]),)))
            return
        text = f"The table has rows of several {kind}s. Which are for {own}?"
        choices = [Choice(value, value) for value in values[:MOST_SHOWN]]
        self.questions.append(Question(kind, text, (*choices, Choice("All of them", ALL))))
