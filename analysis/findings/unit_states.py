"""Who replied, by delegation or by attendance: the units of the figures."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.headlines import Unit
from analysis.measures.outcomes import PlaceState, by_place


def unit_states(reading: ReportFacts) -> Mapping[Unit, PlaceState]:
    """Return the state of each unit of the figures in the wave of its workshop."""
    counted = {(one.workshop, one.place) for one in reading.units}
    found: dict[Unit, PlaceState] = {}
    for code, wave in reading.moments.items():
        people, cases = reading.frames.enrolments, reading.cases
        there = by_place(
            replace(reading.frames, enrolments=people[people["workshop_code"] == code]),
            cases[cases["workshop"] == code],
            {code: wave},
            [one for one in reading.responses if one.workshop == code],
            by_person=reading.by_person,
        )
        found |= {(code, one.code): one.state for one in there if (code, one.code) in counted}
    return found


def counts_of(reading: ReportFacts) -> Mapping[PlaceState, int]:
    """Return how many units are in each state."""
    return Counter(unit_states(reading).values())
