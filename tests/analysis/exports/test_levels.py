"""The two classes of level in a viewer's bundle."""

import pytest

from surveys.questionnaire import Item
from tests.analysis.builder import PLACES, Story
from tests.analysis.exports.offices import HIGH, LOW, group, table, viewers, workshop
from tests.analysis.exports.opening import pin, questionnaire


@pytest.mark.parametrize(
    ("low", "high", "silent", "shown"),
    [
        (9, 7, 0, {LOW: 9, HIGH: 7}),
        (13, 3, 0, {LOW: 11}),  # three and two others have no level
        (6, 3, 0, {}),  # four of the six would be too few
        (13, 3, 6, {LOW: 11}),  # who answered without a level must not be three
        (9, 7, 2, {LOW: 8, HIGH: 5}),  # two without a level and three others
        (3, 0, 4, {}),
        (5, 0, 0, {LOW: 5}),
    ],
)
def test_the_fewest_levels_are_left_out(
    low: int, high: int, silent: int, shown: dict[str, int]
) -> None:
    told = workshop(Story(), "A")
    group(told, "A", low)
    group(told, "A", high, "director")
    for number in range(silent):
        told.answers(told.person("A", PLACES[number]), "M6", skipped="level", use="agree")
    levels = [row["level"] for row in table(told)]
    assert {one: levels.count(one) for one in {*levels} - {"(left out)"}} == shown
    assert levels.count("(left out)") == low + high + silent - sum(shown.values())


def test_other_scopes_leave_out_the_same_levels() -> None:
    told = workshop(workshop(Story(), "A"), "B")
    for code in ("A", "B"):
        group(told, code, 13)
        group(told, code, 3, "director")
    alone = viewers(told, "A").rows("wide_M6")
    both = [row for row in viewers(told).rows("wide_M6") if row["case:workshop"] == "A"]

    told_alone, told_with_others = (
        sorted((row["level"], row["use"]) for row in rows) for rows in (alone, both)
    )
    assert told_alone == told_with_others


def test_the_codebook_has_the_two_classes_with_the_levels_in_them() -> None:
    told = Story().workshop("TFA")
    for number, level in enumerate(("officer", "director") * 5):
        told.answers(told.person("TFA", PLACES[number]), "PRE", level=level)
    rows = [row for row in viewers(told).rows("codebook") if row["item"] == "level"]
    assert [row["option"] for row in rows] == ["", LOW, HIGH]
    assert rows[1]["option_label"] == "Officer / Head of a team or section"
    assert [row["spss_code"] for row in rows] == ["", "1", "2"]


def test_a_level_in_own_words_is_no_level() -> None:
    told = Story().workshop("TFA")
    own_words = Item(name="level", type="text", label={"en": "Your level?"})
    pin(told, "TFA", questionnaire(own_words, *questionnaire().items[:1]))
    group(told, "TFA", 6)
    assert {row["use"] for row in table(told)} == {"agree", "strongly_agree"}
    assert "level" not in table(told)[0]
