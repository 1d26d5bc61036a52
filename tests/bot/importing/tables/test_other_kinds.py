"""Every kind of file that holds a table is read to the same cells, within the same limits."""

import io
import struct
import zipfile
from datetime import date

import pytest

from bot.importing.files import read_list
from bot.importing.tables.reading import read_book
from surveys.xlsform.sheets import Unreadable
from tests.bot.importing.nasty_lists import document

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
HEAD = (
    f'<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0" '
    f'xmlns:table="{OFFICE}:table:1.0" office:version="1.3"><office:body><office:spreadsheet>'
    '<table:table table:name="People">'
)
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0"><manifest:file-entry '
    f'manifest:full-path="/" manifest:media-type="{MIME}"/></manifest:manifest>'
)

FORMATS = "http://schemas.openxmlformats.org"
RELATIONS = (
    f'<Relationships xmlns="{FORMATS}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{FORMATS}/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)


def text(value: str, repeated: int = 1) -> str:
    times = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return (
        f'<table:table-cell office:value-type="string"{times}><text:p>{value}</text:p>'
        "</table:table-cell>"
    )


def ods(rows: str) -> bytes:
    """A small workbook of LibreOffice."""
    with io.BytesIO() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", MIME)
            archive.writestr("META-INF/manifest.xml", MANIFEST)
            archive.writestr("content.xml", HEAD + rows + TAIL)
        return packed.getvalue()


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook: its kind and its size in groups of seven bits."""
    numbers = []
    for number in (kind, len(content)):
        low, high = number & 0x7F, number >> 7
        numbers.append(bytes([low | 0x80, high]) if high else bytes([low]))
    return b"".join(numbers) + content


def wide(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def xlsb(rows: list[list[str | float]], *, corner: bool = False) -> bytes:
    """A small binary workbook, with a cell at XFD1048576 if `corner`."""
    cells = {
        (row, column): value
        for row, texts in enumerate(rows)
        for column, value in enumerate(texts)
    }
    cells |= {(1_048_575, 16_383): "x"} if corner else {}
    written, last = b"", -1
    for (row, column), value in cells.items():
        if row != last:
            written, last = written + record(0, struct.pack("<IIHBBI", row, 0, 300, 0, 0, 0)), row
        head = struct.pack("<II", column, 0)
        real = isinstance(value, float)
        written += record(
            5 if real else 6, head + (struct.pack("<d", value) if real else wide(str(value)))
        )
    size = struct.pack("<IIII", 0, last, 0, max(column for _, column in cells))
    sheet = record(129) + record(148, size) + record(145) + written + record(146) + record(130)
    named = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("People"))
    book = record(131) + record(143) + named + record(144) + record(132)
    with io.BytesIO() as packed:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("xl/workbook.bin", book)
            archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
            archive.writestr("xl/worksheets/sheet1.bin", sheet)
        return packed.getvalue()


def row(*cells: str, repeated: int = 1) -> str:
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{''.join(cells)}</table:table-row>"


def test_a_workbook_of_libreoffice_is_read_with_its_days_and_numbers() -> None:
    day = '<table:table-cell office:value-type="date" office:date-value="2018-02-05"/>'
    number = '<table:table-cell office:value-type="float" office:value="8613800000206"/>'
    (sheet,) = read_book(
        ods(row(text("name"), text("joined")) + row(text("Ada"), day, number))
    ).sheets
    assert [cell.text for cell in sheet.rows[0]][:2] == ["name", "joined"]
    assert (sheet.rows[1][1].day, sheet.rows[1][2].text) == (date(2018, 2, 5), "8613800000206")


def test_blank_rows_to_the_end_of_a_sheet_are_no_rows() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    (sheet,) = read_book(ods(row(text("name")) + row(blank, repeated=1_048_575))).sheets
    assert [[cell.text for cell in cells] for cells in sheet.rows] == [["name"]]


@pytest.mark.parametrize(
    "rows",
    [
        row(text("a", 16_384), repeated=1_048_576),
        row(text("name")) + row("", repeated=1_048_575) + row(text("x")),
        row(*[text(str(number)) for number in range(300)]),
    ],
    ids=["filled", "corner", "wide"],
)
def test_a_workbook_that_states_too_much_ends_in_a_sentence(rows: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_list(ods(rows), "list.ods")
    assert str(refused.value.message).endswith(".")


def test_a_binary_workbook_is_read_like_another() -> None:
    (sheet,) = read_book(xlsb([["name", "phone"], ["Ada", 8613800000206.0]])).sheets
    assert sheet.name == "People"
    texts = [[cell.text for cell in row] for row in sheet.rows]
    assert texts == [["name", "phone"], ["Ada", "8613800000206"]]


def test_a_binary_workbook_with_a_cell_in_its_last_corner_ends_in_a_sentence() -> None:
    with pytest.raises(Unreadable) as refused:
        read_list(xlsb([["name"]], corner=True), "list.xlsb")
    assert refused.value.message == (
        "A sheet has more than 20,000 rows: the cell XFD1048576 is filled."
    )


def test_of_other_workbooks_it_is_said_that_hidden_rows_cannot_be_seen() -> None:
    for content in (xlsb([["name"], ["Ada"]]), ods(row(text("name")) + row(text("Ada")))):
        assert "Hidden and struck-out rows" in read_book(content).warning


def test_a_document_without_a_table_says_what_to_do() -> None:
    with pytest.raises(Unreadable) as refused:
        read_book(document(["Dear all"]))
    assert refused.value.message == "The document has no table."
    assert refused.value.fix == "Put the people into a table."


def test_another_packed_file_is_no_table() -> None:
    with io.BytesIO() as packed:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("photo.jpg", b"x")
        content = packed.getvalue()
    with pytest.raises(Unreadable, match="neither a workbook nor a Word document"):
        read_book(content)
