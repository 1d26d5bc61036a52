"""The picture for a phone: its words and counts are read again from the same page as a PDF."""

import subprocess
from pathlib import Path

import pytest

from analysis.formats import render
from analysis.formats.json import structured
from analysis.formats.page import PHONE
from analysis.formats.typesetting import typeset
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.wording import report_languages
from tests.analysis.builder import CUT_OFF
from tests.analysis.formats.test_page import sizes
from tests.analysis.large import a_whole_year
from tests.analysis.recount_stages import Stages

WIDE = 1080


def printed(report: Report, folder: Path) -> list[str]:
    """The lines of the page."""
    (folder / "page.pdf").write_bytes(typeset(PHONE, structured(report), CUT_OFF)[0])
    command = ["pdftotext", "-layout", folder / "page.pdf", "-"]
    done = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [" ".join(line.split()) for line in done.splitlines() if line.strip()]


def test_the_stages_and_steps_of_the_picture_are_those_of_the_queries(tmp_path: Path) -> None:
    told = a_whole_year()
    lines = printed(told.report("RM"), tmp_path)
    counts = Stages(told.connection, ("RM",), "M12").stages()
    names = ("Not used yet", "Individual use", "Shared")
    for name, count in zip(names, counts, strict=False):
        assert f"{name} {count}" in lines
    assert f"Embedded {counts[5]}" in lines
    assert "What the office does next" in lines


@pytest.mark.parametrize("language", report_languages())
def test_no_letter_of_the_picture_is_under_nine_points(language: str, tmp_path: Path) -> None:
    report = build(a_whole_year().connection, ["RM"], CUT_OFF, Wishes(language=language))
    assert min(sizes(typeset(PHONE, structured(report), CUT_OFF)[0], tmp_path)) >= 9


def test_the_picture_has_the_pixels_of_a_phone() -> None:
    png = render(a_whole_year().report("RM"), "phone")
    assert abs(int.from_bytes(png[16:20], "big") - WIDE) <= 1
