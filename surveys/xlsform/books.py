"""Read the bytes of an office file as sheets of texts: .xlsx, .xls, .csv and markdown tables.

pyxform's readers are not used: they drop row numbers, stop at the first mistake, ignore rows after a
gap and fail on a byte order mark. The meaning of cells is not known here.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial

from surveys.xlsform.sheets import (
    CHOICES,
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Chosen,
    Sheet,
    Unreadable,
    roles,
    tidy,
)
from surveys.xlsform.workbooks import damaged, read_xls, read_xlsx

MOST_UNPACKED = 64_000_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "Save it as .xlsx, .csv or .md and send that file."
LIST_HEADINGS = ("list_name", "list name")
SEPARATOR = re.compile(r":?-{2,}:?")
PIPE = re.compile(r"(?<!\\)\|")


def read_book(content: bytes, file_name: str, choose: Chosen = roles) -> Book:
    """Return the chosen sheets of a file, those of a form by default.

    Raises Unreadable with one sentence.
    """
    if file_name.startswith("~$"):
        message = "This is a lock file that an office program leaves behind, not a form."
        raise Unreadable(message, "Send the file of the same name without ~$.")
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("The file is empty.", "Save the form again and send it.")
    if content.startswith(ZIP):
        refuse_bombs(content)
        return damaged(partial(read_xlsx, choose=choose), content)
    if content.startswith(OLE):
        return damaged(partial(read_xls, choose=choose), content)
    text = _decoded(content)
    if file_name.lower().endswith(".md") or _looks_like_markdown(text):
        return _book(_markdown_rows(text), choose)
    return _book(_csv_rows(text), choose)


def refuse_bombs(content: bytes) -> None:
    """Refuse a small file that unpacks into a huge one, by the sizes it states."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unreadable("The file is damaged: it cannot be unpacked.", SAVE_AS) from None
    size = sum(entry.file_size for entry in entries)
    if size > MOST_UNPACKED:
        message = f"The file unpacks to {size // 1_000_000:,} MB, which no form needs."
        raise Unreadable(message, "Copy the sheets into a new workbook.")
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise Unreadable("The file is not an Excel workbook.", SAVE_AS)


def _decoded(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        message = "The file is neither a workbook nor a text in UTF-8."
        raise Unreadable(message, "Save it as .xlsx, or as 'CSV UTF-8'.") from None
    if "\x00" in text:
        raise Unreadable("The file is neither a workbook nor a text.", SAVE_AS)
    return text


def _looks_like_markdown(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()][:20]
    return bool(lines) and sum(line.lstrip().startswith("|") for line in lines) * 2 > len(lines)


def _csv_rows(text: str) -> Iterator[list[str]]:
    head = text[:5_000]
    delimiter = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(f"The file is not a table of texts: {error}.", SAVE_AS) from None


def _markdown_rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.lstrip().startswith("|"):
            inner = line.strip()[1:]
            cells = PIPE.split(inner)[: -1 if inner.endswith("|") else None]
            row = [cell.strip().replace(r"\|", "|") for cell in cells]
            if not _is_separator(row):
                yield row


def _is_separator(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and all(SEPARATOR.fullmatch(cell) for cell in filled)


def _book(rows: Iterable[list[str]], choose: Chosen) -> Book:
    """Return sheets that stand below each other; the first column names the sheet that begins."""
    found: dict[str, list[tuple[str, ...]]] = {}
    current: list[tuple[str, ...]] = []
    for row in _named(iter(rows)):
        name = tidy(row[0]) if row else ""
        if name:
            current = found.setdefault(name, [])
        cells = tuple(tidy(cell) for cell in row[1:])
        if any(cells) or (current and not name):
            current.append(cells[:MOST_COLUMNS])
        if len(current) > MOST_ROWS:
            raise Unreadable(f"A sheet has more than {MOST_ROWS:,} rows.", "Shorten the form.")
    chosen = choose(found)
    sheets = {role: Sheet(name, _trimmed(found[name])) for role, name in chosen.items()}
    return Book(tuple(found), sheets)


def _named(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Return the rows; a table that begins with the headings of choices gets the name of its sheet."""
    first = next(rows, None)
    if first is None:
        return
    begins = bool(first) and bool(tidy(first[0]))
    if not begins or not any(tidy(cell).casefold() in LIST_HEADINGS for cell in first):
        yield first
        yield from rows
        return
    yield [CHOICES]
    yield ["", *first]
    for row in rows:
        yield ["", *row]


def _trimmed(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple(rows)
