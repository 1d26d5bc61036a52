"""The one page: nothing is printed in small letters, and its picture is the front alone."""

import re
import subprocess
from pathlib import Path

import pytest

from analysis.formats import render
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.wording import report_languages
from tests.analysis.builder import CUT_OFF
from tests.analysis.large import a_whole_year


def sizes(pdf: bytes, folder: Path) -> list[int]:
    """The sizes of the letters of a PDF, in points."""
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftohtml", "-xml", "-i", "-zoom", "1", "-stdout", "page.pdf"]
    found = subprocess.run(command, capture_output=True, check=True, cwd=folder).stdout.decode()
    return [int(size) for size in re.findall(r'<fontspec [^>]*size="(\d+)"', found)]


@pytest.mark.parametrize("language", report_languages())
def test_no_letter_of_the_sheet_is_under_nine_points(language: str, tmp_path: Path) -> None:
    report = build(a_whole_year().connection, None, CUT_OFF, Wishes(language=language))
    assert min(sizes(render(report, "pdf"), tmp_path)) >= 9


def test_the_title_is_the_largest_text_and_says_of_what_it_is() -> None:
    report = a_whole_year().report("RM")
    assert report.title.startswith(f"{report.subject}: ")
    assert report.subject.endswith("2017, after 12 months")
