"""The full PDF, the web page and the Word file: what they contain beyond the same strings."""

import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from analysis.arrangement import arranged
from analysis.formats import render
from analysis.model import Chapter, Report, Section, Table
from analysis.sections import CONTENTS
from tests.analysis.builder import PLACES
from tests.analysis.large import a_whole_year

SIX = [heading for heading, _ in CONTENTS[:6]]


@pytest.fixture(scope="module")
def year() -> Report:
    return a_whole_year().report("RM")


@pytest.fixture(scope="module")
def page(year: Report) -> str:
    return render(year, "html").decode()


@pytest.fixture(scope="module")
def word(year: Report) -> Any:
    return Document(BytesIO(render(year, "docx")))


def everything(report: Report) -> list[str]:
    """Every string of the long formats that a reader compares: figures, table cells, notes."""
    found = [figure.text for figure in report.headlines]
    for section in report.sections:
        found += [section.heading, *(f.text for f in section.figures), *section.notes]
        for table in section.tables:
            found += [table.heading, *(str(cell) for row in table.rows for cell in row)]
    return [text for text in found if text]


class Text(HTMLParser):
    """The words of a page outside its pictures, and the tags that make it accessible."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.headings: list[int] = []
        self.addresses: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside += tag == "svg"
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "figure":
            self.pictures.append(given)
        self.addresses += [
            value or "" for name, value in attrs if name in ("src", "href") and not self._inside
        ]

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "svg"

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)


def read(page: str) -> Text:
    parser = Text()
    parser.feed(page)
    return parser


def test_the_pictures_of_the_page_keep_their_colours_and_find_their_letters(page: str) -> None:
    colours = set(re.findall(r'(?:fill|stroke)="(#[^"]*)"', page))
    assert len(colours) > 3 and all(re.fullmatch("#[0-9a-f]{6}", one) for one in colours)
    there = set(re.findall(r'\bid="([^"]*)"', page))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= there


def test_the_six_sections_of_the_series_come_first_and_in_their_order(year: Report) -> None:
    assert [chapter.heading for chapter in year.chapters][:6] == SIX
    assert [chapter.number for chapter in year.chapters][:6] == list("123456")


def test_every_string_of_the_report_stands_on_the_page_and_in_the_word_file(
    year: Report, page: str, word: Any
) -> None:
    words = " ".join("".join(read(page).words).split())
    paragraphs = [p.text for p in word.element.body.iter(qn("w:p")) for p in [_Paragraph(p)]]
    written = " ".join(" ".join(paragraphs).split())
    for text in everything(year):
        assert " ".join(text.split()) in words
        assert " ".join(text.split()) in written


class _Paragraph:
    def __init__(self, element: Any) -> None:
        self.text = "".join(part.text or "" for part in element.iter(qn("w:t")))


def test_the_page_needs_nothing_from_elsewhere(page: str) -> None:
    found = read(page)
    assert all(address.startswith("#") for address in found.addresses)
    assert "<script" not in page
    assert "@import" not in page


def test_the_page_can_be_read_without_seeing_its_pictures(page: str) -> None:
    found = read(page)
    steps = zip(found.headings, found.headings[1:], strict=False)
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in steps)
    assert len(found.pictures) > 5
    assert all(figure["role"] == "img" and figure["aria-label"] for figure in found.pictures)
    assert page.count("<details>") == len(found.pictures)


def test_every_picture_of_the_page_draws_something(page: str) -> None:
    drawn = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert drawn
    assert all(svg.count("<path") > 2 for svg in drawn)


def test_no_name_inside_one_picture_of_the_page_is_used_by_another(page: str) -> None:
    names = re.findall(r'\bid="([^"]+)"', page)
    assert len(names) == len(set(names))
    used = set(re.findall(r'href="#([^"]+)"', page)) | set(re.findall(r"url\(#([^)]+)\)", page))
    assert used <= set(names)


def test_the_word_file_has_headings_and_words_for_its_pictures(word: Any) -> None:
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "Executive summary"
    assert [text.partition(" ")[2] for text in headings[1:7]] == SIX
    pictures = list(word.element.body.iter(qn("wp:docPr")))
    assert pictures
    assert all(picture.get("descr") for picture in pictures)
    assert word.sections[0].footer.paragraphs[0].text.startswith("Confidential.")


def test_the_full_report_is_tagged_and_has_its_foot_on_every_page(year: Report) -> None:
    pdf = render(year, "full")
    assert b"/StructTreeRoot" in pdf
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) > 5


def pages(report: Report, folder: Path) -> list[str]:
    """Return the text of each page of the full report."""
    file = folder / "report.pdf"
    file.write_bytes(render(report, "full"))
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")


def test_a_reader_finds_the_contents_on_the_first_page(year: Report, tmp_path: Path) -> None:
    first, *_ = pages(year, tmp_path)
    assert all(chapter.heading in first for chapter in arranged(year).chapters)
    assert [text for label, text in year.cover if text.startswith(label)] == []


def test_a_short_table_stays_on_one_page(year: Report, tmp_path: Path) -> None:
    tables = tuple(
        Table(
            f"t{n}", f"Table {n}", ("Row", "Count"), tuple((f"Row {n}.{m}.", m) for m in range(8))
        )
        for n in range(10)
    )
    short = replace(
        year,
        sections=(Section("x", "Rows", tables=tables),),
        chapters=(Chapter("1", "Rows", ("x",)),),
    )
    found = pages(short, tmp_path)
    for table in tables:
        on = {n for n, page in enumerate(found) for row in table.rows if str(row[0]) in page}
        assert len(on) == 1, table.heading


WORD = re.compile(r'<word xMin="[^"]*" yMin="([^"]*)" xMax="[^"]*" yMax="([^"]*)">([^<]*)')
NINE_POINTS = 12.2
"""The height of a word of nine points in the letters of the report, in points."""
Page = list[tuple[float, float, str]]
"""Words with their upper and lower edges, in points from above."""
TOP, BOTTOM = 57, 785
"""Where the text of a page begins and ends, in points from above."""


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """The words of each page of a report on seven workshops, with their upper and lower edges."""
    told = a_whole_year()
    for number, code in enumerate("ABCDEF"):
        told.workshop(code, f"Workshop {code} on the rules of origin and valuation")
        for place in PLACES[number : number + 9]:
            answers = {"use_1": "regular", "actions": "briefed", "obstacles": "staff"}
            told.answers(told.person(code, place), "M6", **answers)
    file = tmp_path_factory.mktemp("long") / "seven.pdf"
    file.write_bytes(render(told.report(), "full"))
    done = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True
    )
    return [
        [(float(top), float(low), word) for top, low, word in WORD.findall(page)]
        for page in done.stdout.split("<page ")[1:]
    ]


def before_the_annex(
    laid_out: list[Page],
) -> list[Page]:
    """The pages up to the one on which the annex begins."""
    begins = next(
        number
        for number, page in enumerate(laid_out)
        if number and ["A", "Annex:"] in [[a[2], b[2]] for a, b in pairwise(page)]
    )
    return laid_out[: begins + 1]


def test_seven_workshops_take_ten_pages_before_the_annex(
    laid_out: list[Page],
) -> None:
    assert 5 < len(before_the_annex(laid_out)) <= 10


def test_the_summary_is_one_page(laid_out: list[Page]) -> None:
    begins = [[word for _, _, word in page] for page in laid_out[1:3]]
    assert "Executive" in begins[0]
    at = begins[1].index("Responses")
    assert begins[1][at - 1] == "1"


def test_no_page_of_the_chapters_is_half_empty(
    laid_out: list[Page],
) -> None:
    for page in before_the_annex(laid_out):
        last = max(low for _, low, _ in page if low < BOTTOM)
        assert last > (TOP + BOTTOM) / 2


def test_no_letter_of_the_full_report_is_smaller_than_nine_points(
    laid_out: list[Page],
) -> None:
    small = {word for page in laid_out for top, low, word in page if low - top < NINE_POINTS}
    assert small == set()
