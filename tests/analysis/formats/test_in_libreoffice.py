"""LibreOffice opens what is written, and shows all of it: a second reader beside our own libraries.

Slow, about ten seconds: the program starts once, and draws all files.
"""

import re
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analysis.formats import render
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.wording import report_languages
from tests.analysis.builder import CUT_OFF
from tests.analysis.formats.office import joined, texts_of_cells, written_as
from tests.analysis.large import a_whole_year
from tests.tools import LIBREOFFICE, PDFTOTEXT

pytestmark = [LIBREOFFICE.needed, PDFTOTEXT.needed]
LANGUAGES = ("en", *(one for one in report_languages() if one != "en"))
BACKWARDS = "fa"
"""A language from right to left: its files have all that the others have, and its direction."""
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
Place = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """A report in each language, and one with hidden numbers."""
    story = a_whole_year("Risk management, post-seizure analysis and control of free zones")
    made = {
        language: build(story.connection, None, CUT_OFF, Wishes(language=language))
        for language in LANGUAGES
    }
    return made | {"outside": build(story.connection, None, CUT_OFF, Wishes("good_practice"))}


@pytest.fixture(scope="module")
def drawn(reports: dict[str, Report], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a PDF of each slide show and document."""
    folder = tmp_path_factory.mktemp("drawn")
    slides = [rendered(report, folder / f"{name}-pptx.pptx") for name, report in reports.items()]
    words = rendered(reports[BACKWARDS], folder / "words.docx")
    written_as("pdf", [*slides, words], folder)
    return folder


@pytest.fixture(scope="module")
def book(reports: dict[str, Report], drawn: Path) -> Path:
    """A workbook; LibreOffice writes it again beside it without drawing pages.

    Drawing it takes ten seconds: it has 160 pages.
    """
    file = rendered(reports[BACKWARDS], drawn / "book.xlsx")
    written_as("fods", [file], drawn)
    return file


def rendered(report: Report, path: Path) -> Path:
    path.write_bytes(render(report, path.suffix[1:]))
    return path


def pages(file: Path) -> list[tuple[tuple[float, float], list[tuple[Place, str]]]]:
    """The size of each page, and its words with their places."""
    done = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, check=True)
    found = []
    for wide, high, inside in PAGE.findall(done.stdout.decode()):
        words = [
            ((float(a), float(b), float(c), float(d)), word)
            for a, b, c, d, word in WORD.findall(inside)
        ]
        found.append(((float(wide), float(high)), words))
    return found


def shared(one: Place, other: Place) -> float:
    """How much of the smaller of two places another line covers; parts of a line touch each other."""
    low = min(one[3] - one[1], other[3] - other[1])
    if abs(one[1] + one[3] - other[1] - other[3]) < low * 0.4:
        return 0
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0
    sizes = [(p[2] - p[0]) * (p[3] - p[1]) for p in (one, other)]
    return across * down / max(1.0, min(sizes))


@pytest.mark.parametrize("name", [*LANGUAGES, "outside"])
def test_w20_each_slide_is_drawn_with_all_words_on_it_and_none_on_another(
    drawn: Path, name: str
) -> None:
    found = pages(drawn / f"{name}-pptx.pdf")
    assert 8 <= len(found) <= 12
    for number, ((wide, high), words) in enumerate(found, start=1):
        assert words
        for (left, top, right, bottom), word in words:
            inside = left >= 0 and top >= 0 and right <= wide and bottom <= high
            assert inside, (name, number, word)
        hit = [
            (a, b)
            for n, (one, a) in enumerate(words)
            for other, b in words[n + 1 :]
            if shared(one, other) > 0.4
        ]
        assert hit == [], (name, number)


def test_a_document_is_drawn(drawn: Path) -> None:
    assert sum(len(words) for _, words in pages(drawn / "words.pdf")) > 200


def test_a_workbook_is_opened_with_all_texts_of_its_cells(book: Path) -> None:
    sheets = load_workbook(book)
    rows = (row for sheet in sheets for row in sheet.iter_rows(values_only=True))
    written = {joined([cell]) for row in rows for cell in row if isinstance(cell, str)}
    assert len(written) > 200
    assert written - texts_of_cells(book.with_suffix(".fods")) == set()


def test_letters_of_each_script_are_drawn(drawn: Path, reports: dict[str, Report]) -> None:
    for language in LANGUAGES:
        done = subprocess.run(
            ["pdffonts", drawn / f"{language}-pptx.pdf"], capture_output=True, check=True
        )
        wanted = {"th": "NotoSansThai", "km": "NotoSansKhmer", "zh": "NotoSansSC"}.get(language)
        assert wanted is None or wanted in done.stdout.decode()
