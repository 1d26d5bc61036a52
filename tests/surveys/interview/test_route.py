"""The route: what is asked now, and how texts quote earlier answers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from surveys.authoring.packaged import packaged_questionnaire
from surveys.authoring.reading import read_questionnaire
from surveys.interview.answers import Interview
from surveys.interview.interview import step
from surveys.interview.moves import Done, Pick, Tick, Write
from surveys.interview.questions import question, shown_answer
from surveys.interview.route import EarlierResponse, find_route

NOW = datetime(2018, 6, 8, 10, 0, tzinfo=UTC)
TEXT = """
spec: 1
key: T
title: Test
languages: [en, th]
choices:
  ways:
    - {name: email, label: {en: E-mail, th: อีเมล}}
    - {name: phone, label: {en: Phone, th: โทรศัพท์}}
survey:
  - {type: select_multiple ways or_other, name: ways, label: "Which ways?"}
  - {type: text, name: why, label: "Why ${ways}?"}
  - {type: date, name: since, label: "Since when?"}
  - {type: note, name: bye, label: "You said ${why}, since ${since}."}
"""


def begun(language: str = "en") -> Interview:
    return Interview(read_questionnaire(TEXT, "test.yaml"), NOW, language)


def text_after(now: Interview, *moves: object) -> str:
    for move in moves:
        now = step(now, move).interview  # type: ignore[arg-type]
    asked = question(now)
    assert asked is not None
    return asked.text


def test_a_quoted_choice_is_its_label_in_the_language_of_the_interview() -> None:
    moves = (Tick("ways", "phone", True), Tick("ways", "email", True), Done("ways"))
    assert text_after(begun(), *moves) == "Why E-mail, Phone?"
    assert "อีเมล, โทรศัพท์" in text_after(begun("th"), *moves)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Risk, IT"), ("th", "Risk, IT"), ("fa", "Risk، IT"), ("zh-TW", "Risk、IT")],
)
def test_chosen_things_stand_after_each_other_as_the_language_writes_lists(
    language: str, told: str
) -> None:
    text = TEXT.replace("E-mail, th: อีเมล", "Risk").replace("Phone, th: โทรศัพท์", "IT")
    now = Interview(read_questionnaire(text, "test.yaml"), NOW, language)
    assert shown_answer(now, "ways", "email phone") == told


def test_choices_with_commas_of_their_own_stay_apart() -> None:
    m6 = Interview(packaged_questionnaire("M6"), NOW)
    assert shown_answer(m6, "anchors", "procedure training") == (
        "Procedure, manual or order; Training course or curriculum"
    )


def test_a_quoted_other_is_what_the_person_said() -> None:
    moves = (Tick("ways", "other", True), Done("ways"), Write("Radio"))
    assert text_after(begun(), *moves) == "Why Radio?"


def test_a_choice_that_quotes_an_answer_not_given_is_still_to_be_seen() -> None:
    text = TEXT + "  - {type: select_one ways, name: best, label: Best}\n"
    now = Interview(read_questionnaire(text.replace("en: Phone,", 'en: "${why}",'), "t.yaml"), NOW)
    asked = question(now, "best")
    assert asked is not None
    assert [choice.label for choice in asked.choices] == ["E-mail", "…"]


def test_answers_are_quoted_literally_and_never_read_as_references() -> None:
    moves = (Write("1"), Write("${since} {day} <b>"), Write("2018-02-09"))
    assert text_after(begun(), *moves) == "You said ${since} {day} <b>, since 9 February 2018."


def test_codes_stay_the_same_when_the_language_changes() -> None:
    now = step(begun(), Write("phone")).interview
    thai = replace(now, language="th")
    assert thai.values == {"ways": "phone"}
    assert shown_answer(thai, "ways", "phone") == "โทรศัพท์"


def test_the_commitments_of_the_end_are_quoted_at_six_months() -> None:
    told = {"changes": "train_colleagues other", "changes_other": "A radio programme"}
    end = EarlierResponse(packaged_questionnaire("END"), told, date(2017, 12, 8))
    facts = {("workshop", "ended_month"): "December 2017"}
    now = Interview(packaged_questionnaire("M6"), NOW, earlier={"END": end}, facts=facts)
    first = text_after(now, Pick("job", "same"))
    assert first == "In December 2017 you planned: “Train colleagues”. How far is this today?"
    second = text_after(now, Pick("job", "same"), Pick("use_1", "tried"))
    assert second == "You also planned: “A radio programme”. How far is this today?"


def test_a_loop_asks_about_as_many_ticked_options_as_it_says() -> None:
    now = Interview(packaged_questionnaire("SUP6"), NOW)
    for move in (Pick("knows", "yes"), Pick("observes", "tried"), Pick("others_use", "few")):
        now = step(now, move).interview
    now = step(now, Write("2, 3, 4, 5, 6")).interview
    asked = [name for name in find_route(now).asked if name.startswith("anchor_seen_")]
    assert asked == [f"anchor_seen_{code}" for code in ("training", "unit", "budget", "system")]


def test_somebody_who_left_customs_is_asked_four_questions_more() -> None:
    now = step(Interview(packaged_questionnaire("M6"), NOW), Pick("job", "left")).interview
    assert find_route(now).asked == ("job", "taken_over", "stays", "quote", "may_see")
