"""What a file says beside its figures: for whom it is, who made it and when, and nothing else."""

import re
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pptx import Presentation

from analysis.formats import render
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story

OFFICE = "Regional Office & Co"
MARK = "CONFIDENTIAL"
TOOLS = re.compile(rb"typst|python-docx|Macintosh|Microsoft Excel|xlsxwriter|xmp-writer", re.I)


@pytest.fixture(scope="module")
def report() -> Report:
    told = Story().workshop("TFA")
    for place in PLACES[:8]:
        told.answers(told.person("TFA", place), "M6", use_1="regular", effects="faster")
    return build(told.connection, ["TFA"], CUT_OFF, Wishes(office=OFFICE))


@pytest.fixture(scope="module")
def theirs(report: Report) -> Report:
    """The same for readers outside the office, who get no mark."""
    return replace(report, mark="")


def pages(made: bytes, folder: Path) -> list[str]:
    """The text of each page of a PDF."""
    file = folder / "report.pdf"
    file.write_bytes(made)
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


@pytest.mark.parametrize("form", ["pdf", "full"])
def test_each_page_of_a_pdf_for_the_office_says_that_it_is_confidential(
    form: str, report: Report, theirs: Report, tmp_path: Path
) -> None:
    found = pages(render(report, form), tmp_path)
    assert found
    assert all(MARK in page for page in found)
    assert not any(MARK in page for page in pages(render(theirs, form), tmp_path))


def test_the_picture_for_the_office_has_the_mark(report: Report, theirs: Report) -> None:
    assert render(report, "png") != render(theirs, "png")


def test_each_page_of_a_word_file_and_each_sheet_has_the_mark(
    report: Report, theirs: Report
) -> None:
    for made, mark in ((report, MARK), (theirs, "")):
        word = Document(BytesIO(render(made, "docx")))
        assert [p.text for s in word.sections for p in s.header.paragraphs] == [mark]
        book = load_workbook(BytesIO(render(made, "xlsx")))
        heads = [sheet.oddHeader for sheet in book]
        bold = f"&B{mark}" if mark else None
        assert all(head is not None and head.right.text == bold for head in heads)


@pytest.mark.parametrize("form", ["html", "txt", "places", "json"])
def test_texts_for_the_office_have_the_mark(form: str, report: Report, theirs: Report) -> None:
    assert MARK in render(report, form).decode()
    assert MARK not in render(theirs, form).decode()


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_office_files_say_title_author_subject_and_cut_off_and_no_program(
    form: str, report: Report
) -> None:
    made = render(report, form)
    if form == "docx":
        found = Document(BytesIO(made)).core_properties
        told = (found.title, found.author, found.subject, found.created.isoformat())
        assert found.last_modified_by == OFFICE
        assert found.comments == ""
    else:
        book = load_workbook(BytesIO(made)).properties
        told = (book.title, book.creator, book.subject, book.created.isoformat())
    assert told[:3] == (report.title, OFFICE, report.subtitle)
    assert told[3].startswith("2018-12-20T10:00:00")
    with zipfile.ZipFile(BytesIO(made)) as parts:
        own = [name for name in parts.namelist() if name.startswith("docProps/")]
        assert own == ["docProps/core.xml", "docProps/app.xml"]
        assert not any(TOOLS.search(parts.read(name)) for name in own)


def keywords_of(made: bytes, form: str, folder: Path) -> str:
    """The keywords among the properties of a file."""
    if form in ("pdf", "full"):
        told = properties_of(made, folder)
        return told.get("Keywords", "")
    if form == "xlsx":
        return load_workbook(BytesIO(made)).properties.keywords or ""
    opened = Document if form == "docx" else Presentation
    return str(opened(BytesIO(made)).core_properties.keywords)


@pytest.mark.parametrize("form", ["pdf", "full", "docx", "xlsx", "pptx"])
def test_the_properties_of_a_file_for_the_office_have_the_mark(
    form: str, report: Report, theirs: Report, tmp_path: Path
) -> None:
    assert keywords_of(render(report, form), form, tmp_path) == MARK
    assert keywords_of(render(theirs, form), form, tmp_path) == ""


@pytest.mark.parametrize(
    ("language", "tag", "letters"),
    [
        ("en", "en-GB", ""),
        ("fr", "fr-FR", ""),
        ("km", "km-KH", "bidi"),
        ("zh", "zh-CN", "eastAsia"),
    ],
)
def test_word_and_powerpoint_files_say_their_language(
    language: str, tag: str, letters: str, report: Report
) -> None:
    told = replace(report, language=language)
    word, slides = (render(told, form) for form in ("docx", "pptx"))
    assert Document(BytesIO(word)).core_properties.language == tag
    assert Presentation(BytesIO(slides)).core_properties.language == tag
    (found,) = Document(BytesIO(word)).styles.element.iter(qn("w:lang"))
    assert found.get(qn("w:val")) == tag
    assert not letters or found.get(qn(f"w:{letters}")) == tag


def properties_of(made: bytes, folder: Path) -> dict[str, str]:
    """The properties of a PDF."""
    file = folder / "report.pdf"
    file.write_bytes(made)
    done = subprocess.run(
        ["pdfinfo", "-isodates", file], capture_output=True, text=True, check=True
    )
    told = (line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)
    return {key: text.strip() for key, text in told}


@pytest.mark.parametrize("form", ["pdf", "full"])
def test_a_pdf_says_title_author_subject_and_cut_off_and_no_program(
    form: str, report: Report, tmp_path: Path
) -> None:
    made = render(report, form)
    assert not TOOLS.search(made)
    told = properties_of(made, tmp_path)
    found = {key: told[key] for key in ("Title", "Author", "Subject", "CreationDate")}
    assert found == {
        "Title": report.title,
        "Author": OFFICE,
        "Subject": report.subtitle,
        "CreationDate": "2018-12-20T10:00:00Z",
    }
    # The mark of PDF/UA-1 is that the typesetter has refused nothing: titles, languages, tags, texts.
    assert told["Tagged"] == "yes"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
