"""Readings that count people in place of administrations."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.disclosure.protection import protected
from analysis.disclosure.question import Telling
from analysis.findings.place_questions import stage_question
from analysis.findings.readings import Readings
from analysis.measures.outcomes import by_place

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts


def with_people(places: Mapping[str, "ReportFacts"], groups: Collection[str] = ()) -> Readings:
    """Return readings that count people where no number of administrations on a stage may be told."""
    of_administrations = {key: one for key, one in places.items() if not one.by_person}
    alike = Readings(of_administrations, {*groups} & of_administrations.keys())
    tables = protected(stage_question(alike))[1] if alike else {}
    told = {key for key, rows in tables.items() if any(r.telling is Telling.COUNT for r in rows)}
    return Readings(
        {
            key: one if one.by_person or key in told else of_people(one)
            for key, one in places.items()
        },
        groups,
    )


def of_people(reading: "ReportFacts") -> "ReportFacts":
    """Return a reading in which every person stands in place of the administration."""
    people = (one for one in reading.sets if one.participant_id > 0)  # those who are known
    sets = tuple(replace(one, administration=str(one.participant_id)) for one in people)
    found = reading.frames, reading.cases, reading.waves, reading.responses
    return replace(reading, by_person=True, sets=sets, places=by_place(*found, by_person=True))
