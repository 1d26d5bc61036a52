"""Names, numbers, days and labels in other scripts and directions."""

import unicodedata
from datetime import UTC, date, datetime

import pytest

from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.reading import read_questionnaire
from surveys.bidi import FIRST_STRONG, POP
from surveys.days import day_text, month_text
from surveys.interview.interview import AnswerState, Interview, Pick, Write, question, step
from surveys.items import type_of
from surveys.items.base import Asked, Choice, Misread
from surveys.items.pick_one import meant
from surveys.questionnaire import Item
from surveys.wording import Words, sentences

TODAY = date(2018, 6, 8)
NOW = datetime(2018, 6, 8, 10, tzinfo=UTC)


def read(kind: str, typed: str, language: str = "en") -> str | None:
    asked = Asked(Item(name="x", type=kind), (), language, TODAY)
    value = type_of(kind).read(asked, typed)
    return None if isinstance(value, Misread) else value


def test_l03_a_name_of_the_other_direction_is_set_apart_in_its_sentence() -> None:
    assert Words("en")("Hello {name}.", name="مریم") == f"Hello {FIRST_STRONG}مریم{POP}."
    assert Words("en")("Hello {name}.", name="Mele Tupou") == "Hello Mele Tupou."
    assert Words("fa")("Hello {name}.", name="Mele") == f"{FIRST_STRONG}Mele{POP} گرامی، سلام."
    assert Words("fa")("Hello {name}.", name="مریم") == "مریم گرامی، سلام."


def test_l03_signs_that_turn_the_text_around_are_taken_out_of_what_is_inserted() -> None:
    assert Words("en")("Hello {name}.", name="Ada\u202etxt.exe") == "Hello Adatxt.exe."
    assert Words("en")("Hello {name}.", name="Ada\u2067x") == "Hello Adax."


def test_no_space_follows_a_full_width_stop() -> None:
    assert sentences(["谢谢。", "", "问卷已关闭。"]) == "谢谢。问卷已关闭。"
    assert sentences(["Thank you.", "", "It is closed."]) == "Thank you. It is closed."


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("9/2/2561", "th", "2018-02-09"),
        ("9 ก.พ. 2561", "th", "2018-02-09"),
        ("๙ กุมภาพันธ์ ๒๕๖๑", "th", "2018-02-09"),
        ("9 Feb 2018", "th", "2018-02-09"),
        ("9/2/61", "th", None),
        ("2074-10-26", "ne", None),
        ("1396/11/20", "fa", None),
        ("۹ فوریه ۲۰۱۸", "fa", "2018-02-09"),
        ("2018年2月9日", "zh", "2018-02-09"),
        ("9 tháng 2 năm 2018", "vi", "2018-02-09"),
        ("9/2/2018", "en", None),
    ],
)
def test_l04_a_year_of_another_calendar_is_understood_or_asked_about(
    typed: str, language: str, meant: str | None
) -> None:
    assert read("date", typed, language) == meant


def test_l04_a_thai_day_is_told_in_both_calendars_and_reads_back_the_same() -> None:
    told = type_of("date").shown("2018-02-09", "th")
    assert told == "9 กุมภาพันธ์ 2561 (2018-02-09)"
    assert read("date", told.partition(" (")[0], "th") == "2018-02-09"
    assert month_text(date(2017, 12, 8), "th") == "ธันวาคม 2560"


@pytest.mark.parametrize("language", ["bi", "tpi", "xx", "zh-Hans", "fa-AF"])
def test_days_are_told_in_every_language_also_an_unknown_one(language: str) -> None:
    assert day_text(TODAY, language)


@pytest.mark.parametrize("typed", ["١٢", "๑๒", "១២", "၁၂", "１２", "۱۲", "\u200f12"])
def test_l05_digits_of_every_script_are_a_number(typed: str) -> None:
    assert read("integer", typed) == "12"


@pytest.mark.parametrize("typed", ["l2", "about 12", "12-15", "1O"])
def test_l05_what_only_looks_like_a_number_is_asked_again(typed: str) -> None:
    assert read("integer", typed) is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1,5", "1.5"), ("1.5", "1.5"), ("۱٫۵", "1.5"), ("１．５", "1.5"), ("۱٬۵۰۰", "1500")],
)
def test_l05_decimal_signs_of_every_script(typed: str, value: str) -> None:
    assert read("decimal", typed) == value


def test_l06_one_name_is_a_whole_name() -> None:
    for language in ("en", "fa", "fr", "km", "th", "vi", "zh"):
        told = Words(language)("Hello {name}.", name="Nok")
        assert "Nok" in told and "None" not in told and "  " not in told


F18 = """
spec: 1
key: F18
title: {en: Form, ar: استمارة}
languages: [en, ar]
choices:
  yes_no:
    - {name: "1", label: {en: "Yes ", ar: "نعم "}}
    - {name: "0", label: {en: "No ", ar: "لا "}}
survey:
  - {type: select_one yes_no, name: q, label: {en: "Ready?", ar: "جاهز؟"}}
  - {type: text, name: why, label: {en: "Why?", ar: "لماذا؟"}}
"""


def test_f18_zero_is_an_answer_spaces_do_not_matter_and_switching_keeps_the_code() -> None:
    form = read_questionnaire(F18, "f18.yaml")
    said = step(Interview(form, NOW, "ar"), Write("لا")).interview
    assert said.answers["q"].value == "0"
    assert said.answers["q"].state is AnswerState.ANSWERED
    assert step(Interview(form, NOW, "ar"), Write("نعم")).interview.answers["q"].value == "1"
    english = Interview(form, NOW, "en", answers=said.answers)
    shown = question(english, "q")
    assert shown is not None and shown.value == "0"


F19 = """
spec: 1
key: F19
title: {sw: Watoto, en: Children}
default_language: sw
languages: [sw, en]
choices:
  kind:
    - {name: a, label: {sw: Mvulana, en: Boy}}
    - {name: b, label: {sw: Msichana}}
survey:
  - {type: select_one kind, name: first, label: {sw: "Nani?"}}
"""


def test_f19_a_missing_translation_shows_the_default_language_and_says_so() -> None:
    form = read_questionnaire(F19, "f19.yaml")
    assert form.missing("en") == ("question first", "choice b of kind")
    shown = question(Interview(form, NOW, "en"))
    assert shown is not None
    assert (shown.text, [choice.label for choice in shown.choices]) == (
        "Nani?",
        ["Boy", "Msichana"],
    )
    assert shown.partly
    whole = question(Interview(form, NOW, "sw"))
    assert whole is not None and not whole.partly


def test_f25_a_hint_in_one_language_is_shown_to_all() -> None:
    text = F19.replace(
        'label: {sw: "Nani?"}', 'label: {sw: "Nani?", en: "Who?"}, hint: {sw: "Ujue"}'
    )
    shown = question(Interview(read_questionnaire(text, "f25.yaml"), NOW, "en"))
    assert shown is not None and shown.hint == "Ujue"


def test_f26_composed_and_decomposed_letters_are_one() -> None:
    choices = (Choice("a", unicodedata.normalize("NFD", "Été")), Choice("b", "Hiver"))
    for typed in ("été ", "  ÉTÉ", unicodedata.normalize("NFD", "été")):
        found = meant(choices, typed)
        assert found is not None and found.code == "a"


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("ใช้เป็นประจำ และปรับปรุงแล้ว", "ใช้เป็นประจำและปรับปรุงแล้ว"),
        ("បានសាកល្បង", "បាន\u200bសាក\u200bល្បង"),
        ("ត្រូវបានប្រើជាប្រចាំ", "ត្រូវបានប្រើ"),
        ("می‌دانم", "ميدانم"),
        ("می‌دانم", "می دانم"),
        ("1 ถึง 5 คน", "๑ ถึง ๕ คน"),
    ],
)
def test_f37_a_typed_label_is_known_however_its_script_is_spaced(label: str, typed: str) -> None:
    found = meant((Choice("x", label), Choice("y", "zzz")), typed)
    assert found is not None and found.code == "x"


def test_without_spaces_a_part_from_the_middle_is_no_answer() -> None:
    assert meant((Choice("no", "ยังไม่มั่นใจเลย"), Choice("y", "zzz")), "มั่นใจ") is None


LANGUAGES = ("en", "fa", "fr", "km", "th", "vi", "zh")


@pytest.mark.parametrize("key", packaged_keys())
def test_l07_every_language_asks_the_same_questions_and_stores_the_same_codes(key: str) -> None:
    """Each question is answered in the next language; at the end all languages show one state."""
    from bot.wording.cards import Asking, question_card

    form = packaged_questionnaire(key)
    now = Interview(form, NOW, "en")
    for turn in range(200):
        shown = question(now)
        if shown is None:
            break
        cards = []
        for language in form.languages:
            here = Interview(form, NOW, language, answers=now.answers, draft=now.draft)
            asked = question(here)
            assert asked is not None and asked.item == shown.item
            assert [c.code for c in asked.choices] == [c.code for c in shown.choices]
            card = question_card(Asking(1, here))
            cards.append(card)
            assert len(card.text.encode("utf-16-le")) // 2 <= 4096
            for button in (button for row in card.rows for button in row):
                assert 0 < len(button.text) <= 68, button.text
        tokens = [[button.token for row in card.rows for button in row] for card in cards]
        assert all(one == tokens[0] for one in tokens)
        now = _answered(now, form.languages[turn % len(form.languages)], turn)
    assert question(now) is None


def _answered(interview: Interview, language: str, turn: int) -> Interview:
    here = Interview(interview.questionnaire, NOW, language, answers=interview.answers)
    shown = question(here)
    assert shown is not None
    if shown.choices:
        choice = shown.choices[turn % len(shown.choices)]
        typed = step(here, Write(choice.label))
        picked = (
            typed
            if shown.item in typed.interview.answers
            else step(here, Pick(shown.item, choice.code))
        )
        assert picked.interview.answers[shown.item].value == choice.code
        return picked.interview
    text = "๑๒" if shown.shape == "number" else "ข้อความ 12"
    return step(here, Write(text)).interview


F37 = """
spec: 1
key: F37
title: {en: Form, ti: ቅጥዒ, am: ቅጽ, om: Unka}
languages: [en, ti, am, om]
choices:
  school:
    - {name: never, label: {en: Never, ti: ፈጺሙ, am: በፍጹም, om: Gonkumaa}}
    - {name: "-99", label: {en: No response, ti: መልሲ የለን, am: ምላሽ የለም, om: Deebii hin qabu}}
survey:
  - {type: select_one school, name: q, label: {en: "School?", ti: ትምህርቲ, am: ትምህርት ቤት፧, om: Barnoota}}
"""


@pytest.mark.parametrize(("language", "label"), [("am", "ምላሽ የለም"), ("ti", "መልሲ የለን")])
def test_f37_letters_of_ethiopia_stand_unbroken_in_chat(language: str, label: str) -> None:
    from bot.wording.cards import Asking, question_card

    form = read_questionnaire(F37, "f37.yaml")
    card = question_card(Asking(1, Interview(form, NOW, language)))
    assert form.by_name["q"].label[language] in card.text
    assert f"2. {label}" in [button.text for row in card.rows for button in row]
    answered = step(Interview(form, NOW, language), Write(label)).interview
    assert answered.answers["q"].value == "-99"
