"""Every file that leaves the office tells the numbers of its report and no others.

Slow, about ten seconds: it makes each report in every format, and reads the files back.
"""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from analysis.arrangement import arranged
from analysis.formats.json import report_of
from analysis.model import Report
from tests.analysis.published import (
    Page,
    days,
    embedded,
    numbers,
    numbers_of_cells,
    numbers_of_tables,
    parts,
    printed,
    strange,
    told,
    written,
    xml,
)


def test_a_file_is_made_of_what_the_json_tells_and_of_nothing_else(found: Report) -> None:
    assert report_of(written(found, "json")) == found


def test_a_page_tells_no_other_number(found: Report) -> None:
    page = Page()
    page.feed(written(found, "html").decode())
    assert page.pieces
    assert strange(iter(page.pieces), found) == set()
    assert numbers(" ".join(page.pictures)) <= numbers_of_tables(found)


BAR = re.compile(r'fill="#a9c8e4"[^>]* d="M 0 0v 6h ([\d.]+)v -6Z')
"""A bar in the source of a drawing, with its length."""


def drawn(found: Report) -> list[tuple[list[int], list[float]]]:
    """Return the counts of each table that is drawn in bars, and the lengths of its bars."""
    long = arranged(found)
    placed = {part.key: part for part in long.sections}
    order = [placed[key] for chapter in long.chapters for key in chapter.sections]
    tables = [one for part in order for one in part.tables if one.chart and one.rows]
    pages = re.findall(r"<svg.*?</svg>", written(found, "html").decode(), re.DOTALL)
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


def test_a_document_tells_no_other_number(found: Report) -> None:
    file = written(found, "docx")
    pieces = [*parts(file, r"word/(document|footer|header)", ("p",))]
    numbered = re.compile(r"^(Table|Figure|Picture) \d+|^Page .*|PAGE.*|TOC .*")
    assert pieces
    assert strange((numbered.sub("", piece) for piece in pieces), found) == set()


def test_what_is_said_of_a_picture_has_numbers_of_the_tables_only(found: Report) -> None:
    pictures = re.findall(r' descr="([^"]*)"', _document(written(found, "docx")))
    assert numbers(" ".join(pictures)) <= numbers_of_tables(found)


def test_a_document_holds_no_data_behind_its_pictures(found: Report) -> None:
    with ZipFile(BytesIO(written(found, "docx"))) as packed:
        names = packed.namelist()
    assert not [name for name in names if re.search(r"chart|embedding|\.xls|\.bin", name)]


def _document(file: bytes) -> str:
    with ZipFile(BytesIO(file)) as packed:
        return packed.read("word/document.xml").decode()


def test_a_workbook_and_the_caches_of_its_charts_tell_no_other_number(found: Report) -> None:
    file = written(found, "xlsx")
    assert strange(parts(file, r"sharedStrings", ("si",)), found) == set()
    cells = [*parts(file, r"charts/chart", ("v",)), *numbers_of_cells(file)]
    known = {number for text in told(found) for number in numbers(text)}
    for value in cells:
        if re.fullmatch(r"0\.\d+", value):
            assert str(round(float(value) * 100)) in known, "a share as it is printed"
        elif re.fullmatch(r"\d+(\.0)?", value):
            assert str(int(float(value))) in known | days(found)


TEXTS = ("txt", "newsletter", "caption", "places")


@pytest.mark.parametrize("name", [*TEXTS, "pdf", "full"])
def test_a_text_or_a_printed_page_tells_no_other_number(
    found: Report, name: str, tmp_path: Path
) -> None:
    file = written(found, name)
    text = file.decode() if name in TEXTS else printed(file, tmp_path / "report.pdf")
    known = {number for one in told(found) for number in numbers(one)}
    pages = {str(number) for number in range(1, text.count("\f") + 1)}
    axis = {"0", "50", "100"}
    assert numbers(text) - known - pages - axis == set()


@pytest.fixture(scope="module")
def slides(found: Report) -> bytes:
    return written(found, "pptx")


def test_slides_and_their_notes_tell_no_other_number(found: Report, slides: bytes) -> None:
    pieces = [*parts(slides, r"ppt/(slides|notesSlides)/[^/]*xml$", ("p",))]
    assert pieces
    # A row in words has its label, its count, and its share.
    counts = numbers_of_tables(found)
    assert [one for one in strange(iter(pieces), found) if not numbers(one) <= counts] == []
    told_aloud = re.findall(r' descr="([^"]*)"', "".join(xml(slides, "ppt/slides/slide")))
    replies = (one for part in found.sections for one in part.figures)
    figures = [f"{one.label} {one.text}" for one in (*found.headlines, *replies)]
    assert numbers(" ".join(told_aloud)) <= counts | numbers(" ".join(figures))


def test_charts_on_slides_and_their_workbooks_hold_no_other_number(
    found: Report, slides: bytes
) -> None:
    known = {number for text in told(found) for number in numbers(text)}
    for chart in xml(slides, "ppt/charts/chart"):
        drawn = ElementTree.fromstring(chart)
        cached = {one.text or "" for one in drawn.iter() if one.tag.endswith("}v")}
        ends = {one.get("val", "") for one in drawn.iter() if one.tag.endswith("}max")}
        assert strange(iter(one for one in cached if not _is_number(one)), found) == set()
        assert {str(int(float(one))) for one in (cached | ends) if _is_number(one)} <= known
    for book in embedded(slides):
        assert strange(parts(book, r"sharedStrings", ("si",)), found) == set()
        # In a cell with a text stands the number of the text.
        assert {str(int(float(one))) for one in numbers_of_cells(book)} <= known


def test_what_is_hidden_is_a_gap_in_a_chart_and_an_empty_cell_of_its_workbook(
    slides: bytes,
) -> None:
    for chart, book in zip(xml(slides, "ppt/charts/chart"), embedded(slides), strict=True):
        points = re.findall(r"<c:val>.*?</c:val>", chart, re.DOTALL)
        drawn = sum(one.count("<c:pt ") for one in points)
        assert drawn == len([*numbers_of_cells(book)])
        assert '<c:dispBlanksAs val="gap"/>' in chart


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(\.0)?", text))
