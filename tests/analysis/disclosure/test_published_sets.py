"""Reports that leave the office: on all workshops, on those of each donor, and on each alone."""

from datetime import UTC, date, datetime

from sqlalchemy import update

from analysis.disclosure.published_sets import (
    Group,
    Way,
    groups_of_year,
    parts_beside,
    published_sets,
    set_of,
    workshops_of_year,
)
from storage.schema import administrations, workshops
from surveys.planning.fiscal_year import FiscalYear
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


YEAR = FiscalYear(2017)


def held(told: Story, code: str, places: str, **facts: object) -> None:
    """A workshop with a person of each of some administrations."""
    donors = facts.pop("donors", ())
    assert isinstance(donors, tuple)
    told.workshop(code, donors=donors)
    if facts:
        told.connection.execute(update(workshops).where(workshops.c.code == code).values(facts))
    for place in places.split():
        told.person(code, place)


def test_a_year_that_is_no_other_set_is_one_of_its_own() -> None:
    told = Story()
    held(told, "A", "FJ")
    held(told, "B", "FJ")
    for code, facts in {
        "NEXT": {"ends_on": date(2018, 7, 1)},
        "ASKED": {"kind": "survey"},
        "TBC": {"confirmed": False},
        "OFF": {"cancelled_at": datetime(2017, 11, 1, tzinfo=UTC)},
    }.items():
        held(told, code, "FJ", **facts)
    everything = told.frames()
    assert workshops_of_year(everything, YEAR) == ("A", "B")
    assert published_sets(everything)["year 2017"] == ("A", "B")
    assert "year 2018" not in published_sets(everything), "it is the workshop NEXT alone"


def test_the_groups_of_a_year() -> None:
    told = Story()
    held(told, "A", "FJ WS BT", donors=("Japan",))
    held(told, "B", "BT NP", kind="national")
    for code, facts in {
        "FJ": {"subregion": "Oceania", "sids": True},
        "WS": {"subregion": "Oceania", "sids": True, "ldc": "2014-01-01"},
        "BT": {"subregion": "South Asia", "ldc": "2023-12-13"},
        "NP": {"subregion": "South Asia", "ldc": "yes"},
    }.items():
        told.connection.execute(
            update(administrations).where(administrations.c.code == code).values(facts)
        )
    everything = told.frames()
    both = ("A", "B")
    islands = frozenset(("FJ", "WS"))
    assert groups_of_year(everything, YEAR) == (
        Group(Way.WORKSHOP, "A", ("A",)),
        Group(Way.WORKSHOP, "B", ("B",)),
        Group(Way.DONOR, "Japan", ("A",)),
        Group(Way.KIND, "regional", ("A",)),
        Group(Way.KIND, "national", ("B",)),
        Group(Way.REGION, "South Asia", both, frozenset(("BT", "NP"))),
        Group(Way.REGION, "Oceania", both, islands),
        Group(Way.COUNTRIES, "sids", both, islands),
        Group(Way.COUNTRIES, "ldc", both, frozenset(("BT", "NP"))),
    )
    parts, keys = parts_beside(everything, published_sets(everything), "all")
    # The same people are one set, however they are named.
    names = ("workshop A", "donor Japan", "kind regional")
    assert {keys[f"year 2017 {name}"] for name in names} == {"donor Japan"}
    assert keys["year 2017 countries sids"] == keys["year 2017 region Oceania"]
    assert parts[keys["year 2017 region Oceania"]].places == islands
