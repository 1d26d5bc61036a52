"""Answers in several languages are rows of one table and people of one count."""

from sqlalchemy import text

from tests.analysis.builder import PLACES, Story
from tests.analysis.exports.opening import opened, text_item, told_with

AMHARIC = "በየቀኑ እጠቀምበታለሁ፤ ከዚህ በፊት አልነበረም።"


def test_l08_answers_in_two_languages_are_all_exported_with_equal_codes() -> None:
    told = Story().workshop("TFA")
    cases = [
        told.answers(told.person("TFA", place), "M6", effects="faster") for place in PLACES[:4]
    ]
    lao = text("UPDATE answers SET language = 'lo' WHERE case_id IN (:a, :b)")
    told.connection.execute(lao, {"a": cases[0], "b": cases[1]})
    rows = [row for row in opened(told).rows("long", "csv") if row["item"] == "effects"]
    assert sorted(row["language"] for row in rows) == ["en", "en", "lo", "lo"]
    assert {row["value"] for row in rows} == {"faster"}
    assert told.reading().tally("effects", "M6").people("faster") == 4


def test_f37_letters_of_ethiopia_stand_unbroken_in_excel() -> None:
    told = told_with(text_item("words"))
    told.answers(told.person("TFA", PLACES[0]), "M6", words=AMHARIC)
    sheets = opened(told).workbook.worksheets
    cells = {cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert AMHARIC in cells
