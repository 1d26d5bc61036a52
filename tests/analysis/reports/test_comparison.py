"""Waves, workshops and fiscal years beside each other: every number is found by a query too."""

import re
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml.html import fromstring
from openpyxl import load_workbook
from pptx import Presentation
from sqlalchemy import text, update

from analysis.formats import render
from analysis.formats.drawings import drawings
from analysis.model import Report, Table
from analysis.reports.audiences import Wishes
from analysis.reports.comparison import Beside, Way, build_comparison
from storage.schema import workshops
from tests.analysis.builder import CUT_OFF, ENDS, PLACES, Story
from tests.analysis.formats.office import faults
from tests.analysis.large import a_whole_year
from tests.analysis.recount_delegations import Recount
from tests.tools import PDFTOTEXT

FIGURES = ("tried", "in_regular_use", "shared", "accepted", "routine", "embedded")


@pytest.fixture(scope="module")
def told() -> Story:
    """The largest workshop, one of twelve delegations, one of six, and a national one."""
    story = a_whole_year()
    for code, places in {"BIG": PLACES[:12], "SMALL": PLACES[3:9], "ONE": PLACES[:1] * 12}.items():
        story.workshop(code, f"Title {code}")
        days = {"ends_on": ENDS + timedelta(days=len(places))}
        story.connection.execute(update(workshops).where(workshops.c.code == code).values(days))
        for number, place in enumerate(places):
            person = story.person(code, place)
            new = {"anchors": "unit", "anchor_status_unit": "new", "title_unit": "Unit 7 of 2018"}
            said = new if number % 4 == 0 else {"anchors": "none"}
            story.answers(person, "M6", use_1=("regular", "tried", "not_yet")[number % 3], **said)
            if number % 2 or code == "SMALL":
                story.answers(person, "M12", use_1="regular", others_use="few")
            else:
                story.silent(person, "M12")
    return story


def compared(told: Story, way: Way, **codes: list[str]) -> Report:
    return build_comparison(told.connection, Beside(way, codes), CUT_OFF, Wishes())


@pytest.fixture(scope="module")
def beside(told: Story) -> Report:
    codes = {code: [code] for code in ("SMALL", "BIG", "ONE", "RM")}
    return compared(told, Way.WORKSHOPS, **codes)


def pictures_of(word: bytes) -> list[Any]:
    """The properties of the pictures of a Word file."""
    return Document(BytesIO(word)).element.xpath("//wp:docPr")


def table(report: Report, key: str) -> Table:
    return next(t for s in report.sections for t in s.tables if t.key == key)


def numbers(report: Report, name: str) -> list[tuple[object, ...]]:
    """The numbers of one thing, figure by figure: yes, at most, in all, percent."""
    return [row[2:6] for row in table(report, "multiples").rows if row[1] == name]


def queried(told: Story, codes: list[str], moment: str) -> list[tuple[int, ...]]:
    """The same numbers by a query from the rules, not from the code under test."""
    found, rows = Recount(told.connection, codes, moment), []
    for key in FIGURES:
        yes, no, disputed, unknown = found.states(key)
        total = yes + no + disputed + unknown
        better = yes - (found.grades()[0] if key == "embedded" else 0)
        percent = "SELECT CAST(floor(100.0 * :part / :base + 0.5) AS INTEGER)"
        values = {"part": better, "base": total}
        share = told.connection.scalar(text(percent), values)
        rows.append((better, total - no, total, share))
    return rows


@pytest.mark.parametrize("code", ["RM", "BIG"])
def test_each_number_of_a_workshop_is_found_by_a_query(
    told: Story, beside: Report, code: str
) -> None:
    assert numbers(beside, code) == queried(told, [code], "M12")


def test_each_number_of_a_wave_is_found_by_a_query(told: Story) -> None:
    report = compared(told, Way.WAVES, RM=["RM"])
    assert numbers(report, "6 months") == queried(told, ["RM"], "M6")
    assert numbers(report, "12 months") == queried(told, ["RM"], "M12")


def test_each_number_of_a_fiscal_year_is_found_by_a_query(told: Story) -> None:
    years = {"2016/17": ["BIG"], "2017/18": ["RM", "SMALL"]}
    report = compared(told, Way.YEARS, **years)
    assert numbers(report, "2017/18") == queried(told, ["RM", "SMALL"], "M12")
    assert report.title == "2017/18, 2016/17: fiscal years beside each other"


def test_three_months_after_a_workshop_nobody_is_asked_what_is_in_force(told: Story) -> None:
    rows = table(compared(told, Way.WAVES, RM=["RM"]), "multiples").rows
    early = [row for row in rows if row[1] == "3 months"]
    assert [row[-1] for row in early][-2:] == ["Not asked here."] * 2
    # What is approved counts as accepted too, and is asked from six months on.
    assert [isinstance(row[2], int) for row in early] == [True] * 3 + [False] * 3
    assert str(early[3][-1]).endswith("; asked otherwise")


def test_what_cannot_be_compared_has_no_number_and_says_why(beside: Report) -> None:
    rows = {row[1]: row for row in table(beside, "multiples").rows if row[0] == "tried or used"}
    assert rows["SMALL"][2:6] == rows["ONE"][2:6] == ("", "", "", "")
    assert str(rows["SMALL"][6]).endswith("; base under 10")
    assert str(rows["ONE"][6]).endswith("; counts people")


def test_replies_are_compared_by_the_same_rule(told: Story, beside: Report) -> None:
    rows = {str(row[0]): row[1:] for row in table(beside, "with_a_reply").rows}
    assert rows["SMALL"] == ("", "", "6 of 6; base under 10")
    assert rows["ONE"] == ("", "", "6 of 12 (50 %); counts people")
    query = text(
        "SELECT COUNT(DISTINCT enrolments.administration_code) FROM cases"
        " JOIN enrolments ON enrolments.id = enrolment_id JOIN waves ON waves.id = wave_id"
        " WHERE waves.workshop_code = 'BIG' AND waves.key = 'M12' AND disposition = 'complete'"
    )
    assert rows["BIG"][:2] == (told.connection.scalar(query), 12)


def test_replies_of_few_in_a_wave_have_no_bar(told: Story) -> None:
    rows = table(compared(told, Way.WAVES, SMALL=["SMALL"]), "replies").rows
    assert rows[0] == ("6 months", "", "", "6 of 6; base under 10")
    rows = table(compared(told, Way.WAVES, BIG=["BIG"]), "replies").rows
    assert rows[1] == ("12 months", 6, 12, "6 of 12 (50 %)")


@pytest.mark.parametrize(("way", "name"), [(Way.WAVES, "NONE"), (Way.YEARS, "2017/18")])
def test_without_an_answer_it_is_said_that_there_is_nothing_to_compare(
    way: Way, name: str
) -> None:
    story = Story().workshop("NONE")
    for place in PLACES[:12]:
        story.silent(story.person("NONE", place), "M6")
    report = compared(story, way, **{name: ["NONE"]})
    said = "Nobody has answered a follow-up yet, so there is nothing to compare."
    assert report.notice == said
    assert not [one for one in report.sections if one.key == "comparison"]
    for form in ("txt", "html"):
        assert said in render(report, form).decode()
    for form in ("full", "pptx", "docx", "xlsx"):
        assert render(report, form)


def test_workshops_stand_in_the_order_of_their_days_whatever_their_figures(
    beside: Report,
) -> None:
    names = [row[1] for row in table(beside, "multiples").rows]
    assert names[:4] == ["RM", "SMALL", "BIG", "ONE"]
    assert "not a ranking" in beside.sections[0].notes[0]
    assert "Administration" not in repr(beside.sections)


def test_the_sentence_names_only_shares_that_are_compared(told: Story, beside: Report) -> None:
    shares = sorted(row[1][3] for row in (queried(told, [code], "M12") for code in ("RM", "BIG")))
    assert beside.in_short[0].startswith(
        f"In regular use: {shares[0]} % to {shares[1]} % (2 compared)."
    )


def test_the_workbook_has_a_chart_of_each_figure_with_the_same_axis(beside: Report) -> None:
    sheet = load_workbook(BytesIO(render(beside, "xlsx")))["comparison"]
    titles = [chart.title.tx.rich.p[0].r[0].t for chart in sheet._charts]
    assert titles[0] == "tried or used" and len(titles) == 6
    axes = {(one.y_axis.scaling.min, one.y_axis.scaling.max) for one in sheet._charts}
    assert axes == {(0, 100)}
    shares = {row[1]: row[5] for row in sheet.iter_rows(min_row=4, max_row=8, values_only=True)}
    assert shares["SMALL"] is None


def test_the_slides_have_a_chart_of_each_figure_with_the_same_axis(
    beside: Report,
) -> None:
    deck = Presentation(BytesIO(render(beside, "pptx")))
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert len(charts) == 6
    assert {one.value_axis.maximum_scale for one in charts} == {100}
    assert [v for v in charts[0].plots[0].series[0].values if v is None] == [None, None]


@pytest.mark.parametrize("name", ["xlsx", "pptx", "docx"])
def test_office_files_are_valid(beside: Report, name: str, tmp_path: Path) -> None:
    # Reading all parts against the schemas takes about a second.
    assert faults(render(beside, name), tmp_path / f"compared.{name}") == []


def test_a_page_gets_the_pictures_as_svg(beside: Report) -> None:
    found = drawings(beside).pictures
    drawn = found["comparison", "multiples"].svg
    assert drawn.count("<title>") == 4 * 6 - 2 * 6
    assert ("compared", "with_a_reply") in found


@PDFTOTEXT.needed
def test_a_small_picture_has_the_ends_of_its_axis_only(beside: Report, tmp_path: Path) -> None:
    file = tmp_path / "compared.pdf"
    file.write_bytes(render(beside, "pdf"))
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    ends = re.findall(r"^(0|50|100) ?%$", done.stdout, re.MULTILINE)
    assert [ends.count(one) for one in ("0", "50", "100")] == [7, 1, 7]


def test_words_in_place_of_pictures_say_each_number_once_and_nothing_empty(
    beside: Report,
) -> None:
    page = fromstring(render(beside, "html").decode())
    labels = [
        str(one) for one in page.xpath("//figure/@aria-label | //*[@role='img']/@aria-label")
    ]
    assert any("tried or used: SMALL, 6 of 6 (at most 6); base under 10;" in one for one in labels)
    descriptions = [one.get("descr") for one in pictures_of(render(beside, "docx"))]
    assert descriptions
    assert not [one for one in (*labels, *descriptions) if re.search(r", (,|;)|: ,|, $", str(one))]


@pytest.mark.parametrize("language", ["fa", "fr", "km", "th", "vi", "zh"])
def test_a_comparison_is_one_or_two_pages_in_every_language(told: Story, language: str) -> None:
    codes = {code: [code] for code in ("RM", "BIG")}
    wishes = Wishes(language=language)
    report = build_comparison(told.connection, Beside(Way.WORKSHOPS, codes), CUT_OFF, wishes)
    assert "beside each other" not in report.title
    assert 1 <= render(report, "pdf").count(b"/Type/Page/") <= 2
