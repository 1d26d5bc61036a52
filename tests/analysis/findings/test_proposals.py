"""What the answers of a year propose to recommend: by all counts that the office has."""

from collections import Counter
from collections.abc import Mapping

from analysis.reports.good_practice import proposed_for_year
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, PLACES, Story


def rules(*workshops: Mapping[str, int]) -> list[str]:
    """What is proposed where so many people name each obstacle in each workshop."""
    told = Story()
    for code, people in zip("AB", workshops, strict=False):
        told.workshop(code)
        for place, obstacle in zip(PLACES, Counter(people).elements(), strict=False):
            told.answers(told.person(code, place), "M3", obstacles=obstacle)
    return [one.rule for one in proposed_for_year(told.connection, FiscalYear(2017), CUT_OFF)]


def test_the_office_hears_what_readers_outside_may_not_be_told() -> None:
    """Outside, the three people of the second workshop would be found by subtraction."""
    found = rules({"staff": 9, "legal": 6}, {"staff": 2, "none": 1})
    assert found == ["obstacle:staff", "obstacle:legal"]


def test_obstacles_that_are_level_are_all_proposed() -> None:
    found = rules({"staff": 6, "legal": 5, "budget": 5, "it": 5})
    assert found == ["obstacle:staff", "obstacle:legal", "obstacle:budget", "obstacle:it"]


def test_what_a_few_people_name_is_not_proposed() -> None:
    assert rules({"staff": 7, "legal": 4}) == ["obstacle:staff"]
