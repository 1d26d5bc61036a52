"""The practice after the workshop: the six figures, stages, anchors. No open answers, no names."""

from collections import Counter
from functools import partial

from analysis.disclosure.small_groups import HIDDEN
from analysis.findings.figure_words import CLAIMED, label_of, not_asked
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import Fates, people_split
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.headlines import FIGURES
from analysis.measures.delegations.stages import EMBEDDED
from analysis.measures.delegations.stages import stages as stages_of
from analysis.measures.delegations.trend import Between, neighbours, told_in_all
from analysis.measures.place_outcomes import PlaceState
from analysis.measures.scales import MOVES, direction, move_of
from analysis.measures.vocabulary import GRADES, PLACE_STATES, STAGES, WAVES
from analysis.model import Cell, Section, Table
from analysis.sections import outside_practice
from surveys.wording import N_, sentences

BEST_FIRST = tuple(reversed(Evidence))
SILENCE_ONLY = N_("They cover silence, not wrong answers.")
BESIDES = (
    ("by_suggestion", N_("A suggestion was accepted")),
    ("by_approval", N_("Something formal is approved and not in force yet")),
)
"""The two parts of what is accepted, which can overlap."""


def stages(reading: ReportFacts) -> Section:
    """Return the six figures and the stages. Who did not reply has a row of its own, never stage 0."""
    if reading.outside:
        return outside_practice.stages(reading)
    say = reading.say
    tables = (_stages(reading), _figures(reading), *_in_one_workshop(reading), _accepted(reading))
    return Section(
        "stages",
        say("How far people are") if reading.by_person else say("How far delegations are"),
        tables=tables,
        notes=_notes(reading),
    )


def _stages(reading: ReportFacts) -> Table:
    say, known = reading.say, stages_of(reading.outcome)
    states = reading.unit_states
    missing = (PlaceState.NOT_ASKED, PlaceState.NOT_REACHABLE, PlaceState.SILENT)
    rows: list[tuple[Cell, ...]] = [
        _without_stage(say(PLACE_STATES[state]), states[state])
        for state in missing
        if state is not PlaceState.NOT_ASKED or states[state]
    ]
    replied = len(reading.units) - sum(int(row[1]) for row in rows)
    rows.append(_without_stage(say("Replied, stage not known"), replied - len(known)))
    reached = Counter(known.values())
    grades = [reading.outcome.grades[grade] for grade in BEST_FIRST]
    for number, name in enumerate(STAGES):
        count = reached[number]
        kinds = (*grades, 0) if number == EMBEDDED else (*(0 for _ in grades), count)
        rows.append((f"{number} {say(name)}", count, *kinds, 0))
    columns = (
        say("Stage"),
        unit_of(reading),
        *(say(GRADES[grade]).capitalize() for grade in BEST_FIRST),
        say("As officers say"),
        say("Stage not known"),
    )
    note = say(
        "Who did not reply in this wave is on no stage. What was told before counts in the figures."
    )
    return Table("stages", say("Stages"), columns, tuple(rows), note, chart="stages")


def _without_stage(label: str, count: int) -> tuple[Cell, ...]:
    return (label, count, *(0 for _ in BEST_FIRST), 0, count)


def unit_of(reading: ReportFacts) -> str:
    """Return what is counted."""
    return reading.say("People") if reading.by_person else reading.say("Delegations")


def _figures(reading: ReportFacts) -> Table:
    """Return the states behind each figure."""
    say = reading.say
    rows: list[tuple[Cell, ...]] = []
    for key in FIGURES:
        if not not_asked(reading, key):
            line, bounds = reading.outcome.headlines[key], reading.outcome.headlines[key].bounds
            counts = (bounds.yes, bounds.no, bounds.disputed, bounds.not_known)
            label = label_of(reading, key, CLAIMED)
            rows.append((label, *counts, bounds.total, bounds.at_most, line.replied))
    columns = (
        say("Figure"),
        say("Yes"),
        say("No"),
        say("Disputed"),
        say("Not known"),
        say("In all"),
        say("At most"),
        say("With a reply"),
    )
    note = sentences((say("At most: yes, disputed and not known."), say(SILENCE_ONLY)))
    return Table("figures", say("The figures"), columns, tuple(rows), note)


def _in_one_workshop(reading: ReportFacts) -> tuple[Table, ...]:
    """Return in how many administrations (of how many people) it holds in one workshop or more."""
    say, held = reading.say, len({one.workshop for one in reading.units})
    if held < 2:
        return ()
    places = reading.outcome.places
    rows = tuple(
        (label_of(reading, key, CLAIMED), places[key].yes, places[key].total, places[key].at_most)
        for key in FIGURES
        if not not_asked(reading, key)
    )
    unit = say("People") if reading.by_person else say("Administrations")
    columns = (say("Figure"), say("Yes"), unit, say("At most"))
    heading = (
        say("People in at least one of their workshops")
        if reading.by_person
        else say("Administrations in at least one of their workshops")
    )
    note = say("The best of {number} workshops, so it grows with their number.", number=str(held))
    return (Table("in_one_workshop", heading, columns, rows, note),)


def _accepted(reading: ReportFacts) -> Table:
    say, found = reading.say, reading.outcome
    rows = tuple((say(label), int(getattr(found, name))) for name, label in BESIDES)
    columns = (say("Figure"), unit_of(reading))
    heading = label_of(reading, "accepted")
    return Table("accepted", heading[:1].upper() + heading[1:], columns, rows)


def _notes(reading: ReportFacts) -> tuple[str, ...]:
    """Return what the reader must know of the units."""
    say = reading.say
    people = {int(one.place) for one in reading.units} if reading.by_person else set[int]()
    if len(people) == len(reading.units) or not reading.by_person:
        return ()
    return (
        say(
            "Who was at several workshops is counted at each: {attendances} attendances of "
            "{people} people.",
            attendances=str(len(reading.units)),
            people=str(len(people)),
        ),
    )


def moves(reading: ReportFacts) -> Section:
    """Return how the same people answered the same question about the stage, from wave to wave."""
    say = reading.say
    told = told_in_all(reading.attended, reading.moments)
    rows = tuple(_move(reading, pair) for pair in neighbours(told.values()))
    columns = (say("Between"), say("Up"), say("Same"), say("Down"), say("In both"), say("Summary"))
    note = sentences(
        (
            say("The same question to the same people: how far their administration is."),
            say("Who did not answer it in every wave is not counted."),
        )
    )
    table = Table("moves", say("Changes"), columns, rows, note if rows else "", "moves")
    return Section("moves", say("Change in the same people"), tables=(table,))


def _move(reading: ReportFacts, between: Between) -> tuple[Cell, ...]:
    say, hidden = reading.say, reading.say(HIDDEN)
    earlier, later = between
    fates = partial(_moved, between)
    found = people_split(reading, f"stage {earlier} {later}", MOVES, fates)
    down, same, up = (found.count(code) for code in MOVES)
    words = hidden if up is None or down is None else direction(up, down, say)
    shown = (hidden if count is None else count for count in (up, same, down, found.base))
    name = say("{earlier} to {later}", earlier=say(WAVES[earlier]), later=say(WAVES[later]))
    return (name, *shown, words)


def _moved(between: Between, reading: ReportFacts) -> Fates:
    """Return who says that the administration is further, or less far, with the later answer."""
    told = told_in_all(reading.attended, reading.moments)
    later = {(r.workshop, r.participant_id): r for r in reading.of(between[1])}
    return {
        who: (later[one.workshop, who], move_of(move))
        for who, one in told.items()
        if (move := one.move(between)) is not None
    }
