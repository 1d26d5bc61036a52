"""The wide tables: the same columns whatever was answered, and why a cell has no answer."""

from surveys.questionnaire import Item
from tests.analysis.builder import Story
from tests.analysis.exports.opening import Opened, opened, pin, questionnaire, text_item, told_with


def columns(bundle: Opened) -> list[str]:
    return bundle.lines("wide_M6")[0]


def test_x11_the_columns_are_the_same_whatever_was_answered() -> None:
    first, second = told_with(), told_with()
    first.answers(first.person("TFA", "FJ"), "M6", use="agree", words="ក" * 300)
    second.answers(second.person("TFA", "FJ"), "M6", use="agree")
    second.silent(second.person("TFA", "TO"), "M6")
    assert columns(opened(first)) == columns(opened(second))
    assert columns(opened(first))[11:] == [
        "use",
        "anchors/rule",
        "anchors/course",
        "anchors_other",
        "scale",
        "people",
        "since",
        "words",
    ]


def test_x11_a_question_that_nobody_reached_has_a_column_with_a_code() -> None:
    told = told_with()
    told.answers(told.person("TFA", "FJ"), "M6", use="agree")
    (row,) = opened(told).rows("wide_M6")
    assert {row[name] for name in columns(opened(told))[12:]} == {"(not asked)"}


def test_every_reason_for_no_answer_has_its_own_code() -> None:
    told = told_with()
    told.answers(told.person("TFA", "FJ"), "M6", skipped="people", use="dont_know")
    told.broke_off(told.person("TFA", "TO"), "M6", use="agree")
    told.silent(told.person("TFA", "VU"), "M6")
    unsent = {"disposition": "not_asked", "disposition_detail": "not_sent"}
    told.case(told.person("TFA", "WS"), "M6", (), **unsent)
    rows = {row["case:administration"]: row for row in opened(told).rows("wide_M6")}
    assert (rows["WS"]["case:disposition"], rows["WS"]["use"]) == ("not_asked", "(not asked)")
    assert rows["FJ"]["use"] == "dont_know"
    assert rows["FJ"]["people"] == "(skipped)"
    assert rows["FJ"]["scale"] == "(not asked)"
    assert rows["TO"]["scale"] == rows["VU"]["use"] == "(not reached)"


def test_several_answers_become_columns_of_one_and_zero() -> None:
    told = told_with()
    told.answers(told.person("TFA", "FJ"), "M6", anchors="course", anchors_other="A manual")
    (row,) = opened(told).rows("wide_M6")
    assert (row["anchors/rule"], row["anchors/course"]) == ("0", "1")
    assert row["anchors_other"] == "A manual"


def test_items_named_like_the_first_columns_keep_columns_of_their_own() -> None:
    told = told_with(text_item("role"), text_item("wave"), text_item("case_code"))
    told.answers(told.person("TFA", "FJ"), "M6", role="a", wave="b", case_code="c")
    bundle = opened(told)
    (row,) = bundle.rows("wide_M6")
    assert (row["role"], row["wave"], row["case_code"]) == ("a", "b", "c")
    assert row["case:role"] == "participant"
    names = [line["spss_name"].casefold() for line in bundle.rows("spss_names")]
    assert len(names) == len(set(names))


def test_a_packaged_questionnaire_with_loops_and_other_texts_has_a_column_for_each() -> None:
    told = Story().workshop("TFA")
    told.answers(
        told.person("TFA", "FJ"), "M6", anchors="procedure", anchor_status_procedure="in_force"
    )
    (row,) = opened(told).rows("wide_M6")
    assert row["anchor_status_procedure"] == "in_force"
    assert row["anchor_status_training"] == "(not asked)"
    assert row["anchors/procedure"] == "1"


def test_the_long_table_has_code_label_state_language_channel_and_time() -> None:
    told = told_with()
    told.answers(told.person("TFA", "FJ"), "M6", skipped="people", anchors="rule course")
    rows = opened(told).rows("long")
    assert [*rows[0]][-7:] == [
        "item", "value", "value_label", "state", "language", "channel", "answered_at_utc",
    ]  # fmt: skip
    assert [*rows[0].values()][-7:] == [
        "anchors", "rule course", "A rule; A course", "answered", "en", "telegram",
        "2018-05-12T00:00:00Z",
    ]  # fmt: skip
    assert (rows[1]["item"], rows[1]["value"], rows[1]["state"]) == ("people", "", "skipped")


def test_an_item_that_was_measured_differently_before_becomes_a_column_of_texts() -> None:
    told = told_with(text_item("people"))
    told.answers(told.person("TFA", "FJ"), "M6", people="three or four")
    told.workshop("AEO")
    number = Item(name="people", type="integer", label={"en": "?"})
    pin(told, "AEO", questionnaire(number, version=2))
    told.answers(told.person("AEO", "FJ"), "M6", people="03")
    rows = opened(told).rows("wide_M6")
    assert [row["people"] for row in rows] == ["03", "three or four"]


def test_t08_a_reversed_item_keeps_its_raw_answers_and_has_its_scores_in_a_column() -> None:
    item = Item(
        name="could_not",
        type="range",
        label={"en": "I could not apply it"},
        parameters={"start": "1", "end": "5", "reversed": "1"},
    )
    told = told_with(item)
    for place, value in (("FJ", "1"), ("TO", "2")):
        told.answers(told.person("TFA", place), "M6", could_not=value)
    told.answers(told.person("TFA", "VU"), "M6", skipped="could_not")
    for _ in range(2):
        rows = {row["case:administration"]: row for row in opened(told).rows("wide_M6")}
        assert [rows[place]["could_not"] for place in ("FJ", "TO", "VU")] == [
            "1",
            "2",
            "(skipped)",
        ]
        scores = [rows[place]["could_not:scored"] for place in ("FJ", "TO", "VU")]
        assert scores == ["5", "4", "(skipped)"]
