"""What is written is read back equal, and other tools accept it."""

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.reading import read_questionnaire
from surveys.questionnaire import Questionnaire
from surveys.xlsform.reading import read_xlsform
from surveys.xlsform.texts import marked_up, plain_text
from surveys.xlsform.writing import write_xlsform

EVERYTHING = """
spec: 1
key: ALL
title: {en: All kinds, fr: Toutes sortes}
minutes: 7
default_language: en
languages: [en, fr, th]
choices:
  place:
    - {name: fj, label: {en: "=Fiji", fr: Fidji}, region: pacific}
    - {name: vn, label: {en: "<b>Viet Nam</b>", fr: Viet Nam}, region: asia}
    - {name: none, label: {en: None, fr: Aucun}, exclusive: true, non_answer: not_applicable}
survey:
  - {type: note, name: hello, label: {en: "Hello *all* of you_", fr: Bonjour}}
  - {type: select_multiple place or_other, name: places, label: {en: Where}, parameters: {max: 2}}
  - type: group
    label: {en: "Part\\none", fr: Partie}
    relevant: ${places} != ''
    items:
      - type: group
        label: {en: Inner}
        items:
          - {type: select_one place, name: best, label: {en: Best}, choice_filter: "region = 'asia'"}
      - {type: range, name: sure, label: {en: Sure}, parameters: {start: 0, end: 10, step: 2}}
      - {type: text, name: why, label: {en: Why}, hint: {en: Short}, parameters: {max: 80}}
  - {type: calculate, name: many, calculation: "count-selected(${places}) + 1"}
  - type: loop
    over: place
    ticked: ${places}
    max: 1
    items:
      - type: integer
        name: times
        label: {en: "%(label)s: how often?"}
        constraint: ". >= 0"
        constraint_message: {en: "Not below 0", th: ไม่ต่ำกว่า 0}
  - {type: decimal, name: hours, label: {en: Hours}, required: true}
  - {type: date, name: last, label: {en: "Last, ${why}?"}, constraint: . <= today()}
  - {type: file, name: order, label: {en: Show the order}}
  - {type: image, name: photo, label: {en: Or a photo}, relevant: "${order} = ''"}
  - {type: acknowledge, name: about_best, label: {en: Thank you}}
"""


def sample() -> Questionnaire:
    return read_questionnaire(EVERYTHING, "all.yaml")


def every() -> list[Questionnaire]:
    return [*map(packaged_questionnaire, packaged_keys()), sample()]


@pytest.mark.parametrize("questionnaire", every(), ids=lambda one: one.key)
def test_what_is_written_is_read_back_equal(questionnaire: Questionnaire) -> None:
    back, problems = read_xlsform(write_xlsform(questionnaire), "form.xlsx")
    assert [one for one in problems if one.severity == "error"] == []
    assert back == questionnaire


@pytest.mark.parametrize("questionnaire", every(), ids=lambda one: one.key)
def test_other_tools_turn_it_into_their_own_form(questionnaire: Questionnaire) -> None:
    made = convert(write_xlsform(questionnaire), file_type=".xlsx")
    for item in questionnaire.items:
        assert f"{item.name}" in made.xform


def cells(questionnaire: Questionnaire, sheet: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsform(questionnaire)))
    headings, *rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def test_limits_and_loops_have_columns_of_their_own() -> None:
    rows = {row["name"]: row for row in cells(sample(), "survey")}
    assert (rows["places"]["max"], rows["places"]["parameters"]) == ("2", None)
    assert rows["times_vn"]["loop"] == "vn"


def test_a_heading_is_a_group_of_one_question_with_a_free_name() -> None:
    rows = [(row["type"], row["name"]) for row in cells(sample(), "survey")]
    start = rows.index(("select_one place", "best"))
    assert rows[start - 1] == ("begin_group", "about_best_")
    assert rows[start + 1][0] == "end_group"


def test_a_label_that_looks_like_a_formula_stays_a_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsform(sample())))
    found = [cell for row in book["choices"].iter_rows() for cell in row if cell.value == "=Fiji"]
    assert [cell.data_type for cell in found] == ["s", "s"]


@given(st.text(alphabet="ab *_#<>/&;\\[]()b{}$\n", max_size=25).map(str.strip))
@settings(max_examples=400)
def test_plain_texts_survive_being_written_as_markup(text: str) -> None:
    lines = "\n".join(line.strip() for line in text.split("\n"))
    assert plain_text(marked_up(lines)) in (lines, collapsed(lines))


def collapsed(text: str) -> str:
    """Several blank lines in a row count as one."""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
