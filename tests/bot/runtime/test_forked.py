"""Forks that read files in tests are limited as the processes of the program are."""

import io

import openpyxl

from bot.desk.questionnaires.files import read_safely
from surveys.authoring.packaged import packaged_questionnaire
from surveys.xlsform.writing import write_xlsform
from tests.bot.desk.questionnaires.test_files import TABLE, limits_end_with_one_sentence


def test_a_list_that_is_too_much_ends_with_the_same_sentences() -> None:
    limits_end_with_one_sentence()


def test_what_is_read_and_what_is_marked_come_back() -> None:
    checked = read_safely(write_xlsform(packaged_questionnaire("M6")), "M6.xlsx")
    assert checked.questionnaire == packaged_questionnaire("M6")
    marked = read_safely(TABLE.replace("text", "txet").encode(), "form.md").marked
    assert marked is not None
    assert (
        "Did you mean" in openpyxl.load_workbook(io.BytesIO(marked))["survey"]["A2"].comment.text
    )
