"""Old workbooks (.xls) are read like new ones: texts, numbers, days, yes and no, failed formulas."""

import struct
from datetime import date

from bot.importing.tables.cells import Cell
from bot.importing.tables.reading import read_book
from bot.importing.tables.workbooks import read_xls
from tests.places import DATA, ROOT

DAY, GENERAL = 1, 0
"""The formats of the workbooks below, by their places in it."""


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def at(row: int, column: int, form: int = GENERAL) -> bytes:
    return struct.pack("<HHBBB", row, column, 0, form, 0)


def text(row: int, column: int, value: str) -> bytes:
    return record(0x04, at(row, column) + bytes([len(value)]) + value.encode("ascii"))


def number(row: int, column: int, value: float, form: int = GENERAL) -> bytes:
    return record(0x03, at(row, column, form) + struct.pack("<d", value))


def truth(row: int, column: int, value: bool) -> bytes:
    return record(0x05, at(row, column) + bytes([value, 0]))


def failed(row: int, column: int) -> bytes:
    return record(0x05, at(row, column) + bytes([0x07, 1]))  # #DIV/0!


def workbook(*cells: bytes) -> bytes:
    """A workbook of the oldest kind: one sheet, records one after the other."""
    formats = b"".join(
        record(0x1E, bytes([len(form)]) + form) for form in (b"General", b"yyyy-mm-dd")
    )
    return (
        record(0x09, struct.pack("<HH", 2, 0x10)) + formats + b"".join(cells) + record(0x0A, b"")
    )


def test_cells_of_each_kind_are_read() -> None:
    content = workbook(
        text(0, 0, "name"),
        text(0, 1, "start"),
        text(1, 0, " Ada  Vea "),
        number(1, 1, 43136, DAY),
        number(2, 0, 8613800000206),
        number(2, 1, 4.5),
        truth(3, 0, True),
        truth(3, 1, False),
        failed(4, 0),
    )
    (sheet,) = read_xls(content).sheets
    assert not sheet.hidden
    assert sheet.rows[0] == (Cell("name"), Cell("start"))
    assert sheet.rows[1][0] == Cell("Ada Vea")
    assert (sheet.rows[1][1].day, sheet.rows[1][1].text) == (date(2018, 2, 5), "2018-02-05")
    assert [(cell.text, cell.number) for cell in sheet.rows[2]] == [
        ("8613800000206", 8613800000206.0),
        ("4.5", 4.5),
    ]
    assert [(cell.text, cell.number) for cell in sheet.rows[3]] == [
        ("TRUE", None),
        ("FALSE", None),
    ]
    assert sheet.rows[4][0].broken


def test_a_file_of_a_real_program_is_read() -> None:
    content = (ROOT / "tests/surveys/xlsform/data/capitals.xls").read_bytes()
    book = read_book(content)
    assert [sheet.name for sheet in book.sheets] == ["Survey", "Choices", "SETTINGS"]
    assert [[cell.text for cell in row] for row in book.sheets[1].rows] == [
        ["List Name", "NAME", "Label"],
        ["yn", "1", "Yes"],
        ["yn", "0", "No"],
    ]
    assert not any(sheet.hidden for sheet in book.sheets)


def test_hidden_struck_out_and_merged_rows_are_known() -> None:
    """The file was written with xlwt; its third row is hidden, its fourth struck out."""
    (sheet,) = read_book((DATA / "hidden_and_struck.xls").read_bytes()).sheets
    assert (sheet.hidden_rows, sheet.struck_rows) == (frozenset({3}), frozenset({4}))
    assert sheet.below == {(7, 1)}
    assert [row[0].text for row in sheet.rows][5:] == ["Ida Fee", "Ida Fee"]
