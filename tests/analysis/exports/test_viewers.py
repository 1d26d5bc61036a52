"""What a viewer's bundle tells of people: groups of five, and nothing that a group shares.

The files are read back in every format, and k and l are measured by pycanon.
"""

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.exports.audience import Audience
from surveys.authoring.packaged import packaged_questionnaire
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Option
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.exports.anonymity import (
    LEFT_OUT,
    LEVEL,
    MARKS,
    WORKSHOP,
    Tables,
    every_format,
    fewest_answers,
    people,
    smallest_group,
)
from tests.analysis.exports.opening import ITEMS, Opened, opened, pin, questionnaire

pytestmark = pytest.mark.filterwarnings("ignore:In a future version, the keys of `groups`")

LEVELS = ("officer", "team", "division", "director")
LOW, HIGH = "officer_team", "division_director"
ABOUT_PEOPLE = (
    Item(name="level", type="select_one", list_name="level", label={"en": "Your level?"}),
    Item(name="function", type="select_one", list_name="level", label={"en": "Your work?"}),
    Item(name="time_in_job", type="integer", label={"en": "Years?"}),
    *ITEMS[:2],
    *ITEMS[3:6],
    Item(
        name="rule_status",
        type="select_one",
        list_name="use",
        label={"en": "How far is the rule?"},
        relevant="(selected(${anchors}, 'rule'))",
    ),
)
ASKED = questionnaire(
    *ABOUT_PEOPLE, level=tuple(Option(name=one, label={"en": one.title()}) for one in LEVELS)
)


def viewers(told: Story, *workshops: str) -> Opened:
    return opened(told, *workshops, audience=Audience.VIEWER)


def table(told: Story, key: str = "M6") -> list[dict[str, str]]:
    return viewers(told).rows(f"wide_{key}")


def workshop(told: Story, code: str) -> Story:
    told.workshop(code)
    pin(told, code, ASKED)
    return told


def group(told: Story, code: str, size: int, level: str = "officer", **same: str) -> list[int]:
    """People of one level, whose answers to `use` differ."""
    made = []
    for number in range(size):
        person = told.person(code, PLACES[number])
        use = ("agree", "strongly_agree")[number % 2]
        told.answers(person, "M6", **{"level": level, "use": use} | same)
        made.append(person)
    return made


def an_office(seed: int = 3) -> Story:
    """Three workshops with all waves, people of all roles, some at two workshops, some silent."""
    random, told = Random(seed), Story()
    for code, size in (("TFA", 18), ("RM", 21), ("IPR", 9)):
        told.workshop(code)
        _tell_workshop(random, told, code, size)
    return told


def _tell_workshop(random: Random, told: Story, code: str, size: int) -> None:
    for number in range(size):
        place = PLACES[number % 9]
        again = code == "RM" and number < 4  # they were at TFA too
        person = told.person(code, place, same_as=_participants(told)[number] if again else None)
        for wave in ("PRE", "END", "M3", "M6", "M12"):
            _tell(random, told, person, wave)
        if number % 3 == 0:
            _tell(random, told, told.person(code, place, "supervisor"), "SUP6")
            _tell(random, told, told.person(code, place, "contact_point"), "NCP12")


def _participants(told: Story) -> list[int]:
    return [person for person, code in told._workshop_of.items() if code == "TFA"]


def _tell(random: Random, told: Story, person: int, wave: str) -> None:
    chance = random.random()
    if chance < 0.2:
        told.silent(person, wave)
    elif chance < 0.25:
        told.broke_off(person, wave, **dict([*_values(random, wave).items()][:3]))
    else:
        told.answers(person, wave, **_values(random, wave))


def _values(random: Random, wave: str) -> Mapping[str, str]:
    asked = packaged_questionnaire(wave)
    return {
        item.name: random.choice(asked.options(item)).name
        for item in asked.items
        if type_of(item.type).level in (Level.NOMINAL, Level.SET) and random.random() < 0.8
    }


@pytest.fixture(scope="module")
def office() -> Opened:
    return viewers(an_office())


def test_groups_have_five_people_and_two_answers_in_every_format(
    office: Opened, tmp_path: Path
) -> None:
    for tables in every_format(office, tmp_path):
        assert {*tables} == {"PRE", "END", "M3", "M6", "M12"}
        assert smallest_group(tables) >= 5
        assert (fewest_answers(tables) or 0) >= 2
        assert LEFT_OUT in _levels(tables)
        assert len({*_levels(tables)}) > 1


def _levels(tables: Tables) -> list[str]:
    return [*people(tables)[LEVEL]]


def _random_office(sizes: list[int], random: Random) -> Story:
    told = Story()
    for code, size in zip("AB", sizes, strict=False):
        workshop(told, code)
        for place in PLACES[:size]:
            _random_person(random, told, told.person(code, place))
    return told


def _random_person(random: Random, told: Story, person: int) -> None:
    options = {
        LEVEL: LEVELS,
        "function": LEVELS,
        "use": ("agree", "strongly_agree", "dont_know", "unheard_of"),
        "anchors": ("rule", "course", "rule course"),
        "rule_status": ("agree", "strongly_agree"),
        "scale": ("1", "2"),
        "people": ("3", "03", "4"),
        "since": ("2018-01-02", "2018-01-03"),
    }
    values = {name: random.choice(some) for name, some in options.items() if random.random() < 0.8}
    chance = random.random()
    if chance < 0.2:
        told.silent(person, "M6")
    elif chance < 0.3:
        told.broke_off(person, "M6", **values)
    else:
        told.answers(person, "M6", skipped="time_in_job", **values)


# Over a second: each office is written to files of every format and read again.
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sizes=st.lists(st.integers(1, 17), min_size=1, max_size=2), seed=st.integers(0, 99_999))
def test_groups_have_five_people_and_two_answers_in_any_office(
    sizes: list[int], seed: int, tmp_path: Path
) -> None:
    told = _random_office(sizes, Random(seed))
    for tables in every_format(viewers(told), tmp_path):
        if tables:
            assert smallest_group(tables) >= 5
            assert (fewest_answers(tables) or 2) >= 2
            _statuses_do_not_tell_who_has_a_rule(tables)


def _statuses_do_not_tell_who_has_a_rule(tables: Tables) -> None:
    joined = tables["M6"].drop(columns=LEVEL).merge(people(tables))
    for _, members in joined.groupby([WORKSHOP, LEVEL]):
        answered = members[~members["anchors/rule"].isin(MARKS)]
        if (members["anchors/rule"] == LEFT_OUT).all() and not answered.empty:
            assert (members["rule_status"] == LEFT_OUT).all()


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


def test_a_workshop_with_fewer_than_five_people_who_answered_is_left_out() -> None:
    told = workshop(workshop(Story(), "A"), "B")
    group(told, "A", 5)
    group(told, "B", 4)
    told.silent(told.person("B", "FJ"), "M6")
    bundle = viewers(told)
    assert {row["workshop"] for row in bundle.rows("cases")} == {"A"}
    assert {one["code"]: one["cases"] for one in bundle.manifest["workshops"]} == {"A": 5, "B": 0}


def test_what_all_of_a_group_answered_is_left_out_for_this_group_only() -> None:
    told = workshop(Story(), "A")
    group(told, "A", 6, scale="3")
    for number, person in enumerate(group(told, "A", 6, "director", people="7")):
        told.values(told._cases[person, "M6"], CUT_OFF, {"scale": f"{number % 3}"})
    rows = table(told)
    officers = [row for row in rows if row["level"] == LOW]
    directors = [row for row in rows if row["level"] == HIGH]
    assert (
        {row["scale"] for row in officers}
        == {row["people"] for row in directors}
        == {"(left out)"}
    )
    assert {row["scale"] for row in directors} == {"0", "1", "2"}
    assert {row["case:disposition"] for row in rows} == {"(left out)"}


def test_a_question_that_gives_away_what_all_answered_is_left_out_with_it() -> None:
    told = workshop(Story(), "A")
    for number, person in enumerate(group(told, "A", 6, anchors="rule")):
        status = ("agree", "strongly_agree")[number % 2]
        told.values(told._cases[person, "M6"], CUT_OFF, {"rule_status": status})
    rows = table(told)
    assert {row["anchors/rule"] for row in rows} == {"(left out)"}
    assert {row["rule_status"] for row in rows} == {"(left out)"}


def test_nobody_is_found_by_the_workshops_they_attended(office: Opened) -> None:
    told: dict[str, set[str]] = {}
    for row in office.rows("cases"):
        told.setdefault(row["participant"], set()).add(row["workshop"])
    assert all(len(workshops) == 1 for workshops in told.values())
    assert {row["role"] for row in office.rows("cases")} == {"participant"}


def test_function_time_in_job_and_administration_are_in_no_table(office: Opened) -> None:
    for name in ("long", "cases", "wide_PRE", "wide_M6"):
        assert not {*office.rows(name)[0]} & {
            "administration", "case:administration", "function", "time_in_job", "case:detail",
            "language", "channel", "answered_at_utc", "questions_answered", "disposition_detail",
        }  # fmt: skip
    assert not {row["item"] for row in office.rows("long")} & {"function", "time_in_job"}
    described = {row["item"]: row["wide_column"] for row in office.rows("codebook")}
    assert (described["function"], described["time_in_job"]) == ("", "")


def test_the_long_table_tells_what_the_wide_ones_tell(office: Opened) -> None:
    of_codebook = {
        (row["questionnaire"], row["item"]): row["level"] for row in office.rows("codebook")
    }
    told = {
        (row["case"], row["item"]): row["value"]
        for row in office.rows("long")
        if of_codebook[row["questionnaire"], row["item"]] != "set"
    }
    options = {
        (row["case"], f"{row['item']}/{code}"): "1"
        for row in office.rows("long")
        if of_codebook[row["questionnaire"], row["item"]] == "set"
        for code in row["value"].split()
    }
    wide = {
        (row["case:code"], column): cell
        for one in office.manifest["questionnaires"]
        for row in office.rows(f"wide_{one['key']}")
        for column, cell in row.items()
        if not column.startswith("case:") and cell.strip("()") not in MARKS
    }
    assert wide == told | {place: "0" for place in wide if "/" in place[1]} | options


def test_the_codebook_has_the_two_classes_with_the_levels_in_them(office: Opened) -> None:
    rows = [row for row in office.rows("codebook") if row["item"] == "level" and row["option"]]
    assert [row["option"] for row in rows] == [LOW, HIGH]
    assert rows[0]["option_label"] == "Officer / Head of a team or section"
    assert [row["spss_code"] for row in rows] == ["1", "2"]


def test_the_manifest_tells_what_is_left_out_but_no_number_of_a_few_people() -> None:
    told = workshop(Story(), "A")
    group(told, "A", 9, function="team")
    group(told, "A", 7, "director", scale="3")
    for place in PLACES[:6]:
        told.silent(told.person("A", place), "M6")
    manifest = viewers(told).manifest
    few = "fewer than 5 people"
    assert manifest["cases"] == {
        "in_database": "not told",
        "in_bundle": 16,
        "left_out": {
            "supervisors and contact points": few,
            "people without an answer": 6,
            "waves with fewer than 5 people of a workshop": few,
        },
    }
    assert manifest["answers"]["in_bundle"] == 32
    assert manifest["answers"]["left_out"]["function and time in the job"] == 9
    assert manifest["answers"]["left_out"]["what a group has in common"] == 7
    assert manifest["answers"]["left_out"]["levels, for groups of 5 people"] == few


def test_other_scopes_leave_out_the_same_levels() -> None:
    told = workshop(workshop(Story(), "A"), "B")
    for code in ("A", "B"):
        group(told, code, 13)
        group(told, code, 3, "director")
    alone = viewers(told, "A").rows("wide_M6")
    both = [row for row in viewers(told).rows("wide_M6") if row[WORKSHOP] == "A"]

    told_alone, told_with_others = (
        sorted((row["level"], row["use"]) for row in rows) for rows in (alone, both)
    )
    assert told_alone == told_with_others


def test_staff_get_everything_as_it_was_told() -> None:
    told = workshop(Story(), "A")
    group(told, "A", 3, scale="3", function="team")
    (row, *_) = opened(told).rows("wide_M6")
    assert (row["level"], row["function"], row["scale"]) == ("officer", "team", "3")
