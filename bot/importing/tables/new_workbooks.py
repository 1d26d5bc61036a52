"""Workbooks of the new kind (.xlsx, .xlsm): by the fast library where they are plain, else by the other.

Only the slow one tells formulas from values, links, struck-out text and how numbers are shown: it
takes a second for 10,000 people.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from html import unescape
from typing import Any

from bot.importing.tables.cells import Book, Sheet
from bot.importing.tables.codes import shows_more
from bot.importing.tables.other_workbooks import merged_in, rows_of
from bot.importing.tables.texts import MOST_CELLS, MOST_ROWS
from bot.importing.tables.workbooks import below, read_xlsx
from surveys.xlsform.extents import Extent, Most, extents
from surveys.xlsform.sheets import MOST_COLUMNS

MOST = Most(MOST_ROWS, MOST_COLUMNS, MOST_CELLS)
FORMAT = re.compile(r'formatCode="([^"]*)"')
MAC = re.compile(rb'date1904="(?:1|true)"')
STRIKE = re.compile(rb"<(?:\w+:)?strike\b")


def read_new(content: bytes) -> Book:
    """Return the sheets of a workbook. Raise Unreadable for one that is too large."""
    reach = extents(content, MOST)
    if all(one.plain for one in reach.values()) and _is_plain(content):
        return _plain(content, reach)
    return read_xlsx(content, reach)


def _is_plain(content: bytes) -> bool:
    """Return whether the formats of a workbook show nothing but its values."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        styles = archive.read("xl/styles.xml") if "xl/styles.xml" in names else b""
        mac = MAC.search(archive.read("xl/workbook.xml"))
    formats = map(unescape, FORMAT.findall(styles.decode(errors="replace")))
    return not (mac or STRIKE.search(styles) or any(map(shows_more, formats)))


def _plain(content: bytes, reach: Mapping[str, Extent]) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        return Book(tuple(_sheet(book, one, reach.get(one.name, Extent())) for one in found))
    except CalamineError as error:
        raise ValueError(error) from error


def _sheet(book: Any, about: Any, reach: Extent) -> Sheet:
    from python_calamine import SheetVisibleEnum

    sheet = book.get_sheet_by_name(about.name)
    hidden = about.visible is not SheetVisibleEnum.Visible
    return Sheet(
        about.name,
        rows_of(sheet),
        hidden,
        hidden_rows=frozenset(reach.hidden),
        below=below(merged_in(sheet), reach.rows),
    )
