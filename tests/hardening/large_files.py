"""Small files that state huge tables, made anew for each test."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"


def workbook(title: str, rows: list[list[str]], inside: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one sheet whose XML is changed."""
    book = Workbook()
    book.worksheets[0].title = title
    for row in rows:
        book.worksheets[0].append(row)
    made, changed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with (
        zipfile.ZipFile(made) as parts,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in parts.namelist():
            content = parts.read(name)
            archive.writestr(name, inside(content) if name == SHEET else content)
    return changed.getvalue()


def merged(xml: bytes) -> bytes:
    """One range of merged cells over the whole sheet."""
    area = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return xml.replace(b"</sheetData>", b"</sheetData>" + area)


def with_rows(rows: bytes) -> Callable[[bytes], bytes]:
    """More rows below those of the sheet."""
    return lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")


CORNER = with_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
BESIDE = with_rows(b'<row r="3"><c r="XFD3"><v>1</v></c></row>')
STRAY = with_rows(b'<row r="19999"><c r="IV19999"><v>1</v></c></row>')
MANY_ROWS = with_rows(b"<row><c><v>1</v></c></row>" * 600_000)
BLANK_ROWS = with_rows(b"<row/>" * 1_000_000)
PEOPLE_ROWS = [["name", "administration"], ["Ada Vea", "FJ"]]
FORM_ROWS = [["type", "name", "label"], ["txet", "a", "A"]]
EVENT = b"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Workshop\r\nDTSTART:20180205\r\nEND:VEVENT\r\n"
EVENTS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + EVENT * 15_000 + b"END:VCALENDAR\r\n"
DIGITS = "9" * 5_000


def people(inside: Callable[[bytes], bytes]) -> bytes:
    """A list of people with something in its sheet that is too much."""
    return workbook("People", PEOPLE_ROWS, inside)


def form(inside: Callable[[bytes], bytes]) -> bytes:
    """A questionnaire with a mistake, and something in its sheet that is too much."""
    return workbook("survey", FORM_ROWS, inside)
