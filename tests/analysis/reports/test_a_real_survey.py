"""A real follow-up survey of 87 people (The Carpentries, December 2020, CC BY 4.0), recoded.

The expected figures were computed from the published file by other means.
"""

import csv
from collections import Counter
from datetime import UTC, datetime

import pytest

from analysis.facts.responses import Response
from analysis.figures import counted
from analysis.measures.scales import middle, recommendation, steps_of, upper
from analysis.measures.tallies import Tally, tally
from surveys.questionnaire import Item, Option, Questionnaire
from surveys.wording import Words
from tests.places import DATA

FILE = DATA / "follow_up_87.csv"
IMPACT = {
    "career_advancement": (87, "4", "57 of 87 (66 %)"),
    "motivation_learning": (87, "4", "71 of 87 (82 %)"),
    "increase_reproducibility": (85, "3", "36 of 85 (42 %)"),
    "professional_recognition": (87, "3", "18 of 87 (21 %)"),
    "improve_coding_practice": (86, "4", "57 of 86 (66 %)"),
    "research_productivity": (87, "4", "46 of 87 (53 %)"),
    "increase_confidence": (87, "4", "59 of 87 (68 %)"),
}
HELP = ("efficiency", "analyse", "manage", "not_using", "not_helped", "other")
USE = ("0_none", "1_less_than_yearly", "2_several_a_year", "3_monthly", "4_weekly", "5_daily")
SAY = Words()


def options(*codes: str, alone: tuple[str, ...] = ()) -> tuple[Option, ...]:
    return tuple(Option(name=c, label={"en": c}, exclusive=c in alone) for c in codes)


def instrument() -> Questionnaire:
    items = [Item(name=name, type="range", label={"en": name}) for name in IMPACT]
    ten = {"start": "0", "end": "10"}
    items.append(Item(name="recommend_0_10", type="range", parameters=ten, label={"en": "?"}))
    items += [
        Item(name=f"use_{when}", type="select_one", list_name="use", label={"en": when})
        for when in ("before", "after")
    ]
    items.append(
        Item(name="how_tools_help", type="select_multiple", list_name="help", label={"en": "?"})
    )
    lists = {"use": options(*USE), "help": options(*HELP, alone=("not_using", "not_helped"))}
    return Questionnaire(
        key="LONG", version=1, title={"en": "Long term"}, choices=lists, items=tuple(items)
    )


@pytest.fixture(scope="module")
def found() -> list[Response]:
    with FILE.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    return [_response(number, row) for number, row in enumerate(rows)]


def _response(number: int, row: dict[str, str]) -> Response:
    values = {name: value.replace(";", " ") for name, value in row.items() if value != "NA"}
    values.pop("row")
    now = datetime(2020, 12, 1, tzinfo=UTC)
    return Response(
        number, number, number, "W", "XX", "participant", "M12", ("LONG", 1), now, values
    )


def counted_item(found: list[Response], name: str) -> Tally:
    return tally(found, name, {("LONG", 1): instrument()})


@pytest.mark.parametrize("name", IMPACT)
def test_f02_base_middle_and_upper_end_of_each_impact(name: str, found: list[Response]) -> None:
    result = counted_item(found, name)
    told = (result.base, middle(result), counted(upper(result), result.base, SAY))
    assert told == IMPACT[name]
    assert [count.code for count in result.counts] == ["1", "2", "3", "4", "5"]


def test_f03_ticks_are_shares_of_people_and_a_contradiction_is_flagged(
    found: list[Response],
) -> None:
    result = counted_item(found, "how_tools_help")
    assert (result.base, sum(count.people for count in result.counts)) == (85, 137)
    assert [count.people for count in result.counts] == [44, 38, 34, 17, 2, 2]
    assert counted(44, result.base, SAY) == "44 of 85 (52 %)"
    assert result.contradictory == 1


def test_f03_recommendation_in_three_groups(found: list[Response]) -> None:
    told = recommendation(counted_item(found, "recommend_0_10"), SAY)
    assert told == "9 or 10: 49, 7 or 8: 30, 0 to 6: 8; score 47.1."


def test_f03_use_before_and_after_by_the_same_people(found: list[Response]) -> None:
    before, after = (
        {r.enrolment_id: r.values[name] for r in found if name in r.values}
        for name in ("use_before", "use_after")
    )
    moves = Counter(steps_of(before, after, [[code] for code in USE]).values())
    assert moves == {"up": 43, "same": 41, "down": 3}


def test_f03_two_wordings_of_no_use_are_one_step() -> None:
    before, after = {1: "had_not_been_using", 2: "weekly"}, {1: "have_not_been_using", 2: "daily"}
    steps = [["had_not_been_using", "have_not_been_using"], ["weekly"], ["daily"]]
    assert steps_of(before, after, steps) == {1: "same", 2: "up"}


def test_t13_answers_on_a_scale_with_other_steps_are_left_out_and_the_item_is_named(
    found: list[Response],
) -> None:
    wider = instrument().model_copy(
        update={
            "version": 2,
            "items": (Item(name="motivation_learning", type="range", parameters={"end": "7"}),),
        }
    )
    later = Response(
        99,
        99,
        99,
        "W",
        "XX",
        "participant",
        "M12",
        ("LONG", 2),
        found[0].answered_at,
        {"motivation_learning": "7"},
    )
    result = tally(
        [*found, later], "motivation_learning", {("LONG", 1): instrument(), ("LONG", 2): wider}
    )
    assert (result.base, result.left_out, result.people("7")) == (1, 87, 1)
