"""The questions that reports answer with counts of administrations (people, in a national workshop)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from analysis.disclosure.crowds import Answer, Crowd, Person
from analysis.disclosure.question import Kind, Question
from analysis.facts.responses import Response, records
from analysis.findings.questions import REPLIED, SILENT, counted_sets, told_replies
from analysis.findings.readings import Readings
from analysis.findings.safe_bases import with_safe_bases
from analysis.measures.administration_stages import AdministrationStage
from analysis.measures.change import stages_by_wave
from analysis.measures.institutionalisation import anchors_in_force, pipeline
from analysis.measures.ladder import KINDS, Grade
from analysis.measures.outcomes import PlaceState
from analysis.measures.scales import MOVES, move_of

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts

STAGES = ("s0", "s1", "s2", "s3", "s4", "claimed", "s5")
"""Stages in order; an embedded practice that is merely claimed stands before one that is described."""

STAGE_CUTS = (STAGES.index("s1"), STAGES.index("s2"), STAGES.index("s5"))
"""Where the headlines divide the stages: in use, shared or further, embedded and described."""


def place_replies_question(readings: Readings) -> Question:
    """Return which administrations (people, in a national workshop) replied in the latest wave.

    The base is those asked; one to four that were not count as silent, as among people.
    """
    everybody = {
        key: _of_places(reading, _replied_places(reading)) for key, reading in readings.items()
    }
    asked = {
        key: {unit: one for unit, one in crowd.items() if unit not in _not_asked(readings[key])}
        for key, crowd in everybody.items()
    }
    crowds, _ = with_safe_bases(asked, everybody)
    return Question((REPLIED, SILENT), Kind.ONE, crowds)


def _told_replies(readings: Readings) -> frozenset[str]:
    """Return the sets of which reports tell how many replied in the latest wave of each workshop."""
    waves = {
        next(iter(one.waves.values()))
        for one in readings.values()
        if one.by_person and len(one.waves) == 1
    }
    alone = {
        key
        for wave in waves
        for key in told_replies(readings, wave)
        if {*readings[key].waves.values()} == {wave} and readings[key].by_person
    }
    return counted_sets(place_replies_question(readings)) | alone


def _replied_places(reading: "ReportFacts") -> dict[str, str]:
    there = (PlaceState.REPLIED, PlaceState.MOVED)
    return {p.code: REPLIED if p.state in there else SILENT for p in reading.places}


def _not_asked(reading: "ReportFacts") -> set[int | str]:
    return {place.code for place in reading.places if place.state is PlaceState.NOT_ASKED}


def stage_question(readings: Readings) -> Question:
    """Return the stage of every administration that attended; without one if it is not known."""
    crowds = {
        key: _of_places(
            reading, {code: stage_code(found) for code, found in reading.known.items()}
        )
        for key, reading in readings.items()
    }
    return Question(
        STAGES,
        Kind.ORDERED,
        crowds,
        frozenset(crowds),
        STAGE_CUTS,
        replies=readings.told("places", _told_replies),
    )


def stage_code(found: AdministrationStage) -> str:
    """Return a stage as a code of `STAGES`."""
    if found.stage == len(STAGES) - 2 and found.grade < Grade.DESCRIBED:
        return "claimed"
    return f"s{found.stage}"


def moves_question(readings: Readings, earlier: str, later: str) -> Question:
    """Return which administrations went up or down between two waves, of those known in both."""

    def moved(reading: "ReportFacts") -> dict[str, str]:
        known = stages_by_wave(reading.sets)
        before, after = known.get(earlier, {}), known.get(later, {})
        return {
            code: move_of(after[code].stage - before[code].stage)
            for code in before.keys() & after.keys()
        }

    return _among_places(readings, MOVES, Kind.ORDERED, moved)


def kinds_question(readings: Readings) -> Question:
    """Return in which administrations each kind of anchor is in force."""
    return _kinds(readings, lambda reading: anchors_in_force(reading.current))


def pipeline_question(readings: Readings) -> Question:
    """Return in which administrations each kind of anchor is in preparation."""
    return _kinds(readings, lambda reading: pipeline(reading.current))


def _kinds(
    readings: Readings, found: Callable[["ReportFacts"], Mapping[tuple[str, str], object]]
) -> Question:
    def kinds(reading: "ReportFacts") -> dict[str, str]:
        told: dict[str, str] = dict.fromkeys(reading.known, "")
        for code, kind in found(reading):
            if code in told:
                told[code] = f"{told[code]} {kind}"
        return told

    return _among_places(readings, KINDS, Kind.SEVERAL, kinds)


def _among_places(
    readings: Readings,
    options: tuple[str, ...],
    kind: Kind,
    codes_of: Callable[["ReportFacts"], Mapping[str, str]],
) -> Question:
    """Return a question of administrations whose base is those with codes, or all that attended."""
    codes = {key: codes_of(reading) for key, reading in readings.items()}
    everybody = {key: _of_places(reading, codes[key]) for key, reading in readings.items()}
    answered = {
        key: {unit: one for unit, one in crowd.items() if unit in codes[key]}
        for key, crowd in everybody.items()
    }
    crowds, blanks = with_safe_bases(answered, everybody)
    replies = readings.told("places", _told_replies)
    return Question(options, kind, crowds, blanks, asked=everybody, replies=replies)


def _of_places(reading: "ReportFacts", codes: Mapping[str, str]) -> Crowd:
    """Return every administration that attended (person, in a national workshop) with its codes."""
    attended: dict[str, set[Person]] = {}
    people = reading.frames.enrolments
    for row in records(people[people["role"] == "participant"]):
        number, place = int(row["participant_id"]), str(row["administration_code"])
        attended.setdefault(str(number) if reading.by_person else place, set()).add(
            (number, place)
        )
    told: dict[str, list[Response]] = {}
    for response in reading.current_responses:
        unit = str(response.participant_id) if reading.by_person else response.administration
        told.setdefault(unit, []).append(response)
    return {
        unit: Answer(
            frozenset(codes.get(unit, "").split()),
            tuple(sorted(response.case_id for response in told.get(unit, []))),
            frozenset((r.participant_id, r.administration) for r in told.get(unit, [])),
            frozenset(
                everybody | {(r.participant_id, r.administration) for r in told.get(unit, [])}
            ),
        )
        for unit, everybody in attended.items()
    }
