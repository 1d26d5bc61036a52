"""CSV files read back as written; the safe variant can be undone exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.exports.csv_files import render
from analysis.exports.tables import Table
from surveys.formulas import escaped, restored
from surveys.questionnaire import Item
from tests.analysis.builder import Story
from tests.analysis.exports.opening import opened, text_item, told_with

FORMULAS = (
    '=HYPERLINK("http://x","y")',
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    ' "=1"',
    "＝1+1",
    "＋1",
    "-Ann",
    "+95 9 777",
    "\ufeff=1",
)


def told(**answers: str) -> Story:
    story = told_with(*(text_item(name, longest=99_999) for name in answers))
    story.answers(story.person("TFA", "FJ"), "M6", **answers)
    return story


@pytest.mark.parametrize("text", FORMULAS)
def test_c01_a_formula_is_neutralised_and_can_be_brought_back(text: str) -> None:
    bundle = opened(told(words=text))
    for folder in ("csv", "csv_plain"):
        for row in (*bundle.rows("long", folder), *bundle.rows("wide_M6", folder)):
            found = row.get("value", row.get("words"))
            assert found == "'" + text
            assert restored(found) == text


def test_c01_raw_texts_stay_as_they_are_for_programs_and_the_page_says_so() -> None:
    bundle = opened(told(words="=1+1"), raw=True)
    assert bundle.rows("long", "csv")[0]["value"] == "=1+1"
    assert b"do not open them in" in bundle.read("README.txt")


def test_c02_numbers_stay_numbers_and_headings_are_neutralised() -> None:
    table = Table("t", "t", ("=a", "b"), ((Decimal("-3"), "-3"), (-4, "plain")))
    lines = render(table, marked=False, raw=False).decode().splitlines()
    assert lines == ["'=a,b", "-3,'-3", "-4,plain"]


def test_c02_a_question_text_that_starts_a_formula_is_neutralised_in_the_codebook() -> None:
    story = told_with(
        text_item("words", "=1+1"), Item(name="n", type="integer", label={"en": "n"})
    )
    story.answers(story.person("TFA", "FJ"), "M6", n="-3")
    bundle = opened(story)
    assert bundle.rows("codebook", "csv")[0]["question"] == "'=1+1"
    assert bundle.rows("wide_M6", "csv")[0]["n"] == "-3"
    assert bundle.rows("long", "csv")[0]["value"] == "-3"


@given(st.text())
def test_every_text_comes_back_from_the_safe_form(text: str) -> None:
    assert restored(escaped(text)) == text


@given(st.text())
def test_no_text_in_the_safe_form_starts_a_formula(text: str) -> None:
    assert not escaped(text).lstrip(' "').startswith(tuple("=+-@\t\r＝＋－＠"))


def test_x07_scripts_line_breaks_and_quotes_are_read_back_with_and_without_mark() -> None:
    said = {
        "khmer": "ការធ្វើទំនើបកម្ម",
        "chinese": "海关现代化",
        "lines": 'He said "yes",\nthen; left',
        "returns": "one\r\ntwo",
    }
    bundle = opened(told(**said))
    for folder in ("csv", "csv_plain"):
        rows = bundle.rows("long", folder)
        assert {row["item"]: row["value"] for row in rows} == said
    assert bundle.read("csv/long.csv").startswith(b"\xef\xbb\xbfcase,")
    assert bundle.read("csv_plain/long.csv").startswith(b"case,")


def test_x14_csv_and_workbook_keep_a_long_name_that_spss_has_to_shorten() -> None:
    long_name = "q" * 60
    story = told_with(
        Item(name=long_name, type="select_multiple", list_name="anchors", label={"en": "?"})
    )
    story.answers(story.person("TFA", "FJ"), "M6", **{long_name: "course"})
    bundle = opened(story)
    column = f"{long_name}/course"
    assert bundle.rows("wide_M6")[0][column] == "1"
    assert column in [cell.value for cell in bundle.workbook["Wide M6"][1]]
    names = {row["column"]: row["spss_name"] for row in bundle.rows("spss_names")}
    assert len(names[column]) <= 64
    assert names[f"{long_name}/rule"].casefold() != names[column].casefold()


def test_a_decimal_keeps_the_digits_it_was_given_with() -> None:
    story = told_with(Item(name="n", type="decimal", label={"en": "n"}))
    story.answers(story.person("TFA", "FJ"), "M6", n="1.50")
    assert opened(story).value("n") == "1.50"
