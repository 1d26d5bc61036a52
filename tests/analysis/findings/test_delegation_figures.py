"""All figures by delegation of a scope, each as a query finds it too."""

import pytest

from analysis.findings.delegation_figures import DelegationFigures, delegation_figures
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.new_answers import SCOPES, workshops_told_anew
from tests.analysis.recount_delegations import Recount


@pytest.fixture(scope="module")
def told() -> Story:
    return workshops_told_anew()


def figures(story: Story, *codes: str, moment: str = "M12") -> DelegationFigures:
    return delegation_figures(story.connection, codes, moment, CUT_OFF)


def test_each_row_has_what_a_query_finds(told: Story) -> None:
    found = figures(told)
    query = Recount(told.connection, SCOPES[-1], "M12")
    assert (found.units, found.workshops, found.left_out, found.by_person) == (39, 3, 0, False)
    for row in found.figures:
        states = query.states(row.figure)
        assert (row.yes, row.no, row.disputed, row.not_known) == states
        assert row.at_most == found.units - row.no
        assert row.yes <= row.likely[0] <= row.likely[1] <= row.at_most
        assert row.places <= row.yes
        assert row.of_places == 20
    assert tuple(found.grades.values()) == query.grades()
    better = sum(found.grades.values()) - found.grades["claimed"]
    assert found.beside["embedded, more than claimed"] == better


def test_rates_are_of_the_waves_that_have_opened(told: Story) -> None:
    waves = {one.wave: {rate.name: rate for rate in one.rates} for one in figures(told).rates}
    assert [*waves] == ["PRE", "M3", "M6", "M12", "SUP6", "SUP12", "NCP12"]
    assert all(one["RR1"].part <= one["RR2"].part <= one["CON1"].part for one in waves.values())
    assert waves["M12"]["RR1"].base < waves["PRE"]["RR1"].base + 1


def test_a_workshop_of_one_administration_counts_people_and_is_left_out_beside_others() -> None:
    story = Story().workshop("NAT").workshop("REG")
    for _ in range(3):
        story.answers(story.person("NAT", "FJ"), "M6", use_any="tried", stage_now="s1")
    for place in ("FJ", "WS", "TO", "VU", "KI"):
        story.answers(story.person("REG", place), "M6", use_any="regular")
    own = figures(story, "NAT", moment="M6")
    assert (own.units, own.by_person, own.figures[0].yes) == (3, True, 3)
    everything = figures(story, moment="M6")
    assert (everything.units, everything.by_person, everything.left_out) == (5, False, 1)


def test_the_same_people_are_compared_up_to_the_moment() -> None:
    story = Story().workshop("W")
    person = story.person("W", "FJ")
    for wave, stage in (("PRE", "s0"), ("M6", "s2"), ("M12", "s1")):
        story.answers(person, wave, stage_now=stage)
    six, twelve = (figures(story, moment=moment).trend for moment in ("M6", "M12"))
    assert [(one.later, one.up, one.down) for one in six] == [("M6", 1, 0)]
    assert [(one.later, one.up, one.down) for one in twelve] == [("M6", 1, 0), ("M12", 0, 1)]


def test_a_report_compares_the_same_people_as_the_figures() -> None:
    """Those who told a stage in every wave: not one pair of waves by others than the next."""
    story, waves = Story().workshop("W"), ("PRE", "M6", "M12")
    for place in PLACES[:6]:
        person = story.person("W", place)
        for wave, stage in zip(waves, ("s0", "s2", "s1"), strict=True):
            story.answers(person, wave, stage_now=stage)
    for place in PLACES[6:9]:
        person = story.person("W", place)
        for wave in waves[:2] if place == PLACES[6] else waves[1:]:
            story.answers(person, wave, stage_now="s3")
    report = story.report()
    moves = next(t for s in report.sections for t in s.tables if t.key == "moves")
    told = [tuple(cell for cell in row if isinstance(cell, int)) for row in moves.rows]
    assert told == [(6, 0, 0, 6), (0, 0, 6, 6)]
    found = figures(story).trend
    assert [(one.up, one.same, one.down) for one in found] == [one[:3] for one in told]


def test_answers_about_two_workshops_are_not_compared() -> None:
    story = Story().workshop("W").workshop("X")
    for place in PLACES[:6]:
        person = story.person("W", place)
        for wave in ("M6", "M12"):
            story.answers(person, wave, stage_now="s4", use_1="regular")
        again = story.person("X", place, same_as=person)
        story.answers(again, "M6", stage_now="s0", use_1="not_yet")
    tables = {t.key: t.rows for s in story.report().sections for t in s.tables}
    assert [row[1:5] for row in tables["moves"]] == [(0, 6, 0, 6)]
    use = [row[1:5] for row in tables["paired"] if str(row[0]).startswith("Use, 6")]
    assert use == [(0, 6, 0, 6)]
