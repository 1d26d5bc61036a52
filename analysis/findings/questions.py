"""The questions that reports answer with counts of people or administrations, in every published set.

Each is built from the same facts as the office's own report, so an outside report only takes away.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.disclosure.crowds import Answer, Crowd, Person, of_person
from analysis.disclosure.merging import Kind, Question
from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response, latest_by_person, records
from analysis.measures.administration_stages import AdministrationStage
from analysis.measures.change import stages_by_wave
from analysis.measures.institutionalisation import anchors_in_force, pipeline
from analysis.measures.ladder import KINDS, Grade
from analysis.measures.outcomes import PlaceState
from analysis.measures.scales import MOVES, move_of
from analysis.measures.tallies import Tally

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts

Readings = Mapping[str, "ReportFacts"]

REPLIED, SILENT = "replied", "silent"
STAGES = ("s0", "s1", "s2", "s3", "s4", "claimed", "s5")
"""Stages in order; an embedded practice that is merely claimed stands before one with evidence."""

STAGE_CUTS = (STAGES.index("s1"), STAGES.index("s2"), STAGES.index("s5"))
"""Where the headlines divide the stages: in use, shared or further, embedded with evidence."""


# People by what they answered


def item_question(
    readings: Readings, item: str, waves: Iterable[str], role: str, place: str = ""
) -> Question:
    """Return who chose which option of an item, by the latest answer of each person.

    With `place` only people of one administration count, for its own report.
    """
    asked = tuple(waves)
    every = {key: reading.tally(item, *asked, role=role) for key, reading in readings.items()}
    widest = max(every.values(), key=lambda found: (len(found.counts), found.base))
    options = tuple(count.code for count in widest.counts)
    layers = [
        (_choices(reading, item, asked, role, options, every[key]), *around(reading, asked, role))
        for key, reading in readings.items()
    ]
    answered, replied, everybody = (
        {key: _of_place(layer[n], place) for key, layer in zip(readings, layers, strict=True)}
        for n in range(3)
    )
    crowds, blanks = with_safe_bases(answered, replied, everybody)
    places = dict.fromkeys(crowds, 1) if place else {}
    return Question(options, _kind(widest), crowds, blanks, places=places, asked=everybody)


def _of_place(crowd: Crowd, place: str) -> Crowd:
    """Return the people of one administration; all if `place` is empty."""
    if not place:
        return crowd
    return {unit: one for unit, one in crowd.items() if any(p == place for _, p in one.asked)}


def _kind(found: Tally) -> Kind:
    if found.several:
        return Kind.SEVERAL
    return Kind.ORDERED if found.ordered else Kind.ONE


def _choices(
    reading: "ReportFacts",
    item: str,
    waves: tuple[str, ...],
    role: str,
    options: tuple[str, ...],
    found: Tally,
) -> Crowd:
    """Return the people who chose an option of the scale in use."""
    told = latest_by_person(reading.of(*waves, role=role), item)
    known = {r.participant_id: r for r in told if r.codes(item) & {*options}}
    return {
        number: of_person(
            number, r.administration, r.codes(item) & {*options}, (r.case_id, r.answered_at)
        )
        for number, r in known.items()
        if r.questionnaire not in found.other_scales
    }


def around(reading: "ReportFacts", waves: tuple[str, ...], role: str) -> tuple[Crowd, Crowd]:
    """Return the people who replied in some waves, and those who were asked there."""
    there = {r.participant_id: r.administration for r in reading.of(*waves, role=role)}
    replied = blank(there)
    return replied, {**blank(reading.asked(waves, role), silent=True), **replied}


def blank(people: Mapping[int, str], silent: bool = False) -> Crowd:
    """Return people without an answer, by number and administration; `silent` if they did not reply."""
    found: dict[int | str, Answer] = {}
    for number, place in people.items():
        one = of_person(number, place, (), (0,))
        found[number] = replace(one, replied=frozenset()) if silent else one
    return found


def with_safe_bases(
    *layers: Mapping[str, Crowd],
) -> tuple[dict[str, Crowd], frozenset[str]]:
    """Return the base of every set, which tells of nobody missing, and the sets with silent units.

    `layers` are bases by set, each inside the next: those who answered, who replied, who were asked. A
    base that one to four people less than a larger one make is not told, nor is one whose difference to
    the base of a smaller set is; those people join it without an answer.
    """
    bases = [{key: {**layer[key], **layers[0][key]} for key in layers[0]} for layer in layers]
    levels = dict.fromkeys(layers[0], 0)
    pairs: list[tuple[str, ...]] = [
        (outer, inner)
        for outer in levels
        for inner in levels
        if inner != outer and bases[-1][inner].keys() < bases[-1][outer].keys()
    ]
    wanted = [*((key,) for key in levels), *pairs]
    while moved := [keys for keys in wanted if _misses_few(bases, levels, *keys)]:
        for key in {key for keys in moved for key in keys}:
            levels[key] += 1
    blanks = frozenset(key for key, level in levels.items() if level)
    return {key: bases[level][key] for key, level in levels.items()}, blanks


def _misses_few(
    bases: Sequence[Mapping[str, Crowd]], levels: Mapping[str, int], key: str, inner: str = ""
) -> bool:
    """Return whether one to four people are missing in a base, or in what it has beyond another one."""
    level = levels[key]
    if inner and levels[inner] != level:
        return False
    less = bases[-1][inner] if inner else {}
    here = {unit for unit in bases[level][key] if unit not in less}
    for larger in bases[level + 1 :]:
        there = {unit: one for unit, one in larger[key].items() if unit not in less}
        if 0 < len(_people(there, here)) < SMALLEST:
            return True
    return False


def _people(more: Crowd, base: Collection[int | str]) -> set[int]:
    return {number for unit, one in more.items() if unit not in base for number, _ in one.asked}


# Replies


def replies_question(readings: Readings, wave: str) -> Question:
    """Return who of those asked in a wave replied; whoever was at two workshops counts at each.

    Where one to four people were not asked, they count as silent: the base tells of nobody missing.
    """
    asked, meant = (
        {key: _replies(reading, wave, everybody) for key, reading in readings.items()}
        for everybody in (False, True)
    )
    crowds, _ = with_safe_bases(asked, meant)
    return Question((REPLIED, SILENT), Kind.ONE, crowds)


def _replies(reading: "ReportFacts", wave: str, everybody: bool) -> Crowd:
    there = {r.enrolment_id for r in reading.of(wave, role=reading.role_of(wave))}
    seats = reading.seats(wave, all_meant=everybody)
    return {
        seat: of_person(
            number, place, (REPLIED if seat in there else SILENT,), (wave, seat in there)
        )
        for seat, (number, place) in seats.items()
    }


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


def _replied_places(reading: "ReportFacts") -> dict[str, str]:
    there = (PlaceState.REPLIED, PlaceState.MOVED)
    return {p.code: REPLIED if p.state in there else SILENT for p in reading.places}


def _not_asked(reading: "ReportFacts") -> set[int | str]:
    return {place.code for place in reading.places if place.state is PlaceState.NOT_ASKED}


# Administrations


def stage_question(readings: Readings) -> Question:
    """Return the stage of every administration that attended; without one if it is not known."""
    crowds = {
        key: _of_places(
            reading, {code: stage_code(found) for code, found in reading.known.items()}
        )
        for key, reading in readings.items()
    }
    return Question(STAGES, Kind.ORDERED, crowds, frozenset(crowds), STAGE_CUTS)


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
    return Question(options, kind, crowds, blanks, asked=everybody)


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
            frozenset(everybody),
        )
        for unit, everybody in attended.items()
    }
