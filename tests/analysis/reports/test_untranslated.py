"""No report says anything untranslated: a whole year in a pseudo-language, in every text format."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml.ns import qn
from sqlalchemy import select, update

from analysis.formats import render
from analysis.model import Chapter, Report
from analysis.reports.audiences import AUDIENCES, Wishes
from analysis.reports.comparison import Beside, Way, build_comparison
from analysis.reports.good_practice import FromOffice, build_good_practice
from analysis.reports.workshops import build
from analysis.reports.year import build_year
from analysis.sections.conclusions import Advice
from analysis.sections.trend import EarlierYear
from storage.schema import questionnaires
from surveys.authoring.stored_form import dump, load
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year
from tests.pseudo import LANGUAGE, in_pseudo, pseudo_language, said_in, untranslated

GROUPS = ("SIDS", "LDC")
VALUES = [
    "Risk management and post-seizure analysis",
    "Kashiwa",
    "RM",
    "CCF/Japan",
    "JICA",
    "procedure",
]
"""Titles, places, donors, codes (one of an answer that no list has now)."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A year whose questionnaires are in the pseudo-language, while its catalogues are in place."""
    with pseudo_language(tmp_path_factory.mktemp("pseudo")):
        told = a_whole_year()
        for row in told.connection.execute(select(questionnaires)).all():
            mine = (questionnaires.c.key == row.key, questionnaires.c.version == row.version)
            body = dump(in_pseudo(load(row.body)))
            told.connection.execute(update(questionnaires).where(*mine).values(body=body))
        yield told


def texts(part: object) -> Iterator[str]:
    """Yield all that a report says, without the keys of its parts."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        yield from (text for value in part.values() for text in texts(value))
    elif isinstance(part, tuple | list):
        yield from (text for value in part for text in texts(value))
    elif isinstance(part, Chapter):
        yield part.heading
    elif is_dataclass(part):
        hidden = ("key", "language", "chart", "workshops", "audience", "status", "told")
        for one in fields(part):
            if one.name not in hidden:
                yield from texts(getattr(part, one.name))


def plain_letters(said: Iterator[str] | list[str]) -> dict[str, list[str]]:
    found = {text: untranslated(text, VALUES) for text in said}
    # A letter alone names an annex.
    return {text: left for text, left in found.items() if any(len(one) > 1 for one in left)}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_report_is_translated_for_every_audience(year: Story, audience: str) -> None:
    whom = {"donor": "JICA", "member": "FJ"}.get(audience, "")
    report = build(year.connection, None, CUT_OFF, Wishes(audience, whom, language=LANGUAGE))
    assert report.in_short
    assert plain_letters(texts(report)) == {}


def test_the_report_on_a_year_is_translated(year: Story) -> None:
    """Abbreviations and names of administrations are no words of the report."""
    advice = Advice("", "", None, "dropped", "")
    office = FromOffice([advice], [advice], [EarlierYear(FiscalYear(2016))])
    wishes = Wishes("good_practice", language=LANGUAGE)
    report = build_good_practice(year.connection, FiscalYear(2017), CUT_OFF, wishes, office)
    keys = {one.key for one in report.sections}
    assert {"groups", "trend", "stories", "recommendations", "glossary", "questions"} <= keys
    names = {
        one[1] for s in report.sections if s.key == "abbreviations" for one in s.tables[0].rows
    }
    said = (text for text in texts(report) if text not in names and text not in (*PLACES, *GROUPS))
    assert plain_letters(said) == {}


def said_by(report: Report, form: str) -> list[str]:
    made = render(report, form)
    if form == "html":
        return said_in(made.decode()).split("\n")
    if form == "docx":
        document = Document(BytesIO(made))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        return [*(one.text for one in document.paragraphs), *cells]
    if form == "xlsx":
        # The names of the sheets are keys, to which other files may refer.
        book = load_workbook(BytesIO(made))
        cells = [c.value for sheet in book for row in sheet.rows for c in row if c.value]
        return [str(value) for value in cells if value not in book.sheetnames]
    if form == "pptx":
        slides = Presentation(BytesIO(made)).slides
        parts = [part._element for one in slides for part in (one, one.notes_slide)]
        charts = [s.chart._chartSpace for one in slides for s in one.shapes if s.has_chart]
        letters = [one for part in (*parts, *charts) for one in part.iter(qn("a:t"), qn("c:v"))]
        return [one.text or "" for one in letters]
    return made.decode().split("\n")


@pytest.mark.parametrize("form", ["txt", "caption", "places", "html", "docx", "xlsx", "pptx"])
def test_a_report_is_translated_in_every_format(year: Story, form: str) -> None:
    report = build(year.connection, None, CUT_OFF, Wishes(language=LANGUAGE))
    assert plain_letters(said_by(report, form)) == {}


def test_a_comparison_is_translated(year: Story) -> None:
    beside = Beside(Way.WAVES, {"RM": ["RM"]})
    report = build_comparison(year.connection, beside, CUT_OFF, Wishes(language=LANGUAGE))
    assert plain_letters(texts(replace(report, layout=""))) == {}


def test_the_statistics_of_a_year_are_translated(year: Story) -> None:
    report = build_year(year.connection, FiscalYear(2017), CUT_OFF, Wishes(language=LANGUAGE))
    assert report.workshops
    assert plain_letters(texts(report)) == {}
    assert plain_letters(said_by(report, "txt")) == {}
