"""What a file of a report tells, to be compared with what the report tells."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from analysis.arrangement import arranged
from analysis.formats import render
from analysis.formats.json import structured
from analysis.model import Report

READ_ALOUD = ("title", "alt", "aria-label", "content", "data-value", "summary")
"""The attributes of a page whose text a reader may see or hear."""
TURNS = str.maketrans("", "", "\u202b\u202c")
"""The signs around labels from right to left."""


def leaves(value: object) -> Iterator[str]:
    """Yield every text and number of a JSON value; keys are no figures."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield str(value)


@dataclass(eq=False)
class _Read:
    """What the tests of a report read again and again, made once."""

    found: Report
    files: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def told(self) -> set[str]:
        return _told(self.found)

    @cached_property
    def longest_first(self) -> list[str]:
        """The texts that are more than a number, each with single spaces."""
        texts = sorted(filter(re.compile(r"\D").search, self.told), key=len, reverse=True)
        return [" ".join(one.split()) for one in texts]


_LATEST: list[_Read] = []


def _read(found: Report) -> _Read:
    """Return what has been read of a report, as long as no other one is asked for."""
    if not _LATEST or _LATEST[0].found is not found:
        _LATEST[:] = [_Read(found)]
    return _LATEST[0]


def written(found: Report, name: str) -> bytes:
    """Return a report in a format, made once."""
    files = _read(found).files
    if name not in files:
        files[name] = render(found, name)
    return files[name]


def told(found: Report) -> set[str]:
    """Return every text of a report, also as it stands on a cover and above a chapter."""
    return _read(found).told


def _told(found: Report) -> set[str]:
    texts = leaves(json.loads(render(found, "json")))
    cover = (f"{label}: {text}" for label, text in found.cover)
    long = arranged(found)
    chapters = (f"{chapter.number} {chapter.heading}" for chapter in long.chapters)
    parts = {one for key in ("sections", "chapters") for one in leaves(structured(long)[key])}
    return {*texts, *cover, *chapters, *parts}


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text.replace(",", "")))


def strange(pieces: Iterator[str], found: Report) -> set[str]:
    """Return the pieces of a file whose numbers are not those of one text of the report, as a whole."""
    known, inside = told(found), _read(found).longest_first
    left = set()
    for piece in pieces:
        text = " ".join(piece.translate(TURNS).split())
        if not numbers(text) or text in known:
            continue
        for one in inside:
            text = text.replace(one, "")
        if numbers(text):
            left.add(text.strip())
    return left


def numbers_of_tables(found: Report) -> set[str]:
    tables = [table for part in found.sections for table in part.tables]
    return {
        n for table in tables for row in table.rows for cell in row for n in numbers(str(cell))
    }


def parts(file: bytes, pattern: str, tags: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts of elements of the XML parts of an office file."""
    with ZipFile(BytesIO(file)) as packed:
        for name in packed.namelist():
            if re.search(pattern, name):
                for element in ElementTree.fromstring(packed.read(name)).iter():
                    if element.tag.rpartition("}")[2] in tags:
                        yield "".join(element.itertext())


def printed(pdf: bytes, path: Path) -> str:
    """Return the text of a PDF, which is written to a path."""
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def xml(file: bytes, start: str) -> list[str]:
    with ZipFile(BytesIO(file)) as packed:
        names = sorted(name for name in packed.namelist() if name.startswith(start))
        return [packed.read(name).decode() for name in names]


def embedded(file: bytes) -> list[bytes]:
    """Return the workbooks of charts, in the order of the charts."""
    with ZipFile(BytesIO(file)) as packed:
        links = sorted(n for n in packed.namelist() if n.startswith("ppt/charts/_rels/"))
        named = [re.findall(r'embeddings/([^"]+)"', packed.read(n).decode()) for n in links]
        return [packed.read(f"ppt/embeddings/{one}") for found in named for one in found]


def numbers_of_cells(file: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(file)) as book:
        for name in book.namelist():
            if "worksheets/sheet" in name and name.endswith(".xml"):
                for cell in ElementTree.fromstring(book.read(name)).iter():
                    text = "".join(cell.itertext())
                    if cell.tag.endswith("}c") and cell.get("t", "n") == "n" and text:
                        yield text


def days(found: Report) -> set[str]:
    """The days that a report tells, as the numbers that Excel has for them."""
    told_days = re.findall(r"\d{4}-\d\d-\d\d", " ".join(told(found)))
    return {str((date.fromisoformat(one) - date(1899, 12, 30)).days) for one in told_days}


class Page(HTMLParser):
    """The texts of a page and of its attributes; drawings and styles have numbers of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.pictures: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "script", "svg")
        self.pictures += [
            value or "" for name, value in attrs if name in READ_ALOUD and tag != "meta"
        ]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script", "svg")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)
