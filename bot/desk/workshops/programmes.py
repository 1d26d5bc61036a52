"""Programmes, and the results of their operations from lists, imported completely or not at all."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.workshops.programme_changes import keep_programme, locked_state
from bot.importing.calendars.codes import fault_of
from bot.importing.rows.rows import Columns, List, Reading, Row, read_rows
from bot.importing.tables.cells import Cell
from bot.importing.tables.days import NoDay, read_days
from bot.settings.office import Office
from storage.database import NotFound
from storage.fieldwork.programmes import get_programme, put_programme, put_results
from storage.fieldwork.workshop_names import code_of
from storage.office.audit import Act
from surveys.problems import BadInput, Problem
from surveys.programme import COUNTED, MONTH, UNITS, Programme, Result, Step

RESULTS = "results"
"""What entries of the audit log call the results of a programme."""
CHAIN = ("days", "month", "train_the_trainer", "follow_up_workshop")
NUMBER = re.compile(r"(\d{1,15}|\d{1,3}([ ,]\d{3}){1,4})(\.\d{1,3})?")
"""Digits, with a space or comma between thousands, and at most three decimals after a point."""
MOST_DAYS = 1000
LIST = Columns(("operation",), ("kind", *UNITS, *CHAIN))


@dataclass(frozen=True)
class ImportedResults:
    """The result of an import: the programme as it is now, and its results."""

    programme: Programme
    results: tuple[Result, ...]
    warnings: tuple[Problem, ...] = ()
    number: int = 0
    """The number of the change, by which it is taken back; 0 if nothing was changed."""


@dataclass(frozen=True)
class ProgrammeSaved:
    """A programme as it is now, and the number of the change; 0 if nothing was changed."""

    programme: Programme
    number: int = 0

    @property
    def said(self) -> str:
        """The result in words."""
        code = self.programme.code
        return f"{code} is saved." if self.number else f"{code} is the same. Nothing was changed."


def add_programme(
    connection: Connection,
    office: Office,
    named: tuple[str, str],
    around: tuple[str, str],
    now: datetime,
) -> ProgrammeSaved:
    """Add a programme, or correct its operation and the workshops before and after it.

    `named` are its code and its operation, `around` codes of workshops, months or ''. Days and
    month of the operation come with its results. Raise NotFound for an unknown workshop, BadInput
    for an invalid code.
    """
    code, operation = named
    wrong, fix = fault_of(code)
    if wrong:
        raise BadInput((Problem("CODE", "", wrong, code, fix),))
    trainers, follow_up = (_named_step(connection, said) for said in around)
    before = locked_state(connection, code)
    known = before.programme if before else Programme(code, operation)
    made = replace(known, operation=operation, trainers=trainers, follow_up=follow_up)
    put_programme(connection, made)
    number = keep_programme(connection, code, before, now)
    if number:
        record(connection, office, Act.PROGRAMME_CHANGED, code, now, change=number)
    return ProgrammeSaved(made, number)


def _named_step(connection: Connection, said: str) -> Step:
    """Return a step given as the code of a workshop or as a month such as 2015-04."""
    if MONTH.fullmatch(said):
        return Step(month=said)
    return Step(workshop=code_of(connection, said)) if said else Step()


def import_results(
    connection: Connection, office: Office, code: str, given: List, now: datetime
) -> ImportedResults:
    """Replace the results of a programme with the rows of a list about its operation.

    A row may name the kind of goods it counts; an empty cell means unknown, not 0. Days, month and
    workshops correct the programme. Raise BadInput with all problems; then nothing is changed.
    """
    before = locked_state(connection, code)
    programme = get_programme(connection, code)
    reading = Reading(given.source)
    rows = read_rows(given, reading, LIST)
    mine = [
        row for row in rows if row.get("operation").casefold() == programme.operation.casefold()
    ]
    if not mine:
        others = ", ".join(dict.fromkeys(row.get("operation") for row in rows)) or "none"
        message = f"The list has no row of the operation {programme.operation!r}."
        reading.error("column operation", message, fix=f"It has: {others}.")
    results = _results(mine, reading)
    for row in mine:
        programme = _corrected_chain(connection, programme, row, reading)
    reading.refuse_if_failed()
    put_programme(connection, programme)
    put_results(connection, code, results)
    number = keep_programme(connection, code, before, now)
    if number:
        counts = {"amounts": len(results), "change": number}
        record(connection, office, Act.IMPORTED, f"{code} {RESULTS}", now, **counts)
    return ImportedResults(programme, tuple(results), reading.warnings, number)


def _results(rows: list[Row], reading: Reading) -> list[Result]:
    found: dict[tuple[str, str], Result] = {}
    for row in rows:
        for unit in UNITS:
            amount = _amount(row, unit, reading)
            key = (row.get("kind"), unit)
            if amount is not None and key in found:
                reading.wrong(row, unit, "is given twice for this kind.", "Keep one of them.")
            if amount is not None:
                found[key] = Result(*key, amount)
    return list(found.values())


def _amount(row: Row, unit: str, reading: Reading) -> Decimal | None:
    """Return the amount of a cell; decimals are for what is weighed or measured."""
    found = number_in(row.get(unit))
    if found is None and row.get(unit):
        fix = "Write it like 201951 or 201951.5, or leave it empty."
        reading.wrong(row, unit, "is not a number.", fix)
    if found is not None and found % 1 and unit in COUNTED:
        reading.wrong(row, unit, "is counted, so it has no decimals.", "Write a whole number.")
        return None
    return found


def number_in(text: str) -> Decimal | None:
    """Return a number as lists write it: 201951, 201,951, 201 951.5; None for anything else."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    if not NUMBER.fullmatch(plain):
        return None
    return Decimal(re.sub(r"[ ,]", "", plain))


def _whole_number(row: Row, column: str, reading: Reading) -> int | None:
    text = row.get(column)
    if not text:
        return None
    found = number_in(text)
    if found is None or found % 1 or found > MOST_DAYS:
        reading.wrong(row, column, "is not a number of days.", "Write it like 12.")
        return None
    return int(found)


def _corrected_chain(
    connection: Connection, before: Programme, row: Row, reading: Reading
) -> Programme:
    """Return the programme with the days, month and workshops of a row."""
    month = month_in(row.cells.get("month")) if row.get("month") else ""
    if month is None:
        reading.wrong(row, "month", "is not a month.", "Write it like 2015-12 or Dec 2015.")
    days = _whole_number(row, "days", reading)
    return replace(
        before,
        days=before.days if days is None else days,
        month=month or before.month,
        trainers=_corrected_step(connection, before.trainers, (row, "train_the_trainer"), reading),
        follow_up=_corrected_step(
            connection, before.follow_up, (row, "follow_up_workshop"), reading
        ),
    )


def month_in(cell: Cell | None) -> str | None:
    """Return the month of a cell as 2015-12: a month, a day in it, or words such as Dec 2015."""
    if cell is None or MONTH.fullmatch(cell.text):
        return cell.text if cell else None
    for text in (cell.text, f"1 {cell.text}"):
        try:
            found = read_days(replace(cell, text=text)).first
        except NoDay:
            continue
        if found is not None:
            return f"{found:%Y-%m}"
    return None


def _corrected_step(
    connection: Connection, before: Step, cell: tuple[Row, str], reading: Reading
) -> Step:
    row, column = cell
    said = row.get(column)
    if not said:
        return before
    if MONTH.fullmatch(said):
        return replace(before, month=said)
    try:
        return replace(before, workshop=code_of(connection, said))
    except NotFound:
        fix = "Write the code of a workshop, or a month such as 2015-04."
        reading.wrong(row, column, "is neither a workshop nor a month.", fix)
        return before
