"""The pages of one survey: short, without a heading said twice, and legible on a telephone."""

import itertools
import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from lxml import html

from analysis.formats import render
from analysis.model import Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.survey import build_survey
from surveys.authoring.reading import read_questionnaire
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.reports.test_survey import before, result
from tests.analysis.reports.test_survey_of_administrations import practice


@pytest.fixture(scope="module")
def page() -> str:
    return render(result(before(), "PRE"), "html").decode()


def test_no_heading_is_said_twice_and_none_is_passed_over(page: str) -> None:
    found = html.fromstring(page).xpath("//h1 | //h2 | //h3 | //h4")
    levels = [int(one.tag[1]) for one in found]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    said = [re.sub(r"^\d+ ", "", one.text_content()) for one in found]
    assert not [one for one, after in itertools.pairwise(said) if one == after]


def test_where_a_picture_would_be_cut_its_numbers_stand_there(page: str) -> None:
    tree = html.fromstring(page)
    pictures = tree.xpath("//figure")
    assert pictures
    for picture in pictures:
        details, numbers = picture.xpath("following-sibling::*[position() <= 2]")
        assert numbers.get("class") == "narrow"
        assert numbers.xpath(".//td/text()") == details.xpath(".//td/text()")
    assert "min-width: 36rem" not in page


def test_a_wide_table_is_folded_so_that_a_terminal_shows_its_columns() -> None:
    lines = render(result(practice(), "FORENSICS", "STUDY"), "txt").decode().splitlines()
    assert max(map(len, lines)) <= 120
    long = Table("long", "Long", ("Answer", "People"), (("word " * 50, 7), ("short", 12)))
    section = Section("one", "One", tables=(long,))
    report = replace(result(before(), "PRE"), sections=(section,))
    lines = render(report, "txt").decode().splitlines()
    first = lines.index(next(one for one in lines if one.startswith("  word")))
    assert lines[first].endswith("       7")
    assert lines[first + 1].strip().startswith("word")
    assert lines[first + 3].split() == ["short", "12"]


def test_a_word_is_broken_only_where_a_line_would_be_too_wide() -> None:
    """The first column of a table of workshops gave way until “counterfeiting” was two words."""
    heads = ("", *(f"in regular use at {number} months" for number in range(7)))
    cells = ("IPR-OC-2017: Combating counterfeiting and piracy", *["at least 13 of 25 (52 %)"] * 7)
    section = Section("one", "One", tables=(Table("wide", "Wide", heads, (cells,)),))
    report = replace(result(before(), "PRE"), sections=(section,))
    lines = render(report, "txt").decode().splitlines()
    assert "counterfeiting" in " ".join(lines)
    assert max(map(len, lines)) <= 120


def test_a_word_file_says_until_when_it_counts() -> None:
    document = Document(BytesIO(render(result(before(), "PRE"), "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Answers until 20 December 2018, 10:00 UTC" in texts
    assert texts.count("Needed most") == 0, "it stands with its number, and once"
    levels = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert "Heading 3" not in levels


OWN = """
spec: 1
key: OWN
title: {en: "Scanners?"}
minutes: 1
default_language: en
languages: [en]
choices:
  yes_no: [{name: yes, label: "Yes"}, {name: no, label: "No"}]
survey:
  - {type: select_one yes_no, name: uses, label: "Are they used?"}
"""


def test_a_question_without_translation_keeps_its_order_on_a_page_from_right_to_left() -> None:
    story = Story().workshop("RM")
    story.own = read_questionnaire(OWN, "own.yaml").model_copy(update={"version": 1})
    for place in PLACES[:5]:
        story.answers(story.person("RM", place), "OWN", uses="yes")
    wishes = Wishes(survey="OWN", language="fa")
    report = build_survey(story.connection, "RM", CUT_OFF, wishes)
    assert report.title == "\u2068Scanners?\u2069"
    assert report.sections[0].tables[0].heading == "\u2068Are they used?\u2069"
