"""Readings that count people in place of delegations."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.disclosure.protection import protected
from analysis.disclosure.question import Telling
from analysis.findings.delegation_questions import QUESTIONS
from analysis.findings.readings import Readings
from analysis.measures.place_outcomes import by_place

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts


def with_people(places: Mapping[str, "ReportFacts"], groups: Collection[str] = ()) -> Readings:
    """Return readings that count people where no figure of delegations may be told."""
    of_delegations = {key: one for key, one in places.items() if not one.by_person}
    alike = Readings(of_delegations, {*groups} & of_delegations.keys())
    told = {
        key
        for make in QUESTIONS.values()
        for key, rows in (protected(make(alike))[1] if alike else {}).items()
        if any(row.telling is Telling.COUNT for row in rows)
    }
    return Readings(
        {
            key: one if one.by_person or key in told else of_people(one)
            for key, one in places.items()
        },
        groups,
    )


def of_people(reading: "ReportFacts") -> "ReportFacts":
    """Return a reading in which every person stands in place of the delegation."""
    found = reading.frames, reading.cases, reading.waves, reading.responses
    return replace(reading, by_person=True, places=by_place(*found, by_person=True))
