"""The heading of a table of answers in one or two rows, and what each column holds.

What is not understood is asked. Options name columns with `--column FIELD=COLUMN`, where the column
is a letter or a heading; answers to questions name a field, `column D=FIELD`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.importing.answers.targets import Field, Finder, Left, Target, Tick, Whole
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question
from bot.importing.rows.rows import Reading
from bot.importing.tables.cells import Cell, Sheet
from bot.importing.tables.headings import Column, plain
from surveys.xlsform.sheets import letters

LOOKED_AT = 15
"""The number of first rows among which the heading is searched."""
COLUMN = "column "
OTHERS = "other columns"
"""The key of the answer for all columns that are not understood."""
MOST_CHOICES = 5
FIRST_CELLS = 3

Headed = list[tuple[str, str]]
"""The heading of each column, and the one below it."""


@dataclass(frozen=True)
class Layout:
    """The last row of the heading (from 1), and what each column with a number holds."""

    row: int
    columns: dict[int, Target]
    names: dict[int, Column]

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


def find_layout(
    sheet: Sheet, finder: Finder, answers: Answers, reading: Reading
) -> tuple[Layout, list[Question]]:
    """Return what the columns hold, and questions about those that nobody can tell."""
    row, headed = _best(sheet, finder, answers)
    data = sheet.rows[row:]
    last = max((at for at, both in enumerate(headed, 1) if any(both)), default=0)
    names = {
        at: Column(at, " / ".join(dict.fromkeys(filter(None, both))))
        for at, both in enumerate(headed[:last], 1)
        if any(both) or first_cells(data, at)
    }
    chosen = _chosen(finder, names, answers, reading)
    columns: dict[int, Target] = {}
    questions = []
    for at, column in names.items():
        target = chosen.get(at) or finder.target(*headed[at - 1])
        if target is None and not first_cells(data, at):
            target = Left(known=True)
        if target is None and answers.get(OTHERS) == LEAVE_OUT:
            target = Left()
        if target is None:
            questions.append(_question(finder, column, data))
        else:
            columns[at] = target
    _refuse_double(columns, names, reading, row)
    return Layout(row, columns, names), questions


def columns_of(given: Sequence[str]) -> dict[str, str]:
    """Return the answers that options such as "used=C" or "used=How often?" are."""
    parted = (one.partition("=") for one in given)
    return {f"{COLUMN}{field.strip()}": column.strip() for field, _, column in parted}


def _best(sheet: Sheet, finder: Finder, answers: Answers) -> tuple[int, Headed]:
    """Return the last row of the heading, and the headings: of the row that says most."""
    best, row, found = 0, 0, Headed()
    for number, cells in enumerate(sheet.rows[:LOOKED_AT], 1):
        below = sheet.rows[number] if number < len(sheet.rows) else ()
        single = [(cell.text, "") for cell in cells]
        for last, headed in ((number, single), (number + 1, _double(cells, below))):
            score = _score(finder, headed)
            if score > best:
                best, row, found = score, last, headed
    if not best and any(key.startswith(COLUMN) for key in answers):
        rows = enumerate(sheet.rows, 1)
        filled = ((at, cells) for at, cells in rows if sum(bool(one.text) for one in cells) > 1)
        row, cells = next(filled, (0, ()))
        found = [(cell.text, "") for cell in cells]
    return row, found


def _double(above: Sequence[Cell], below: Sequence[Cell]) -> Headed:
    """Return two rows as headings; an empty cell above belongs to the one on its left."""
    headed, last = Headed(), ""
    for at in range(max(len(above), len(below))):
        under = below[at].text if at < len(below) else ""
        over = above[at].text if at < len(above) else ""
        last = over or (last if under else "")
        headed.append((last, under))
    return headed


def _score(finder: Finder, headed: Headed) -> int:
    """Return how many different things the headings name."""
    return len({finder.target(*one) for one in headed if any(one)} - {None, Left(known=True)})


def _chosen(
    finder: Finder, names: dict[int, Column], answers: Answers, reading: Reading
) -> dict[int, Target]:
    """Return what the answers say that columns hold."""
    found: dict[int, Target] = {}
    for key, value in answers.items():
        if not key.startswith(COLUMN):
            continue
        one = key.removeprefix(COLUMN).strip()
        field, column = (value, one) if _target(finder, value) else (one, value)
        target, at = _target(finder, field), _column(names, column)
        if target is None:
            reading.error("", "is neither a question nor a kind of column.", field, _known(finder))
        elif at is None:
            reading.error("", "is no column of the table.", column, "Give its letter or heading.")
        else:
            found[at] = target
    return found


def _target(finder: Finder, name: str) -> Target | None:
    """Return what a name stands for: a question, an option as "tools/map", a kind of column."""
    if name == LEAVE_OUT:
        return Left()
    if name in finder.items:
        return Whole(name)
    item, slash, option = name.rpartition("/")
    if slash and item in finder.items and finder.option_named(item, option):
        return Tick(item, finder.option_named(item, option) or "")
    return Field(name) if name in KINDS else None


KINDS = (
    *("person", "email", "name", "administration", "date", "workshop", "wave"),
    *("question", "answer", "respondent"),
)
"""What a column without answers may hold, as options call it."""


def _column(names: dict[int, Column], given: str) -> int | None:
    """Return the number of a column by its letter or its heading."""
    for at, column in names.items():
        if plain(given) == plain(column.heading):
            return at
    return next((at for at in names if letters(at) == given.upper()), None)


def _known(finder: Finder) -> str:
    return f"Write one of {', '.join((*finder.items, *KINDS))}."


def first_cells(data: Sequence[Sequence[Cell]], at: int) -> list[str]:
    """Return the first different cells of a column with a number."""
    texts = (cells[at - 1].text for cells in data if at <= len(cells))
    return list(dict.fromkeys(text for text in texts if text))[:FIRST_CELLS]


def _question(finder: Finder, column: Column, data: Sequence[Sequence[Cell]]) -> Question:
    from rapidfuzz import process

    cells = ", ".join(first_cells(data, column.number))
    labels = {name: item.label.get("en", name) for name, item in finder.items.items()}
    near = process.extract(column.heading, labels, limit=MOST_CHOICES)
    choices = [Choice(f"{name}: {text}"[:60], name) for text, _, name in near]
    text = (
        f'What is column {letters(column.number)}, "{column.heading}" ({cells})? '
        f"The name of any question is an answer."
    )
    leave = Choice("Leave out", LEAVE_OUT)
    return Question(f"{COLUMN}{letters(column.number)}", text, (*choices, leave))


def _refuse_double(
    columns: dict[int, Target], names: dict[int, Column], reading: Reading, row: int
) -> None:
    """Report two columns for one question or fact; an identity may stand in several."""
    seen: dict[Target, int] = {}
    for at, target in columns.items():
        if isinstance(target, Left):
            continue
        if target in seen:
            both = f"columns {letters(seen[target])} and {letters(at)}"
            what = target.name if isinstance(target, Field) else target.item
            message = f"stands in two columns for {what}: {both}."
            fix = f'Leave one out: --answer "column {letters(at)}=leave out".'
            reading.error(f"row {row}", message, names[at].heading, fix)
        seen.setdefault(target, at)
