"""Evidence: which texts name a document, and which grade an anchor has."""

import pytest

from analysis.measures.delegations.evidence import (
    Description,
    Evidence,
    description,
    evidence_of,
    is_title,
)
from analysis.measures.delegations.non_answers import NON_ANSWERS
from analysis.measures.delegations.units import Seat, Told
from surveys.wording import worded_languages

TITLES = [
    "SOP 12/2026 on digital evidence",
    "Module 4, basic course 2026",
    "Customs Act",
    "Order-7/2018",
    "ＯＲＤＥＲ　４５",
    "Arrêté n° 45",
    "Thông tư 38",
    "海关风险管理手册",
    "海关总署令第45号",
    "คู่มือการบริหารความเสี่ยง",
    "សៀវភៅណែនាំអំពីហានិភ័យ",
    "دستورالعمل شماره ۱۲",
]
NO_TITLES = [
    "",
    "   ",
    "-",
    "?",
    "...",
    "yes",
    "No.",
    "n/a",
    "N.A.",
    "12/18",
    "procedure",
    "manual",
    "I do not know",
    "  i DO  not know !! ",
    "I don’t know",
    "“No title yet”",
    "Top secret.",
    "手册",
    "Ordre",
]


@pytest.mark.parametrize("text", TITLES)
def test_a_title_names_a_document(text: str) -> None:
    assert is_title(text)


@pytest.mark.parametrize("text", NO_TITLES)
def test_what_says_nothing_is_no_title(text: str) -> None:
    assert not is_title(text)


@pytest.mark.parametrize("language", worded_languages())
def test_the_non_answers_of_each_language_are_no_titles(language: str) -> None:
    found = NON_ANSWERS[language]
    assert len(found) >= 10
    assert [text for text in found if is_title(f" {text.upper()}. ")] == []


GRADES = [
    ([Description()], False, False, Evidence.CLAIMED),
    ([], True, False, Evidence.CORROBORATED),
    ([Description(accepted=True)], False, False, Evidence.DESCRIBED),
    ([Description(), Description(accepted=True)], False, False, Evidence.DESCRIBED),
    ([Description()], True, False, Evidence.CORROBORATED),
    ([Description(rejected=True)], True, False, Evidence.CLAIMED),
    (
        [Description(rejected=True), Description(accepted=True)],
        True,
        False,
        Evidence.CORROBORATED,
    ),
    ([Description(rejected=True)], False, True, Evidence.DOCUMENT_SEEN),
]


@pytest.mark.parametrize(("given", "confirmed", "seen", "grade"), GRADES)
def test_the_grade_of_an_anchor(
    given: list[Description], confirmed: bool, seen: bool, grade: Evidence
) -> None:
    assert evidence_of(given, confirmed=confirmed, seen=seen) is grade


def of(*waves: tuple[str, Told]) -> Description:
    return description(Seat(1, dict(waves)), "unit", "M12")


def test_the_word_of_the_office_wins_over_the_rule() -> None:
    good, bad = {"title_unit": "Order 45"}, {"title_unit": "unit"}
    assert of(("M6", Told(good))) == Description(accepted=True)
    assert of(("M6", Told(bad))) == Description()
    assert of(("M6", Told(good, accepted={"unit": False}))) == Description(rejected=True)
    assert of(("M6", Told(bad, accepted={"unit": True}))) == Description(accepted=True)


def test_the_newest_title_is_the_description() -> None:
    earlier, later = Told({"title_unit": "Order 45"}), Told({"title_unit": "-"})
    assert of(("M6", earlier), ("M12", later)) == Description()
    assert of(("M6", earlier), ("M12", Told({}))) == Description(accepted=True)


def test_a_title_that_was_deleted_after_its_time_was_one() -> None:
    assert of(("M6", Told({}, deleted=frozenset({"title_unit"})))) == Description(accepted=True)
