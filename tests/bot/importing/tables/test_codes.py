"""Codes as workbooks show them, and codes that a spreadsheet has spoiled. No database."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from bot.importing.tables.cells import Cell
from bot.importing.tables.codes import may_be_month, spoiled_code
from bot.importing.tables.reading import read_book


@pytest.mark.parametrize(
    ("value", "written", "shown"),
    [
        (42, "0000", "0042"),
        (42, '"RM-"000', "RM-042"),
        (42, "\\W\\-000", "W-042"),
        (42, "[Red]0000;-0000", "0042"),
        (420000, "000\\-000", "420-000"),
        (420000, "000-000", "420-000"),
        (420000, "(000) 000", "(420) 000"),
        (1234567, "000\\-000", "1234-567"),
        (42, "General", "42"),
        (42, "0", "42"),
        (42, "#,##0", "42"),
        (42, "00.0", "42"),
        (42.5, "0000", "42.5"),
        (-42, "0000", "-42"),
    ],
)
def test_n14_a_number_is_read_as_its_cell_shows_it(value: float, written: str, shown: str) -> None:
    book = Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = written
    with io.BytesIO() as file:
        book.save(file)
        (sheet,) = read_book(file.getvalue()).sheets
    assert sheet.rows[0][0].text == shown


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell("2018-02-01", day=date(2018, 2, 1)), "is a day"),
        (Cell("1914310000010099968", number=1.9143100000101e18), "digits of the code are lost"),
        (Cell("1.91431E+18"), "digits of the code are lost"),
        (Cell("1E5"), ""),
        (Cell("0042"), ""),
        (Cell("2018", number=2018.0), ""),
    ],
)
def test_n14_a_spoiled_code_is_pointed_at(cell: Cell, said: str) -> None:
    found = spoiled_code(cell)
    assert said in found
    assert bool(found) == bool(said)


def test_a_day_in_a_text_may_have_been_a_code() -> None:
    assert [code for code in ("Feb-18", "3-Feb", "FEB-18", "RM-18") if may_be_month(code)] == [
        "Feb-18",
        "3-Feb",
    ]
