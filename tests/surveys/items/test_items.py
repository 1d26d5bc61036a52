"""Item types: how typed texts are read, and the promises that every type keeps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.items import BY_NAME, TYPES, type_of
from surveys.items.base import Asked, Choice, ItemType, Level, Misread, Shape, plain
from surveys.items.pick_many import ticked
from surveys.items.pick_one import meant, numbered
from surveys.questionnaire import Item
from surveys.wording import Words

TODAY = date(2018, 6, 8)
USE = (
    Choice("not_yet", "Not yet"),
    Choice("tried", "Tried it"),
    Choice("regular", "Use it regularly"),
    Choice("improved", "Use it regularly, and improved it"),
)
MANY = (
    Choice("rule", "Written procedure, manual or order"),
    Choice("unit", "Named unit, post or job description"),
    Choice("none", "None yet", exclusive=True),
)
PEOPLE = (
    Choice("p0", "Nobody yet"),
    Choice("p1_5", "1 to 5"),
    Choice("p6_20", "6 to 20"),
    Choice("p50", "More than 50"),
)


def read(kind: str, typed: str, choices: tuple[Choice, ...] = (), **parameters: str) -> str:
    """What a typed text is read as; 'misread: ...' when it is asked again."""
    item = Item(name="x", type=kind, parameters=parameters)
    offered = choices or type_of(kind).choices(item)
    value = type_of(kind).read(Asked(item, offered, "en", TODAY), typed)
    if isinstance(value, Misread):
        return "misread: " + Words("en").remark(value.remark)
    return value


def understood(kind: str, typed: str, choices: tuple[Choice, ...] = (), **more: str) -> bool:
    return not read(kind, typed, choices, **more).startswith("misread")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Not yet", "not_yet"),
        (" TRIED IT. ", "tried"),
        ("2", "tried"),
        ("２", "tried"),
        ("2.", "tried"),
        ("2. Tried it", "tried"),
        ("✓ 2. Tried it", "tried"),
        ("tried", "tried"),
        ("regularly", "regular"),
        ("improved it", "improved"),
        ("not", "not_yet"),
    ],
)
def test_i05_a_typed_choice_is_its_label_its_number_or_words_of_it(typed: str, code: str) -> None:
    assert read("select_one", typed, USE) == code


@pytest.mark.parametrize(
    "typed", ["maybe", "no", "5", "0", "-1", "1 2", "", "?", "9" * 5000, "it"]
)
def test_i05_what_names_no_choice_is_asked_again(typed: str) -> None:
    assert not understood("select_one", typed, USE)


def test_yes_is_enough_for_a_longer_yes_if_there_is_only_one() -> None:
    one = (Choice("yes", "Yes, they may"), Choice("no", "Please do not name it"))
    two = (Choice("named", "Yes, with my name"), Choice("anonymous", "Yes, without any name"))
    assert read("select_one", "yes", one) == "yes"
    assert not understood("select_one", "yes", two)


@pytest.mark.parametrize(
    ("typed", "code"), [("5", "p1_5"), ("6", "p6_20"), ("1 to 5", "p1_5"), ("nobody", "p0")]
)
def test_a_number_never_means_a_position_where_labels_hold_numbers(typed: str, code: str) -> None:
    assert read("select_one", typed, PEOPLE) == code


@pytest.mark.parametrize("typed", ["2", "4", "10"])
def test_a_number_that_no_label_says_is_asked_again_without_naming_numbers(typed: str) -> None:
    assert read("select_one", typed, PEOPLE) == "misread: Please choose one of the buttons."
    assert not numbered(PEOPLE)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("1, 2", "rule unit"),
        ("2 1", "rule unit"),
        ("1 and 2", "rule unit"),
        ("written procedure; named unit", "rule unit"),
        ("Named unit, post or job description", "unit"),
        ("1, 1", "rule"),
        ("none", "none"),
        ("3, 3", "none"),
    ],
)
def test_typed_choices_are_stored_once_and_in_the_order_of_the_list(
    typed: str, codes: str
) -> None:
    assert read("select_multiple", typed, MANY) == codes


@pytest.mark.parametrize("typed", ["1, 3", "1, 9", "maybe", "", ","])
def test_contradictions_and_unknown_choices_are_asked_again(typed: str) -> None:
    assert not understood("select_multiple", typed, MANY)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", "12"),
        (" +7 ", "7"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("007", "7"),
        ("-0", "0"),
        ("๑๒", "12"),
        ("១២", "12"),
        ("１２", "12"),
        ("١٢", "12"),
        ("۱۲", "12"),
    ],
)
def test_whole_numbers_are_read_in_the_digits_of_any_script(typed: str, value: str) -> None:
    assert read("integer", typed) == value


@pytest.mark.parametrize("typed", ["1.5", "12 days", "1,000", "1 000", "", "-", "9" * 16, "²"])
def test_what_is_no_whole_number_is_asked_again(typed: str) -> None:
    assert not understood("integer", typed)


@pytest.mark.parametrize(("typed", "value"), [("1.5", "1.5"), ("1,5", "1.5"), ("٣٫٥", "3.5")])
def test_decimals_have_a_point_or_a_comma(typed: str, value: str) -> None:
    assert read("decimal", typed) == value


def test_a_comma_before_three_digits_may_mean_two_things_and_is_asked_again() -> None:
    assert not understood("decimal", "1,500")
    assert read("decimal", "0,125") == "0.125"


@pytest.mark.parametrize(
    "typed",
    [
        "2018-02-09",
        "9 February 2018",
        "9 Feb 2018",
        "Feb 9, 2018",
        "๙ February ๒๐๑๘",
        "9-Feb-2018",
    ],
)
def test_a_day_is_read_from_notations_with_one_meaning(typed: str) -> None:
    assert read("date", typed) == "2018-02-09"


def test_a_day_whose_order_is_open_is_asked_again() -> None:
    assert read("date", "13/4/2018") == "2018-04-13"
    assert read("date", "4/13/2018") == "2018-04-13"
    assert read("date", "5/5/2018") == "2018-05-05"
    assert not understood("date", "3/4/2018")


@pytest.mark.parametrize(
    "typed", ["31 February 2018", "9 Feb 2561", "9 February " + "9" * 25, "9" * 5000, "soon", ""]
)
def test_days_that_do_not_exist_or_count_other_years_are_asked_again(typed: str) -> None:
    assert not understood("date", typed)


def test_open_text_is_kept_as_typed_without_signs_that_nothing_can_store() -> None:
    assert read("text", "  SOP 12/2018\nRisk Unit ") == "SOP 12/2018\nRisk Unit"
    assert read("text", "a\x00b\ud800c\x07") == "abc"
    assert not understood("text", " \x00 ")


def test_a_text_that_is_too_long_is_told_its_length() -> None:
    told = read("text", "x" * 301)
    assert told == "misread: Please send no more than 300 characters. Your text had 301."
    assert understood("text", "x" * 301, max="400")


def test_a_scale_is_answered_by_its_points_only() -> None:
    assert read("range", "3", start="2", end="6") == "3"
    assert not understood("range", "1", start="2", end="6")
    points = type_of("range").choices(Item(name="x", type="range", parameters={"end": "3"}))
    assert [point.label for point in points] == ["1", "2", "3"]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.names[0])
class TestEveryType:
    def test_it_has_names_of_its_own_and_a_known_level(self, kind: ItemType) -> None:
        assert all(BY_NAME[name] is kind for name in kind.names)
        assert kind.level in set(Level)
        assert kind.shape is None or kind.shape in set(Shape)

    @given(typed=st.text())
    def test_it_reads_any_text_or_says_what_is_wanted(self, kind: ItemType, typed: str) -> None:
        item = Item(name="x", type=kind.names[0])
        asked = Asked(item, kind.choices(item) or USE, "en", TODAY)
        value = kind.read(asked, typed)
        if isinstance(value, Misread):
            assert Words("en").remark(value.remark)
        else:
            assert value
            value.encode()
            kind.shown(value, "en")


@given(st.lists(st.tuples(st.sampled_from([c.code for c in MANY]), st.booleans())))
def test_ticks_never_hold_an_exclusive_option_beside_another(
    ticks: list[tuple[str, bool]],
) -> None:
    value = ""
    for code, on in ticks:
        value = ticked(MANY, value, code, on)
        assert ticked(MANY, value, code, on) == value
        assert (code in value.split()) == on
        assert value.split().count("none") == 0 or value == "none"


@given(st.sampled_from(USE))
def test_every_label_means_its_choice(choice: Choice) -> None:
    assert meant(USE, choice.label) == choice


@given(st.text())
def test_plain_texts_stay_as_they_are(text: str) -> None:
    assert plain(plain(text)) == plain(text)
