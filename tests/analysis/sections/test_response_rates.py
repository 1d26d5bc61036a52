"""The response rates of the method annex, against a table made by hand and the raw dispositions."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from analysis.model import Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year

RAW = text("""
    SELECT waves.key, COALESCE(disposition, 'open') AS fate, COUNT(*)
    FROM cases JOIN waves ON waves.id = cases.wave_id GROUP BY 1, 2
""")
KEYS = {
    "Before": "PRE",
    "End of workshop": "END",
    "3 months": "M3",
    "6 months": "M6",
    "12 months": "M12",
    "Supervisors, 6 months": "SUP6",
    "Supervisors, 12 months": "SUP12",
    "Contact points, 12 months": "NCP12",
}


@pytest.fixture(scope="module")
def year() -> Story:
    return a_whole_year()


def section(told: Story, key: str, audience: str = "staff") -> Section:
    found = build(told.connection, None, CUT_OFF, Wishes(audience)).sections
    return next(one for one in found if one.key == key)


def rates(told: Story) -> Table:
    return section(told, "rates").tables[0]


def pairs(row: tuple[object, ...]) -> list[tuple[int, int]]:
    """Part and base of each rate of a row."""
    found = [re.findall(r"\d+", str(cell))[:2] for cell in row[2:]]
    return [(int(part), int(base)) for part, base in found]


def test_every_rate_is_that_of_the_raw_dispositions(year: Story) -> None:
    raw: dict[str, dict[str, int]] = {}
    for wave, fate, number in year.connection.execute(RAW):
        raw.setdefault(wave, {})[fate] = number
    rows = {KEYS[str(row[0])]: row for row in rates(year).rows}
    assert rows.keys() == raw.keys()
    for wave, row in rows.items():
        found = raw[wave]
        whole, part = found.get("complete", 0), found.get("partial", 0)
        refused = found.get("refusal", 0) + found.get("break_off", 0)
        base = whole + part + refused + found.get("non_contact", 0) + found.get("unknown", 0)
        told = whole + part + refused
        expected = [(whole, base), (whole + part, base), (whole, told), (refused, base)]
        assert (row[1], pairs(row)) == (base, [*expected, (told, base)])


def six() -> Story:
    """One of each: complete, partial, broke off, no contact, silent, and refused before the wave."""
    told = Story().workshop("TFA")
    people = [told.person("TFA", place) for place in PLACES[:6]]
    told.answers(people[0], "M6", use_any="tried")
    half = told.answers(people[1], "M6", use_any="tried")
    told.set("cases", half, disposition="partial", completed_at=None)
    told.broke_off(people[2], "M6", job="same")
    told.blocked(people[3], "M6")
    told.silent(people[4], "M6")
    told.set("enrolments", people[5], refused_at=CUT_OFF - timedelta(days=400))
    return told


def test_who_refused_before_a_wave_is_a_refusal_in_it() -> None:
    (row,) = rates(six()).rows
    assert row[:2] == ("6 months", 6)
    assert pairs(row) == [(1, 6), (2, 6), (1, 4), (2, 6), (4, 6)]


def test_a_wave_that_can_still_change_is_told_so_far() -> None:
    told = six()
    told.case(told.person("TFA", PLACES[7]), "M6")
    (row,) = rates(told).rows
    assert (row[0], pairs(row)[1]) == ("6 months, so far", (2, 7))


def test_the_rate_beside_results_counts_partial_responses_too() -> None:
    (figure,) = section(six(), "fieldwork").figures
    assert (figure.text, figure.note) == ("2 of 6", "RR2")


def test_the_shares_of_the_steps_say_that_they_count_complete_responses_only() -> None:
    steps = section(six(), "fieldwork").tables[0]
    heads = ("Completed, of those reachable", "Completed, of those asked")
    assert steps.columns[6:8] == heads
    assert steps.rows[0][7] == "1 of 6"
    assert "RR2 counts those partly answered too." in steps.note


def test_readers_outside_get_the_rate_of_replies_only(year: Story) -> None:
    told = build(year.connection, None, CUT_OFF, Wishes("good_practice"))
    assert "rates" not in {one.key for one in told.sections}
    table = section(year, "fieldwork", "good_practice").tables[0]
    assert table.note.startswith("The share is RR2")
