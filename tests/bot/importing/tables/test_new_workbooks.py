"""Plain workbooks are read by a fast library, which must give the same cells as the other one."""

import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from bot.importing.tables.new_workbooks import MOST, read_new
from bot.importing.tables.reading import read_book
from bot.importing.tables.workbooks import read_xlsx
from surveys.xlsform.extents import extents
from surveys.xlsform.sheets import Unreadable
from tests.bot.importing.nasty_lists import sheet

ROWS: list[list[Any]] = [
    [None, "Name", "Joined", "Score"],
    [],
    [None, "  Ada\nVea ", date(2018, 2, 5), 4],
    [None, "กขค ไทย", datetime(2018, 2, 5, 10, 30), 4.5],  # noqa: DTZ001 - of a cell
    [None, "a_x000D_b", time(9, 30), True],
    [None, "'00123", 8613800000206, 1.9143100000101e18],
    [None, "a\u200bb & <c>", -1, 0.1],
    [None, "x" * 1_200, False, 43136],
]


def changed(made: Worksheet) -> None:
    """Merge and hide some rows, format blank cells, show a number as a day."""
    made.merge_cells("B3:B4")
    made.row_dimensions[5].hidden = True
    made["H30"].font = Font(bold=True)
    made["D8"].number_format = "yyyy-mm-dd"
    made["C7"].number_format = "#,##0.00"
    made["F3"] = CellRichText("one ", TextBlock(InlineFont(b=True), "two"))


def with_inline_texts(content: bytes) -> bytes:
    """The workbook with a cell whose text stands in the cell itself."""
    inline = b'<c r="E1" t="inlineStr"><is><t>Inline</t></is></c></row>'
    with io.BytesIO() as packed:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as before,
            zipfile.ZipFile(packed, "w") as after,
        ):
            for name in before.namelist():
                part = before.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    part = part.replace(b"</row>", inline, 1)
                after.writestr(name, part)
        return packed.getvalue()


def test_a_plain_workbook_has_the_same_cells_by_both_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = with_inline_texts(sheet(ROWS, changed))
    slow = read_xlsx(content, extents(content, MOST))
    monkeypatch.setitem(sys.modules, "openpyxl", None)  # that the fast one is taken
    fast = read_new(content)
    (one,), (other,) = fast.sheets, slow.sheets
    assert one == other
    assert [cell.text for cell in one.rows[0]][:5] == ["", "Name", "Joined", "Score", "Inline"]
    assert (one.hidden_rows, one.below) == (frozenset({5}), {(4, 2)})


def struck(made: Worksheet) -> None:
    for cell in made[3]:
        cell.font = Font(strike=True)


def numbered(made: Worksheet) -> None:
    made["D3"].number_format = "0000"


def linked(made: Worksheet) -> None:
    made["B3"].hyperlink = "mailto:ada@example.org"


def reckoned(made: Worksheet) -> None:
    made["B9"] = "=B3"


@pytest.mark.parametrize("change", [struck, numbered, linked, reckoned])
def test_what_only_the_slow_library_tells_is_not_lost(
    change: Callable[[Worksheet], None],
) -> None:
    content = sheet(ROWS, change)
    assert read_new(content) == read_xlsx(content, extents(content, MOST))
    (read,) = read_new(content).sheets
    (plain,) = read_new(sheet(ROWS)).sheets
    assert (read.rows, read.struck_rows) != (plain.rows, plain.struck_rows)


@pytest.mark.parametrize("left", [0.0, 0.5])
@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"],
)
def test_a_workbook_with_a_damaged_part_is_refused_with_what_to_do(part: str, left: float) -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet([["name", "administration"], ["Ben", "NP"]]))) as whole,
        zipfile.ZipFile(content, "w") as broken,
    ):
        for name in whole.namelist():
            data = whole.read(name)
            broken.writestr(name, data[: int(left * len(data))] if name == part else data)
    with pytest.raises(Unreadable, match=r"damaged.*not an Excel workbook") as refused:
        read_book(content.getvalue())
    assert refused.value.fix == "Open it in Excel and save it as .xlsx."
