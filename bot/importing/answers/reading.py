"""A table of answers as respondents with stored values, and all that must be asked first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from bot.importing.answers.dates import ANSWERED, one_day, without_early
from bot.importing.answers.layout import Layout, find_layout
from bot.importing.answers.readings import columns_read
from bot.importing.answers.respondents import Respondents
from bot.importing.answers.rows import Chooser, Line, lines_of
from bot.importing.answers.targets import Field, Finder, Left, Whole
from bot.importing.answers.told import Told
from bot.importing.answers.values import ValueReader
from bot.importing.calendars.row_days import ORDER, ORDERS
from bot.importing.rows.columns import Recall, Table, nothing_recalled
from bot.importing.rows.open_questions import Answers, Question
from bot.importing.rows.readings import ListSheet, heading_words
from bot.importing.rows.rows import SHEET, Reading
from bot.importing.tables.cells import Book, Sheet
from bot.importing.tables.days import order_of
from bot.wording.counts import counted
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Questionnaire
from surveys.xlsform.sheets import letters


@dataclass(frozen=True)
class Wanted:
    """What a table is read for: a wave of a workshop, its questions, time zone and first moment.

    `workshop` and `wave` are their names, the codes first. `days` are the first and the last day of
    the wave, offered for answers without a date. `begins` is when the workshop begins.
    """

    workshop: tuple[str, ...]
    wave: tuple[str, ...]
    questionnaire: Questionnaire
    zone: tzinfo
    begins: datetime
    days: tuple[datetime, datetime]
    now: datetime


@dataclass
class ReadTable:
    """The respondents of a table, the questions that have a column, what is asked and told."""

    told: list[Told] = field(default_factory=list)
    items: frozenset[str] = frozenset()
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheet: ListSheet | None = None
    """The columns with what each was read as."""
    tables: tuple[Table, ...] = ()
    """The sheet with the columns that were chosen."""


def read_answers(
    book: Book,
    wanted: Wanted,
    answers: Answers,
    reading: Reading,
    recall: Recall = nothing_recalled,
) -> ReadTable:
    """Return the respondents of the sheet with most answers. Raise BadInput without any."""
    finder = Finder(wanted.questionnaire)
    sheet, layout, asked = _sheet_of(book, finder, answers, reading, recall)
    found = ReadTable(sheet=columns_read(sheet, layout, finder), tables=(layout.table,))
    found.questions += asked
    lines = list(lines_of(sheet, layout, finder, found.notes))
    chooser = Chooser(answers, found.questions, found.notes)
    lines = chooser.chosen(lines, layout.of("workshop"), "workshop", wanted.workshop)
    lines = chooser.chosen(lines, layout.of("wave"), "wave", wanted.wave)
    orders = _orders(lines, layout, finder, found, answers)
    reader = ValueReader(finder, answers, reading, wanted.now, orders)
    default, when = _default(lines, layout, wanted, answers, reading)
    found.questions += when
    order = reader.orders.get("", "")
    zone = UTC if _in_utc(layout) else wanted.zone
    respondents = Respondents(layout, reader, order, zone, default, wanted.now)
    found.told = respondents.read(lines)
    empty = 0 if layout.is_long else len(lines) - len(found.told)
    found.told, early = without_early(found.told, wanted.begins, answers)
    found.questions += early
    if empty:
        found.notes.append(f"Left out, without any answer: {counted(empty, 'row')}.")
    found.questions += reader.questions.values()
    items = {name for one in found.told for name in one.values}
    found.items = frozenset(items if layout.is_long else layout.items)
    _tell(found, layout, sheet, reading)
    _tell_beyond(lines, layout, reading)
    return found


def _sheet_of(
    book: Book, finder: Finder, answers: Answers, reading: Reading, recall: Recall
) -> tuple[Sheet, Layout, list[Question]]:
    """Return the sheet whose columns name most questions, or the one that was chosen."""
    wanted = answers.get(SHEET, "").casefold()
    shown = [one for one in book.sheets if not one.hidden and wanted in ("", one.name.casefold())]
    best: tuple[Sheet, Layout, list[Question]] | None = None
    for sheet in shown:
        attempt = Reading(reading.source)
        layout, asked = find_layout(sheet, finder, answers, attempt, recall)
        if best is None or _holds(layout) > _holds(best[1]):
            best, problems = (sheet, layout, asked), attempt.problems
    if best is None or not _holds(best[1]):
        names = ", ".join(list(finder.items)[:5])
        fix = f'Name the columns, such as --column "{next(iter(finder.items))}=C".'
        message = f"No column is one of the questions of {finder.questionnaire.key} ({names} …)."
        reading.error("", message, fix=fix)
        raise reading.refuse()
    reading.adopt(problems)
    return best


def _holds(layout: Layout) -> int:
    return sum(not isinstance(one, Left) for one in layout.columns.values())


def _orders(
    lines: list[Line], layout: Layout, finder: Finder, found: ReadTable, answers: Answers
) -> dict[str, str]:
    """Return the order of day and month by question, and under '' that of the moments."""
    columns = {"": layout.of("date")} | {
        target.item: at
        for at, target in layout.columns.items()
        if isinstance(target, Whole) and type_of(finder.items[target.item].type).level is Level.DAY
    }
    orders = {}
    for name, column in columns.items():
        orders[name] = answers.get(ORDER) or order_of(line.at(column) for line in lines)
        if orders[name] in ("unclear", "mixed"):
            sample = next(text for line in lines if (text := line.at(column).text))
            text = f"Is the day or the month first in column {letters(column or 1)} ({sample})?"
            found.questions.append(Question(ORDER, text, ORDERS))
    return orders


def _default(
    lines: list[Line], layout: Layout, wanted: Wanted, answers: Answers, reading: Reading
) -> tuple[datetime | None, list[Question]]:
    """Return when answers without a date were given; None if that is asked, or each has a date."""
    column = layout.of("date")
    if lines and all(line.at(column).text for line in lines):
        return None, []
    given = answers.get(ANSWERED, "")
    return one_day(given, wanted.days, wanted.zone, wanted.now, reading)


def _in_utc(layout: Layout) -> bool:
    """Return whether moments are in UTC, as KoboToolbox writes `_submission_time`."""
    column = layout.names.get(layout.of("date") or 0)
    return column is not None and column.heading.startswith("_submission_time")


def _tell(found: ReadTable, layout: Layout, sheet: Sheet, reading: Reading) -> None:
    """Note how the columns were understood, and which are not read."""
    read = counted(len(found.told), "respondent")
    understood = ", ".join(_understood(layout))
    found.notes.insert(0, f"{heading_words(layout.table)}: {read}. Understood: {understood}.")
    left = [
        layout.names[at].heading or letters(at)
        for at, one in layout.columns.items()
        if isinstance(one, Left)
    ]
    if left:
        reading.warning(f"row {layout.row}", f"These columns are not read: {', '.join(left)}.")


def _tell_beyond(lines: list[Line], layout: Layout, reading: Reading) -> None:
    """Warn of cells beyond the last heading, which nobody reads."""
    last = max(layout.names, default=0)
    for line in lines:
        beyond = [cell.text for cell in line.cells[last:] if cell.text]
        if beyond:
            reading.warning(line.row.place, "stands beyond the last heading.", ", ".join(beyond))


def _understood(layout: Layout) -> list[str]:
    columns: Mapping[int, object] = layout.columns
    named = []
    for at, target in columns.items():
        if isinstance(target, Field):
            named.append(f"{target.name} in {letters(at)}")
        elif isinstance(target, Whole):
            named.append(f"{target.item} in {letters(at)}")
    ticks = {
        one.item for one in layout.columns.values() if not isinstance(one, Field | Whole | Left)
    }
    return named + [f"{item} in columns of its options" for item in sorted(ticks)]
