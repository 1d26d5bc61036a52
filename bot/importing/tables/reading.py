"""The bytes of a table file of any format as a book of cells.

Files of calendar programs (.ics) are not tables; see `bot.importing.calendars.ics`.
"""

from bot.importing.tables.cells import Book
from bot.importing.tables.coding import coding_warning, decode
from bot.importing.tables.texts import read_text
from bot.importing.tables.workbooks import read_xls, read_xlsx
from surveys.xlsform.books import OLE, ZIP, refuse_bombs
from surveys.xlsform.sheets import Unreadable
from surveys.xlsform.workbooks import damaged


def read_book(content: bytes, coding: str = "") -> Book:
    """Return all sheets of a table: .xlsx, .xls, or text with commas, semicolons or tabs.

    `coding` is the one chosen for a text file. Raise Unreadable with one sentence.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("The file is empty.", "Save the list again.")
    if content.startswith(ZIP):
        refuse_bombs(content)
        return damaged(read_xlsx, content)
    if content.startswith(OLE):
        return damaged(read_xls, content)
    text = decode(content, coding)
    sheet = read_text(text.text)
    return Book((sheet,), text.coding, coding_warning(text) if text.guessed else "")
