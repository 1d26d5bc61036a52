"""The web page, the Word file and the PDF number their chapters alike, and their contents are these."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html

from analysis.arrangement import arranged
from analysis.formats import render
from analysis.model import Report
from tests.analysis.large import a_whole_year
from tests.analysis.worn import worn

SEEDS = (0, 3)


@pytest.fixture(scope="module")
def year() -> Report:
    return a_whole_year().report("RM")


def chapters(report: Report) -> list[str]:
    return [f"{one.number} {one.heading}".strip() for one in arranged(report).chapters]


def with_method(report: Report) -> list[str]:
    """All chapters in their order: the method stands before the annexes."""
    body = [one for one in arranged(report).chapters if not one.annex]
    found = chapters(report)
    return [*found[: len(body)], report.labels["method"], *found[len(body) :]]


def numbered(titles: list[str]) -> list[str]:
    return [one for one in titles if re.match(r"(\d+|[A-Z]) ", one)]


def on_page(report: Report) -> tuple[list[str], list[str]]:
    """The contents and the headings of the web page."""
    tree: Any = html.document_fromstring(render(report, "html").decode())
    contents, headings = tree.xpath("//ul[@class='contents']/li"), tree.xpath("//section/h2[@id]")
    return [one.text_content().strip() for one in contents], [
        one.text_content().strip() for one in headings
    ]


def in_word(report: Report) -> tuple[list[str], list[str]]:
    paragraphs = Document(BytesIO(render(report, "docx"))).paragraphs

    def styled(name: str) -> list[str]:
        found = (one._p for one in paragraphs if one.style.name == name)
        texts = ("".join(part.text or "" for part in one.iter(qn("w:t"))) for one in found)
        return [text for text in texts if text]

    return styled("toc 1"), styled("Heading 1")


def printed(report: Report, folder: Path) -> list[str]:
    """The lines of the PDF."""
    file = folder / "full.pdf"
    file.write_bytes(render(report, "full"))
    told = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True
    )
    return [" ".join(line.split()) for line in told.stdout.splitlines()]


@pytest.mark.parametrize("seed", SEEDS)
def test_web_page_and_word_file_have_the_same_chapters_in_contents_and_headings(
    year: Report, seed: int
) -> None:
    report = worn(year, seed)
    wanted = with_method(report)
    for contents, headings in (on_page(report), in_word(report)):
        assert contents == headings == wanted


def test_the_pdf_has_the_same_chapters_in_contents_and_headings(
    year: Report, tmp_path: Path
) -> None:
    report = worn(year, SEEDS[0])
    lines = printed(report, tmp_path)
    wanted = numbered(chapters(report))
    listed = (re.fullmatch(r"(.+?)(?: \.)+ \W*\d+", one) for one in lines)
    contents = [one[1] for one in listed if one]
    assert numbered(contents) == wanted
    # The summary names before them what has no finding.
    assert [one for one in lines if one in wanted][-len(wanted) :] == wanted
    method = report.labels["method"]
    assert lines.index(method, lines.index(wanted[0])) < lines.index(
        next(one for one in wanted if one.startswith("A "))
    )
