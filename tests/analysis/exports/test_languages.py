"""Answers in several languages are rows of one table and people of one count."""

from sqlalchemy import text

from tests.analysis.builder import PLACES, Story
from tests.analysis.exports.opening import opened


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
