"""What a viewer's bundle tells of people: groups of five, and nothing that a group shares.

The files are read back in every format, and k and l are measured by pycanon.
"""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.analysis.builder import PLACES, Story
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
from tests.analysis.exports.offices import an_office, group, random_office, viewers, workshop
from tests.analysis.exports.opening import Opened, opened

pytestmark = pytest.mark.filterwarnings("ignore:In a future version, the keys of `groups`")


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
    told = random_office(sizes, Random(seed))
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


def test_a_workshop_with_fewer_than_five_people_who_answered_is_left_out() -> None:
    told = workshop(workshop(Story(), "A"), "B")
    group(told, "A", 5)
    group(told, "B", 4)
    told.silent(told.person("B", "FJ"), "M6")
    bundle = viewers(told)
    assert {row["workshop"] for row in bundle.rows("cases")} == {"A"}
    assert {one["code"]: one["cases"] for one in bundle.manifest["workshops"]} == {"A": 5, "B": 0}


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


def test_staff_get_everything_as_it_was_told() -> None:
    told = workshop(Story(), "A")
    group(told, "A", 3, scale="3", function="team")
    (row, *_) = opened(told).rows("wide_M6")
    assert (row["level"], row["function"], row["scale"]) == ("officer", "team", "3")
