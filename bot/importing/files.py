"""Reading a list from an uploaded file, in a limited process of its own.

Returns the cells of a table, or the events of a calendar program, without interpreting them. Call it
before a transaction begins.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.importing.calendars.ics import event_rows, is_ics
from bot.importing.rows.open_questions import Answers
from bot.importing.rows.rows import CODING, Events, List, Reading, Row
from bot.importing.tables.cells import Book, Cell, Sheet
from bot.importing.tables.reading import read_book
from bot.runtime.sandbox import Limits, file_label, read_apart, within
from surveys.problems import BadInput, Problem
from surveys.xlsform.sheets import Unreadable

SMALLER = "Send the list alone, without pictures and other sheets, or in several parts."
LIMITS = Limits(smaller=SMALLER)


def read_list(
    content: bytes, source: str, coding: str = "", limits: Limits = LIMITS
) -> Book | Events:
    """Return the cells of a table or the events of an .ics file.

    `source` is the file name for messages about its events, `coding` the one chosen for a text file.
    Raise Unreadable with one sentence.
    """
    data = json.loads(read_apart(__name__, [file_label(source), coding], content, limits))
    if "unreadable" in data:
        raise Unreadable(*data["unreadable"])
    if "events" in data:
        rows = tuple(
            Row(one["number"], _cells_of(one["cells"]), one["labels"], what=one["what"])
            for one in data["events"]
        )
        return Events(rows, tuple(Problem(**problem) for problem in data["problems"]))
    sheets = tuple(
        Sheet(
            one["name"],
            tuple(tuple(map(_cell, row)) for row in one["rows"]),
            one["hidden"],
            one["mac"],
            frozenset(one["hidden_rows"]),
            frozenset(one["struck_rows"]),
            frozenset((row, column) for row, column in one["below"]),
        )
        for one in data["sheets"]
    )
    return Book(sheets, data["coding"], data["warning"])


def _cells_of(cells: dict[str, list[Any]]) -> dict[str, Cell]:
    return {key: _cell(cell) for key, cell in cells.items()}


def _cell(data: list[Any] | str) -> Cell:
    if isinstance(data, str):
        return Cell(data)
    text, day, number, link, broken, lines = data
    moment = date.fromisoformat(day) if day else None
    return Cell(text, moment, number, link, broken, tuple(lines))


def _plain(cell: Cell) -> list[Any] | str:
    """Return a cell as JSON: a string if it has a text only."""
    if cell.day is None and cell.number is None and not (cell.link or cell.broken or cell.lines):
        return cell.text
    day = cell.day.isoformat() if cell.day else None
    return [cell.text, day, cell.number, cell.link, cell.broken, cell.lines]


def parse(content: bytes, source: str, coding: str = "") -> Book | Events:
    """Return what `read_list` returns, read in this process: for files of the program itself."""
    if not is_ics(content):
        return read_book(content, coding)
    reading = Reading(source)
    try:
        rows = event_rows(content, reading, coding)
    except BadInput:
        rows = []
    return Events(tuple(rows), reading.problems)


def open_list(
    content: bytes,
    source: str,
    dry_run: bool = False,
    answers: Answers | None = None,
    read: Callable[[bytes, str, str], Book | Events] = parse,
) -> List:
    """Return the list of a file. `read` is `read_list` for files that come from anywhere.

    Raise BadInput for a file that cannot be read.
    """
    given, name = answers or {}, file_label(source)
    try:
        cells = read(content, name, given.get(CODING, ""))
        return List(cells, name, dry_run, given, digest_of(content))
    except Unreadable as error:
        raise BadInput((Problem(name, "", error.message, fix=error.fix),)) from None


def digest_of(content: bytes) -> str:
    """Return the hash by which the same file is known again."""
    return hashlib.sha256(content).hexdigest()


def _as_json(read: Book | Events) -> dict[str, Any]:
    if isinstance(read, Events):
        events = [
            {
                "number": row.number,
                "cells": {key: _plain(cell) for key, cell in row.cells.items()},
                "labels": dict(row.labels),
                "what": row.what,
            }
            for row in read.rows
        ]
        return {"events": events, "problems": [asdict(problem) for problem in read.problems]}
    sheets = [
        {
            "name": sheet.name,
            "rows": [[_plain(cell) for cell in row] for row in sheet.rows],
            "hidden": sheet.hidden,
            "mac": sheet.mac,
            "hidden_rows": sorted(sheet.hidden_rows),
            "struck_rows": sorted(sheet.struck_rows),
            "below": sorted(sheet.below),
        }
        for sheet in read.sheets
    ]
    return {"sheets": sheets, "coding": read.coding, "warning": read.warning}


def _work(arguments: Sequence[str], content: bytes) -> str:
    """Read a file in the limited process; return the result as JSON."""
    try:
        return json.dumps(_as_json(parse(content, *arguments)))
    except Unreadable as error:
        return json.dumps({"unreadable": [error.message, error.fix]})


if __name__ == "__main__":
    sys.exit(within(_work))
