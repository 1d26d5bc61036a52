"""The bytes of a table file of any format as a book of cells.

Files of calendar programs (.ics) are not tables; see `bot.importing.calendars.ics`.
"""

import io
import re
import zipfile
from collections.abc import Callable

from bot.importing.tables.cells import Book
from bot.importing.tables.coding import coding_warning, decode
from bot.importing.tables.documents import read_docx
from bot.importing.tables.new_workbooks import read_new
from bot.importing.tables.other_workbooks import read_other
from bot.importing.tables.texts import read_text
from bot.importing.tables.workbooks import read_xls
from surveys.xlsform.books import MOST_UNPACKED, OLE, SAVE_AS, ZIP
from surveys.xlsform.sheets import Unreadable
from surveys.xlsform.workbooks import damaged

PACKED: tuple[tuple[str, Callable[[bytes], Book]], ...] = (
    ("xl/workbook.xml", read_new),
    ("xl/workbook.bin", read_other),
    ("content.xml", read_other),
    ("word/document.xml", read_docx),
)
"""What reads a packed file, by a part that it has: .xlsx, .xlsb, .ods, .docx."""

OPEN_IN_EXCEL = "Open it in Excel and save it as .xlsx."
BLANK = rb"(?:\xef\xbb\xbf)?\s*"
OTHERS = (
    (rb"%PDF", "a PDF", "Copy its table into Excel, or ask for the list as .xlsx or .docx."),
    (rb"\{\\rtf", "a text with formats (.rtf)", "Save it as .docx."),
    (BLANK + rb"(?:<!doctype|<html|<table|<\?xml|<head|<meta)", "a web page", OPEN_IN_EXCEL),
    (BLANK + rb"BEGIN:VCARD", "a list of contacts (.vcf)", "Export the contacts as CSV."),
    (BLANK + rb"[\[{]\s*[\[{\"]", "data for programs (JSON)", OPEN_IN_EXCEL),
)
"""How files begin that are sent in place of a table, what they are, and what to do."""


def read_book(content: bytes, coding: str = "") -> Book:
    """Return all sheets of a table: a workbook of any kind, a Word document, or text.

    `coding` is the one chosen for a text file. Raise Unreadable with one sentence.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("The file is empty.", "Save the list again.")
    if content.startswith(ZIP):
        return damaged(_packed(content), content)
    if content.startswith(OLE):
        return damaged(read_xls, content)
    for start, what, fix in OTHERS:
        if re.match(start, content, re.IGNORECASE):
            raise Unreadable(f"This is {what}, not a table.", fix)
    text = decode(content, coding)
    sheet = read_text(text.text)
    return Book((sheet,), text.coding, coding_warning(text) if text.guessed else "")


def _packed(content: bytes) -> Callable[[bytes], Book]:
    """Return what reads a packed file, by its parts and before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unreadable("The file is damaged: it cannot be unpacked.", SAVE_AS) from None
    megabytes = sum(sizes.values()) // 1_000_000
    if sum(sizes.values()) > MOST_UNPACKED:
        message = f"The file unpacks to {megabytes:,} MB, which no list needs."
        raise Unreadable(message, "Copy the sheets into a new workbook.")
    for part, read in PACKED:
        if part in sizes:
            return read
    raise Unreadable("The file is neither a workbook nor a Word document.", SAVE_AS)
