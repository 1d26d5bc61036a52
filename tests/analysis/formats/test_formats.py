"""Every registered format, over the same reports."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.formats import FORMATS, render
from analysis.formats.json import structured
from analysis.formats.typesetting import MissingFont, font_folders, typeset
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year

LONG = "Risk management, post-seizure analysis and control of free zones in small island economies"


@pytest.fixture(scope="module")
def year() -> Report:
    return a_whole_year().report("RM")


@pytest.fixture(scope="module")
def few() -> Report:
    told = Story().workshop("TFA")
    told.answers(told.person("TFA", "FJ"), "M6", job="same")
    return told.report()


def texts_of(made: bytes) -> list[str]:
    book = load_workbook(BytesIO(made))
    return [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_and_gives_the_same_bytes_again(name: str, year: Report) -> None:
    assert render(year, name) == render(year, name)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_a_report_without_results(name: str, few: Report) -> None:
    assert render(few, name)


@pytest.mark.parametrize("name", ["txt", "xlsx", "html"])
def test_no_heading_stands_over_nothing(name: str) -> None:
    """Nobody has been written to yet, so there are no contact attempts."""
    told = Story().workshop("TFA")
    told.person("TFA", "FJ")
    told.wave("TFA", "M6")
    made = render(told.report(), name)
    text = " ".join(texts_of(made)) if name == "xlsx" else made.decode()
    assert "What happened to the cases" in text
    assert "Contact attempts" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_t03_every_format_renders_a_report_on_nothing(name: str) -> None:
    assert render(Story().report(), name)


def test_a_name_that_is_not_registered_is_an_error(year: Report) -> None:
    with pytest.raises(KeyError):
        render(year, "odt")


def test_t01_the_same_figure_is_the_same_string_in_every_format(year: Report) -> None:
    text = render(year, "txt").decode()
    page = json.dumps(structured(year), ensure_ascii=False)
    data = render(year, "json").decode()
    cells = texts_of(render(year, "xlsx"))
    figures = [*year.headlines, *(figure for s in year.sections for figure in s.figures)]
    counted = [
        str(row[-1]) for s in year.sections if s.key == "effects" for row in s.tables[0].rows
    ]
    for figure in [*(f.text for f in figures), *counted]:
        assert figure in text
        assert figure in page
        assert figure in data
        assert figure in cells


def test_the_json_is_read_back_as_the_report_that_was_written(year: Report) -> None:
    data = json.loads(render(year, "json"))
    assert data["title"] == year.title
    assert data["cut_off"] == "2018-12-20T10:00:00+00:00"
    assert [s["key"] for s in data["sections"]] == [s.key for s in year.sections]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_the_page_is_one_a4_sheet_in_the_largest_real_case() -> None:
    pdf = render(a_whole_year(LONG).report("RM"), "pdf")
    assert pdf.startswith(b"%PDF")
    assert pages(pdf) == 2


def a_large_national_workshop() -> Story:
    told = Story().workshop("IPR", LONG, donors=("CCF/Japan", "JICA"))
    for number in range(33):
        person = told.person("IPR", "KH")
        told.answers(person, "PRE", stage_now=f"s{number % 6}", attribution="no")
        told.answers(person, "M3", use_1="regular", actions="briefed", obstacles="time staff")
        told.answers(
            person,
            "M6",
            use_1="regular",
            anchors="procedure training unit",
            anchor_status_procedure="in_force",
            anchor_status_training="in_force",
            anchor_status_unit="drafted",
            effects="faster",
            obstacles="legal",
        )
    return told


def seven_workshops() -> Story:
    told = Story()
    for number in range(7):
        code = f"W{number}"
        told.workshop(code, donors=(f"Donor {number}",))
        for place in PLACES[number : number + 25]:
            told.answers(told.person(code, place), "M6", use_1="tried", effects="faster")
    return told


@pytest.mark.parametrize("told", [a_large_national_workshop, seven_workshops])
def test_other_large_cases_fit_the_sheet_too(told: Any) -> None:
    assert pages(render(told().report(), "pdf")) == 2


@pytest.mark.parametrize("audience", ["member", "donor", "rtc", "good_practice"])
def test_readers_outside_get_one_sheet_too_with_what_is_theirs_and_with_hidden_counts(
    audience: str,
) -> None:
    told = a_large_national_workshop()
    whom = {"member": "KH", "donor": "JICA"}.get(audience, "")
    found = build(told.connection, ["IPR"], CUT_OFF, Wishes(audience, whom))
    assert "not shown" in [figure.text for figure in found.headlines]
    # Where nothing can be drawn, the back stands on the front.
    assert pages(render(found, "pdf")) == 1


def test_the_picture_for_the_chat_is_a_png_of_useful_size(year: Report) -> None:
    picture = render(year, "png")
    assert picture.startswith(b"\x89PNG")
    width = int.from_bytes(picture[16:20], "big")
    assert 1000 <= width <= 1300


def test_the_workbook_opens_with_counts_as_numbers_and_texts_as_texts(year: Report) -> None:
    book = load_workbook(BytesIO(render(year, "xlsx")))
    names = ["Codebook" if s.key == "questionnaires" else s.key for s in year.sections]
    assert book.sheetnames == ["Read me", "Summary", *names, "Numbers"]
    sheet = book["fieldwork"]
    assert any(cell.value == 32 for row in sheet for cell in row)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.orientation == "landscape"


HOSTILE = '<img src=x onerror=alert(1)> </td><script> #panic("x") $x$ *bold* =1+1 {0} \\'


@pytest.mark.parametrize("hostile", ["=1+1", "https://example.org", "@SUM(A1)", HOSTILE])
def test_c08_a_hostile_title_is_shown_as_text_in_every_format(hostile: str) -> None:
    told = Story().workshop("TFA", hostile)
    told.answers(told.person("TFA", "FJ"), "M6", job="same")
    report = told.report()
    assert report.title == hostile
    assert hostile in json.loads(render(report, "json"))["title"]
    assert hostile in render(report, "txt").decode().replace("\n", " ")
    book = load_workbook(BytesIO(render(report, "xlsx")))
    cell = book["Summary"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (hostile, "s", None)
    assert pages(render(report, "pdf")) == 1


def test_a_hostile_title_changes_nothing_but_itself_on_the_page(year: Report) -> None:
    plain = render(replace(year, footer="Foot"), "png")
    assert render(replace(year, footer="#hide[Foot]"), "png") != plain


def test_the_registry_is_light_until_something_is_rendered() -> None:
    probe = "import sys, analysis, analysis.formats; print(*sys.modules)"
    made = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert not {"pandas", "sqlalchemy", "typst", "xlsxwriter"} & set(made.stdout.split())


def test_a_font_folder_of_the_operator_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("REPORT_FONT_DIR", str(tmp_path))
    assert font_folders()[0] == tmp_path


def test_a_missing_font_is_an_error_and_not_a_page_of_boxes(year: Report, tmp_path: Any) -> None:
    with pytest.raises(MissingFont, match="noto sans"):
        typeset("summary.typ", structured(year), year.cut_off, fonts=[tmp_path])


def test_excel_has_native_charts_of_stages_obstacles_and_answers_and_a_codebook(
    year: Report,
) -> None:
    book = load_workbook(BytesIO(render(year, "xlsx")))
    assert {"stages", "obstacles", "effects", "Codebook"} <= set(book.sheetnames)
    for name in ("stages", "obstacles", "effects", "suggestions"):
        assert book[name]._charts, name
    assert all(sheet.page_setup.fitToHeight == 0 for sheet in book)
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book)


def test_the_bars_of_excel_end_at_the_base_of_their_question(year: Report) -> None:
    found = next(t for part in year.sections for t in part.tables if t.key == "suggestion")
    (chart, *_) = load_workbook(BytesIO(render(year, "xlsx")))["suggestions"]._charts
    assert found.base == sum(row[1] for row in found.rows if isinstance(row[1], int))
    assert (chart.y_axis.scaling.min, chart.y_axis.scaling.max) == (0, found.base)
