"""Every file that leaves the office tells the numbers of its report and no others.

Slow, about ten seconds: it makes each report in every format, and reads the files back.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sqlalchemy import update

from analysis.formats import render
from analysis.formats.page import PAGE, PIXELS_PER_INCH, page_of, unnamed
from analysis.formats.typesetting import typeset
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.good_practice import FromOffice, build_good_practice
from analysis.reports.workshops import build
from analysis.sections.conclusions import Advice
from storage.schema import administrations
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year
from tests.analysis.test_attacks import HERE, THERE, two_workshops

YEAR = "fiscal year"
"""The Good Practice Report on a whole year, with what the office recommends."""
READERS = (
    ("good_practice", "", ()),
    ("rtc", "", ()),
    ("donor", "CCF/Japan", ()),
    ("newsletter", "", ()),
    ("member", "BD", ()),
    ("good_practice", "", ("RM",)),
    (YEAR, "", ()),
)
RECOMMENDED = FromOffice([Advice("Train 3 officers.", "Administrations", date(2019, 6, 30))])
OFFICES = ("a whole year", "two workshops")
READ_ALOUD = ("title", "alt", "aria-label", "content", "data-value", "summary")
"""The attributes of a page whose text a reader may see or hear."""


@pytest.fixture(scope="module")
def offices() -> dict[str, Story]:
    few = two_workshops("obstacles", HERE, THERE, "M6")
    for number, code in enumerate(PLACES):
        there = update(administrations).where(administrations.c.code == code)
        facts = {"subregion": ("Oceania", "ASEAN")[number % 2], "sids": number % 3 == 0}
        few.connection.execute(there.values(facts))
    return dict(zip(OFFICES, (a_whole_year(), few), strict=True))


@pytest.fixture(scope="module", params=[(o, *r) for o in OFFICES for r in READERS], ids=str)
def found(request: pytest.FixtureRequest, offices: dict[str, Story]) -> Report:
    office, audience, whom, codes = request.param
    if audience == YEAR:
        connection, good_practice = offices[office].connection, Wishes("good_practice")
        year = FiscalYear(2017)
        return build_good_practice(connection, year, CUT_OFF, good_practice, RECOMMENDED)
    wishes = Wishes(audience, whom)
    return build(offices[office].connection, codes or None, CUT_OFF, wishes)


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


def told(found: Report) -> set[str]:
    """Return every text of a report, also as it stands on a cover and above a chapter."""
    texts = leaves(json.loads(render(found, "json")))
    cover = (f"{label}: {text}" for label, text in found.cover)
    chapters = (f"{chapter.number} {chapter.heading}" for chapter in found.chapters)
    return {*texts, *cover, *chapters}


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text.replace(",", "")))


def strange(pieces: Iterator[str], found: Report) -> set[str]:
    """Return the pieces of a file whose numbers are not those of one text of the report, as a whole."""
    known = told(found)
    inside = sorted((one for one in known if re.search(r"\D", one)), key=len, reverse=True)
    left = set()
    for piece in pieces:
        text = " ".join(piece.split())
        if not numbers(text) or text in known:
            continue
        for one in inside:
            text = text.replace(" ".join(one.split()), "")
        if numbers(text):
            left.add(text.strip())
    return left


def numbers_of_tables(found: Report) -> set[str]:
    tables = [table for part in found.sections for table in part.tables]
    return {
        n for table in tables for row in table.rows for cell in row for n in numbers(str(cell))
    }


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


def test_a_page_tells_no_other_number(found: Report) -> None:
    page = Page()
    page.feed(render(found, "html").decode())
    assert page.pieces
    assert strange(iter(page.pieces), found) == set()
    assert numbers(" ".join(page.pictures)) <= numbers_of_tables(found)


BAR = re.compile(r'fill="#a9c8e4" fill-rule="nonzero" d="M 0 0v 6h ([\d.]+)v -6Z')
"""A bar in the source of a drawing, with its length."""


def drawn(found: Report) -> list[tuple[list[int], list[float]]]:
    """Return the counts of each table that is drawn in bars, and the lengths of its bars."""
    placed = {part.key: part for part in found.sections}
    order = [placed[key] for chapter in found.chapters for key in chapter.sections]
    tables = [one for part in order for one in part.tables if one.chart and one.rows]
    pages = re.findall(r"<svg.*?</svg>", render(found, "html").decode(), re.DOTALL)
    return [
        (
            [cell for row in table.rows for cell in row if isinstance(cell, int) and cell],
            [float(one) for one in BAR.findall(page)],
        )
        for table, page in zip(tables, pages, strict=True)
        if table.chart in ("bars", "grouped")
    ]


def test_the_bars_in_the_source_of_a_drawing_have_the_lengths_of_the_numbers_told(
    found: Report,
) -> None:
    for counts, lengths in drawn(found):
        assert len(lengths) == len(counts), "what is not shown has no bar"
        longest = max(counts, default=0)
        for count, length in zip(counts, lengths, strict=True):
            assert length / max(lengths) == pytest.approx(count / longest)


def test_a_picture_is_the_printed_page_drawn_from_nothing_but_what_the_report_tells(
    found: Report,
) -> None:
    """Its pixels are not read, but they are those of the page whose text is read from the PDF.

    Statistics without fieldwork have no picture.
    """
    texts = json.loads(render(found, "json"))
    page = page_of(found)
    if page == PAGE:
        drawn = typeset(page, texts, found.cut_off, pixels=PIXELS_PER_INCH)
        assert drawn == [render(found, "png")]
    (printed,) = typeset(page, texts, found.cut_off)
    assert unnamed(printed) == render(found, "pdf")


def parts(file: bytes, pattern: str, tags: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts of elements of the XML parts of an office file."""
    with ZipFile(BytesIO(file)) as packed:
        for name in packed.namelist():
            if re.search(pattern, name):
                for element in ElementTree.fromstring(packed.read(name)).iter():
                    if element.tag.rpartition("}")[2] in tags:
                        yield "".join(element.itertext())


def test_a_document_tells_no_other_number(found: Report) -> None:
    file = render(found, "docx")
    pieces = [*parts(file, r"word/(document|footer|header)", ("p",))]
    numbered = re.compile(r"^(Table|Figure|Picture) \d+|^Page .*|PAGE.*")
    assert pieces
    assert strange((numbered.sub("", piece) for piece in pieces), found) == set()


def test_what_is_said_of_a_picture_has_numbers_of_the_tables_only(found: Report) -> None:
    pictures = re.findall(r' descr="([^"]*)"', _document(render(found, "docx")))
    assert numbers(" ".join(pictures)) <= numbers_of_tables(found)


def test_a_document_holds_no_data_behind_its_pictures(found: Report) -> None:
    with ZipFile(BytesIO(render(found, "docx"))) as packed:
        names = packed.namelist()
    assert not [name for name in names if re.search(r"chart|embedding|\.xls|\.bin", name)]


def _document(file: bytes) -> str:
    with ZipFile(BytesIO(file)) as packed:
        return packed.read("word/document.xml").decode()


def test_a_workbook_and_the_caches_of_its_charts_tell_no_other_number(found: Report) -> None:
    file = render(found, "xlsx")
    assert strange(parts(file, r"sharedStrings", ("si",)), found) == set()
    cells = [*parts(file, r"charts/chart", ("v",)), *_numbers_of_cells(file)]
    known = {number for text in told(found) for number in numbers(text)}
    for value in cells:
        assert not re.fullmatch(r"\d+(\.0)?", value) or str(int(float(value))) in known


def _numbers_of_cells(file: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(file)) as book:
        for name in book.namelist():
            if "worksheets/sheet" in name and name.endswith(".xml"):
                for cell in ElementTree.fromstring(book.read(name)).iter():
                    if cell.tag.endswith("}c") and cell.get("t", "n") == "n":
                        yield "".join(cell.itertext())


@pytest.mark.parametrize("name", ["txt", "newsletter", "pdf"])
def test_a_text_or_a_printed_page_tells_no_other_number(
    found: Report, name: str, tmp_path: Path
) -> None:
    file = render(found, name)
    text = file.decode() if name != "pdf" else _printed(file, tmp_path / "report.pdf")
    known = {number for one in told(found) for number in numbers(one)}
    pages = {str(number) for number in range(1, text.count("\f") + 1)}
    assert numbers(text) - known - pages == set()


def _printed(file: bytes, path: Path) -> str:
    path.write_bytes(file)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()
