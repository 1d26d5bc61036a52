"""The one page: two sides at most, whatever stands on it, and nothing in small letters."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.formats import render
from analysis.model import Quote, Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.wording import report_languages
from tests.analysis.builder import CUT_OFF
from tests.analysis.large import a_whole_year


def sizes(pdf: bytes, folder: Path) -> list[int]:
    """The sizes of the letters of a PDF, in points."""
    return [int(size) for size in re.findall(r'<fontspec [^>]*size="(\d+)"', _told(pdf, folder))]


def pages(pdf: bytes, folder: Path) -> int:
    return _told(pdf, folder).count("<page ")


def _told(pdf: bytes, folder: Path) -> str:
    """The pages and letters of a PDF, as the program that reads it says them."""
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftohtml", "-xml", "-i", "-zoom", "1", "-stdout", "page.pdf"]
    return subprocess.run(command, capture_output=True, check=True, cwd=folder).stdout.decode()


def whole_year(language: str) -> Report:
    return build(a_whole_year().connection, None, CUT_OFF, Wishes(language=language))


def crowded(report: Report, steps: int, surveys: int) -> Report:
    """The same report with what an office can add to it: steps, surveys and words of people."""
    words = tuple(Quote("We now check fewer parcels. " * 8, "en", "A participant") for _ in "12")
    told = Section("words", "In their own words", quotes=words)
    kept = (one for one in report.sections if one.key != "words")
    sections = (_longer(one, steps, surveys) for one in kept)
    return replace(report, sections=(*sections, told))


def _longer(section: Section, steps: int, surveys: int) -> Section:
    more = {"next": steps, "fieldwork": surveys}.get(section.key, 0)
    return replace(section, tables=tuple(_with_rows(one, more) for one in section.tables))


def _with_rows(table: Table, more: int) -> Table:
    if table.key not in ("next", "fieldwork"):
        return table
    at = 1 if table.key == "next" else 0
    row = list(table.rows[-1])
    row[at] = "Regional assessment of what administrations need most " * 2
    return replace(table, rows=table.rows + (tuple(row),) * more)


@pytest.mark.parametrize("language", report_languages())
def test_the_page_is_one_side_and_its_back_in_letters_of_nine_points(
    language: str, tmp_path: Path
) -> None:
    pdf = render(crowded(whole_year(language), steps=4, surveys=7), "pdf")
    assert pages(pdf, tmp_path) == 2
    assert min(sizes(pdf, tmp_path)) >= 9


def test_the_page_is_two_sides_whatever_an_office_adds(tmp_path: Path) -> None:
    """In Khmer, whose lines are the highest."""
    pdf = render(crowded(whole_year("km"), steps=40, surveys=40), "pdf")
    assert pages(pdf, tmp_path) == 2
    assert min(sizes(pdf, tmp_path)) >= 9


def test_the_title_is_the_largest_text_and_says_of_what_it_is() -> None:
    report = a_whole_year().report("RM")
    assert report.title.startswith(f"{report.subject}: ")
    assert report.subject.endswith("2017, after 12 months")
