"""Reports that leave the office: on all workshops, on those of each donor, and on each alone."""

from analysis.disclosure.published_sets import published_sets, set_of
from tests.analysis.builder import Story

SETS = {
    "all": ("A", "B", "C"),
    "donor Japan": ("A", "B"),
    "donor Fiji": ("B",),
    "workshop A": ("A",),
    "workshop B": ("B",),
    "workshop C": ("C",),
}


def test_the_published_sets_of_an_office() -> None:
    told = Story().workshop("A", donors=("Japan",)).workshop("B", donors=("Japan", "Fiji"))
    assert published_sets(told.workshop("C").frames()) == SETS


def test_a_set_is_found_by_its_workshops_in_any_order() -> None:
    assert set_of(SETS, None) == "all"
    assert set_of(SETS, ("B", "A")) == "donor Japan"
    assert set_of(SETS, ("C",)) == "workshop C"
    assert set_of(SETS, ("A", "C")) is None
