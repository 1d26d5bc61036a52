"""The report as slides: one sentence and one picture each, readable, editable, in every language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from analysis.formats import render
from analysis.model import Quote, Report, Section
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.wording import report_languages
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.formats.office import faults
from tests.analysis.large import a_whole_year

LANGUAGES = ("en", *(one for one in report_languages() if one != "en"))
SMALLEST = 14


@pytest.fixture(scope="module")
def story() -> Story:
    return a_whole_year()


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, story: Story) -> Report:
    wishes = Wishes(language=request.param, office="Regional Office & Co")
    return build(story.connection, None, CUT_OFF, wishes)


@pytest.fixture(scope="module")
def made(report: Report) -> bytes:
    return render(report, "pptx")


@pytest.fixture(scope="module")
def slides(made: bytes) -> Any:
    return Presentation(BytesIO(made)).slides


def plain(shape: Any) -> str:
    """The words of a shape, without the spaces at which no line is broken."""
    return str(shape.text_frame.text).replace("\u00a0", " ")


def runs(slide: Any) -> Iterator[Any]:
    """The properties of all words of a slide, also in groups and tables."""
    yield from slide._element.iter(qn("a:rPr"))


def test_a_report_is_eight_to_twelve_slides_of_one_sentence_and_one_picture(
    slides: Any, report: Report
) -> None:
    assert 8 <= len(slides) <= 12
    titles = [plain(slide.shapes.title) for slide in slides]
    assert titles[0] == report.title.replace("\u00a0", " ")
    assert len(set(titles)) == len(titles)
    assert all(titles)
    drawn = [slide for slide in slides if any(one.has_chart for one in slide.shapes)]
    assert len(drawn) >= 6
    assert all(sum(one.has_chart for one in slide.shapes) == 1 for slide in drawn)


def test_no_letter_is_under_fourteen_points(slides: Any) -> None:
    for slide in slides:
        sizes = [int(one.get("sz")) for one in runs(slide) if one.get("sz")]
        assert sizes
        assert min(sizes) >= SMALLEST * 100
        for shape in (one for one in slide.shapes if one.has_chart):
            told = re.findall(r'sz="(\d+)"', shape.chart._chartSpace.xml)
            assert told
            assert min(map(int, told)) >= SMALLEST * 100


def test_every_shape_lies_on_its_slide(slides: Any, made: bytes) -> None:
    file = Presentation(BytesIO(made))
    for slide in slides:
        for one in slide.shapes:
            assert one.left >= 0
            assert one.top >= 0
            assert one.left + one.width <= file.slide_width + Pt(1)
            assert one.top + one.height <= file.slide_height + Pt(1)


def test_w20_words_name_a_face_for_each_script_and_their_language(
    slides: Any, report: Report
) -> None:
    for slide in slides:
        for one in runs(slide):
            if one.getparent().tag == qn("a:fld"):
                continue
            assert one.get("lang", "").startswith(report.language)
            faces = {one.find(qn(f"a:{kind}")).get("typeface") for kind in ("latin", "ea", "cs")}
            assert all(faces)


def test_w21_paragraphs_from_right_to_left_say_so_themselves(slides: Any, report: Report) -> None:
    backwards = "1" if report.language == "fa" else "0"
    for slide in slides:
        for run in slide._element.iter(qn("a:r")):
            about = run.getparent().find(qn("a:pPr"))
            assert about.get("rtl") == backwards
            assert about.get("algn") in ("ctr", "r" if backwards == "1" else "l")
        for one in (shape.chart for shape in slide.shapes if shape.has_chart):
            turned = one.value_axis.reverse_order
            assert turned == (backwards == "1")


def test_pictures_say_what_they_show_and_the_speaker_has_numbers_base_and_method(
    slides: Any, report: Report
) -> None:
    table = next(t for s in report.sections for t in s.tables if t.key == "obstacles")
    sentence = table.finding.replace("\u00a0", " ")
    (slide,) = [one for one in slides if plain(one.shapes.title) == sentence]
    (chart,) = [one for one in slide.shapes if one.has_chart]
    said = chart._element._nvXxPr.cNvPr.get("descr")
    notes = slide.notes_slide.notes_text_frame.text.replace("\u00a0", " ")
    for row in table.rows:
        assert str(row[1]) in said
        assert str(row[1]).replace("\u00a0", " ") in notes
        assert str(row[3]) in notes
    assert table.note in notes
    assert report.method[0] in notes
    for other in slides:
        assert other.has_notes_slide


def test_each_slide_of_the_office_is_confidential_and_the_file_names_the_office_only(
    slides: Any, made: bytes, report: Report
) -> None:
    assert report.mark
    for slide in slides:
        assert report.mark in "".join(one.text or "" for one in slide._element.iter(qn("a:t")))
    told = Presentation(BytesIO(made)).core_properties
    assert (told.author, told.last_modified_by) == (report.office, report.office)
    assert (told.comments, told.title) == ("", report.title[:255])
    assert b"python" not in made.lower()


def test_w19_slides_are_valid_against_the_schemas_of_the_format(
    made: bytes, tmp_path: Path
) -> None:
    # Reading all parts again takes a second.
    assert faults(made, tmp_path / "report.pptx") == []


def test_w19_each_chart_has_a_workbook_with_the_same_numbers(slides: Any) -> None:
    from openpyxl import load_workbook

    for slide in slides:
        for chart in (one.chart for one in slide.shapes if one.has_chart):
            book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
            assert book is not None
            rows = [*book.iter_rows(min_row=2, values_only=True)]
            drawn = [series.values for series in chart.plots[0].series]
            assert [tuple(row[1:]) for row in rows] == [*zip(*drawn, strict=True)]


def test_quotes_run_in_the_direction_of_their_own_letters(story: Story) -> None:
    told = story.report("RM")
    quotes = (
        Quote("ما آن را به کار می‌بریم (50 %)", "fa", "An officer"),
        Quote("We use it", "en", "X"),
    )
    words = Section("words", "In their words", quotes=quotes)
    made = render(replace(told, sections=(*told.sections, words)), "pptx")
    (slide,) = [
        one for one in Presentation(BytesIO(made)).slides
        if one.shapes.title.text_frame.text == "In their words"
    ]  # fmt: skip
    found = {
        paragraph.text: paragraph._p.get_or_add_pPr().get("rtl")
        for shape in slide.shapes if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    }  # fmt: skip
    assert found["“We use it”"] == "0"
    assert next(side for text, side in found.items() if "50" in text) == "1"


def test_a_report_without_results_says_why(story: Story) -> None:
    few = Story().workshop("TFA")
    few.answers(few.person("TFA", "FJ"), "M6", job="same")
    made = Presentation(BytesIO(render(few.report(), "pptx")))
    assert few.report().notice in [one.shapes.title.text_frame.text for one in made.slides]


def test_all_figures_of_a_slide_have_letters_of_one_size(slides: Any, report: Report) -> None:
    """A long label made its own letters smaller than those above it."""
    labels = {one.label for one in report.headlines}
    sizes = {
        run.font.size
        for shape in slides[1].shapes if shape.has_text_frame and shape != slides[1].shapes.title
        for run in shape.text_frame.paragraphs[0].runs if plain(shape).split("\n")[0] in labels
    }  # fmt: skip
    assert len(sizes) == 1


def test_no_slide_has_figures_of_which_none_is_told() -> None:
    few = Story().workshop("TFA")
    for number, place in enumerate(PLACES[:6]):
        use = "tried" if number < 3 else "not_yet"
        few.answers(few.person("TFA", place), "M6", use_1=use)
    told = build(few.connection, ["TFA"], CUT_OFF, Wishes("good_practice"))
    assert told.headlines
    assert not any(sign.isdigit() for one in told.headlines for sign in one.text)
    for slide in Presentation(BytesIO(render(told, "pptx"))).slides:
        said = [plain(one) for one in slide.shapes if one.has_text_frame]
        assert told.headlines[0].label not in "".join(said)


def test_slides_take_little_time(story: Story) -> None:
    report = story.report("RM")
    began = process_time()
    render(report, "pptx")
    assert process_time() - began < 3
