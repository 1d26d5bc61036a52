"""Every headline of three scopes, found by queries, and read back from the files that are handed out."""

import re
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from analysis.formats import render
from analysis.model import Report
from tests.analysis.builder import Story
from tests.analysis.new_answers import SCOPES, workshops_told_anew
from tests.analysis.recount import FIGURES, waves_of
from tests.analysis.recount_stages import Stages


@pytest.fixture(scope="module")
def told() -> Story:
    return workshops_told_anew()


@pytest.fixture(scope="module", params=SCOPES, ids=str)
def found(request: pytest.FixtureRequest, told: Story) -> tuple[Report, Stages]:
    scope: Sequence[str] = request.param
    return told.report(*scope), Stages(told.connection, scope, "M12")


def headlines(query: Stages) -> list[str]:
    """The text of each headline, from queries."""
    texts = []
    for key in FIGURES:
        yes, no, disputed, not_known = query.states(key)
        total = yes + no + disputed + not_known
        least = yes - query.grades()[0] if key == "embedded" else yes
        texts.append(f"{least} of {total} (at most {total - no})")
    return texts


def text_of(made: bytes, name: str, folder: Path) -> str:
    """The words of a file, with single spaces."""
    if name == "xlsx":
        cells = (c.value for sheet in load_workbook(BytesIO(made)) for r in sheet for c in r)
        text = " ".join(str(cell) for cell in cells if cell is not None)
    elif name == "pptx":
        slides = Presentation(BytesIO(made)).slides
        frames = (one for slide in slides for one in slide.shapes if one.has_text_frame)
        text = " ".join(one.text_frame.text for one in frames)
    elif name == "docx":
        text = " ".join(one.text for one in Document(BytesIO(made)).paragraphs)
    elif name == "pdf":
        (folder / "report.pdf").write_bytes(made)
        command = ["pdftotext", "-raw", folder / "report.pdf", "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    else:
        text = re.sub(r"<[^>]*>", " ", made.decode()) if name == "html" else made.decode()
    return " ".join(text.split())


def test_every_headline_and_the_title_are_found_by_queries(
    found: tuple[Report, Stages],
) -> None:
    report, query = found
    assert [one.text for one in report.headlines] == headlines(query)
    used, base = query.states("in_regular_use")[0], query.replied("M12")
    better = sum(query.grades()[1:])
    assert f"in {used} of {base} delegations that replied" in report.title
    assert f"in {better} it is new in a rule, course, post" in report.title
    for figure in report.headlines:
        second = f"{figure.value} of {query.replied(*waves_of(figure.key))} that replied"
        assert second in figure.note, figure.key


def test_administrations_in_one_workshop_or_more_are_found_by_queries(
    found: tuple[Report, Stages],
) -> None:
    report, query = found
    tables = [one for part in report.sections for one in part.tables]
    best = [one for one in tables if one.key == "in_one_workshop"]
    assert len(best) == (len(report.workshops) > 1)
    for one in best:
        assert [row[1] for row in one.rows] == [query.places(key) for key in FIGURES]
        assert f"The best of {len(report.workshops)} workshops" in one.note


@pytest.mark.parametrize("name", ["json", "txt", "html", "docx", "xlsx", "pptx", "pdf"])
def test_the_headlines_stand_in_the_file_as_the_queries_find_them(
    found: tuple[Report, Stages], name: str, tmp_path: Path
) -> None:
    report, query = found
    text = text_of(render(report, name), name, tmp_path)
    # On the one page the finding stands alone, with a capital letter.
    for one in (*headlines(query), report.title):
        assert one.casefold() in text.casefold(), name


def test_the_sentences_in_the_chat_have_the_same_numbers(found: tuple[Report, Stages]) -> None:
    report, query = found
    said = render(report, "caption").decode()
    finding = report.title.removeprefix(f"{report.subject}: ")
    assert said.startswith(finding[:1].upper() + finding[1:])
    used = query.states("in_regular_use")[0]
    assert re.search(rf"^In {used} of \d+ delegations that replied", said)
