"""Reports in other languages: every sentence translated, with the same values in it."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_dir
from docx import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml.ns import qn

from analysis.formats import render
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.wording import PLACE, report_languages
from surveys.report_status import ReportStatus
from surveys.wording import read_catalogue
from tests.analysis.builder import CUT_OFF, Story
from tests.analysis.large import a_whole_year
from tests.places import ROOT

ANALYSIS = ROOT / "analysis"
OTHERS = report_languages()[1:]
KEYWORDS = {"N_": None, "say": None, "plural": (1, 2)}
INSIDE = re.compile(r"\{\w+\}")


InLanguage = Callable[[str], Report]


@pytest.fixture(scope="module")
def story() -> Story:
    return a_whole_year()


@pytest.fixture(scope="module")
def in_language(story: Story) -> InLanguage:
    """Return a function that gives the report in a language, built once."""
    return cache(
        lambda language: build(story.connection, None, CUT_OFF, Wishes(language=language))
    )


@pytest.fixture(scope="module")
def in_the_code() -> set[str]:
    found = extract_from_dir(str(ANALYSIS), [("**.py", "python")], keywords=KEYWORDS)
    ids = (message for _, _, message, _, _ in found)
    return {one[0] if isinstance(one, tuple) else one for one in ids}


def in_the_catalogue(language: str) -> dict[str, list[str]]:
    entries = [entry for entry in read_catalogue(PLACE / f"{language}.po", language) if entry.id]
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: (
            [entry.string] if isinstance(entry.string, str) else list(entry.string)
        )
        for entry in entries
    }


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_every_sentence_of_the_reports_and_no_other(
    language: str, in_the_code: set[str]
) -> None:
    assert set(in_the_catalogue(language)) == in_the_code


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_is_there_with_the_same_values(language: str) -> None:
    for text, translations in in_the_catalogue(language).items():
        for translation in translations:
            assert translation
            assert set(INSIDE.findall(translation)) == set(INSIDE.findall(text)), text


@pytest.mark.parametrize("language", OTHERS)
def test_the_page_stays_one_sheet_in_every_language(
    language: str, in_language: InLanguage
) -> None:
    report = in_language(language)
    assert report.language == language
    pdf = render(report, "pdf")
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 2


def test_more_method_than_the_back_holds_leaves_the_front_as_it_is(story: Story) -> None:
    report = story.report("RM")
    long = replace(report, method=report.method * 8)
    assert len(re.findall(rb"/Type\s*/Page[^s]", render(long, "pdf"))) > 2
    assert render(long, "png") == render(report, "png")


def test_a_report_in_french_says_it_in_french(story: Story) -> None:
    report = build(
        story.connection,
        None,
        CUT_OFF,
        Wishes("rtc", language="fr", report_status=ReportStatus(status="final")),
    )
    assert "des 25 délégations, les connaissances sont utilisées régulièrement" in report.title
    assert report.footer.endswith("Version finale. Version 1.")


DAYS_AND_COUNTS = {
    "fa": ("6 تا 10 نوامبر 2017", "20 دسامبر 2018", "14 از 25 (دست‌بالا 20)"),
    "km": ("6 – 10 ខែវិច្ឆិកា ឆ្នាំ2017", "20 ខែធ្នូ ឆ្នាំ2018", "14 នៃ 25 (យ៉ាងច្រើន 20)"),
    "th": ("6–10 พฤศจิกายน 2560", "20 ธันวาคม 2561", "14 จาก 25 (มากที่สุด 20)"),
    "vi": ("6\u2009–\u200910 tháng 11 năm 2017", "20 tháng 12 năm 2018", "14/25 (nhiều nhất 20)"),
    "zh": ("2017年11月6日至10日", "2018年12月20日", "14/25（至多 20）"),
}


@pytest.mark.parametrize(("language", "wanted"), DAYS_AND_COUNTS.items())
def test_days_and_counts_are_written_as_their_readers_have_them(
    language: str, wanted: tuple[str, str, str], in_language: InLanguage
) -> None:
    report = in_language(language)
    days, written, count = wanted
    assert days in report.subtitle
    assert written in report.written
    assert report.headlines[0].text == count


def test_sentences_of_a_chinese_report_have_no_space_between_them(story: Story) -> None:
    wishes = Wishes("rtc", language="zh", report_status=ReportStatus(status="final"))
    report = build(story.connection, None, CUT_OFF, wishes)
    assert report.footer.endswith("最终稿。第 1 版。")
    assert "。 " not in render(report, "newsletter").decode()
    assert "。 " not in render(report, "txt").decode()


def test_a_persian_report_runs_from_right_to_left_in_every_file(in_language: InLanguage) -> None:
    report = in_language("fa")
    name = "Risk management and post-seizure analysis"
    assert f"\u2068{name}\u2069 · " in report.subtitle, "names keep their place in the line"
    assert '<html lang="fa" dir="rtl">' in render(report, "html").decode()
    with zipfile.ZipFile(BytesIO(render(report, "xlsx"))) as book:
        sheets = [one for one in book.namelist() if one.startswith("xl/worksheets/sheet")]
        assert all(b'rightToLeft="1"' in book.read(sheet) for sheet in sheets)
    written = Document(BytesIO(render(report, "docx")))
    assert all(one._p.pPr.find(qn("w:bidi")) is not None for one in written.paragraphs)
    assert written.sections[0].footer.paragraphs[0]._p.pPr.find(qn("w:bidi")) is not None
    assert all(table.table_direction == WD_TABLE_DIRECTION.RTL for table in written.tables)
