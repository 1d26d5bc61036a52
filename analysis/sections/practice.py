"""The practice after the workshop: stages, moves between waves, anchors. No open answers, no names."""

from collections import Counter
from collections.abc import Iterable

from analysis.facts.responses import records
from analysis.figures import Figure, Share
from analysis.findings.headlines import figures
from analysis.findings.report_facts import ReportFacts
from analysis.measures.administration_stages import AdministrationStage
from analysis.measures.anchors import kind_of
from analysis.measures.change import ADDING_UP, change
from analysis.measures.institutionalisation import anchors_in_force, pipeline
from analysis.measures.ladder import KINDS, Grade
from analysis.measures.outcomes import PlaceState
from analysis.measures.scales import direction
from analysis.measures.vocabulary import KINDS as KIND_NAMES
from analysis.measures.vocabulary import PIPELINE, PLACE_STATES, STAGES, WAVES
from analysis.model import Cell, Section, Table
from analysis.sections import outside_practice
from surveys.wording import N_, sentences

_HIGHEST_FIRST = (Grade.VERIFIED, Grade.DESCRIBED, Grade.CLAIMED)


def stages(reading: ReportFacts) -> Section:
    """Return who is on which stage. Those who did not reply have rows of their own, never stage 0."""
    if reading.outside:
        return outside_practice.stages(reading)
    say, known = reading.say, reading.known
    unit = say("People") if reading.by_person else say("Administrations")
    rows: list[tuple[Cell, ...]] = [
        _without_stage(say(PLACE_STATES[state]), _states(reading, state))
        for state in (PlaceState.NOT_ASKED, PlaceState.NOT_REACHABLE, PlaceState.SILENT)
        if state is not PlaceState.NOT_ASKED or _states(reading, state)
    ]
    replied = len(reading.places) - sum(int(row[1]) for row in rows)
    rows.append(_without_stage(say("Replied, stage not known"), replied - len(known)))
    for number, name in enumerate(STAGES):
        here = [place for place in known.values() if place.stage == number]
        rows.append((f"{number} {say(name)}", len(here), *_grades(p.grade for p in here), 0))
    grades = (say("Verified"), say("Described"), say("Claimed only"))
    columns = (say("Stage"), unit, *grades, say("Stage not known"))
    return Section(
        "stages",
        say("How far people are") if reading.by_person else say("How far administrations are"),
        tables=(Table("stages", say("Stages"), columns, tuple(rows), chart="stages"),),
        notes=_flags(reading, list(known.values())),
    )


def _without_stage(label: str, count: int) -> tuple[Cell, ...]:
    return (label, count, 0, 0, 0, count)


def _states(reading: ReportFacts, state: PlaceState) -> int:
    return sum(place.state is state for place in reading.places)


def _grades(grades: Iterable[Grade]) -> tuple[int, int, int]:
    counts = Counter(grades)
    return (counts[Grade.VERIFIED], counts[Grade.DESCRIBED], counts[Grade.CLAIMED])


def _flags(reading: ReportFacts, known: list[AdministrationStage]) -> tuple[str, ...]:
    """Return sentences for what the stages alone would hide; a flag without anybody is left out."""
    current = [one.rung for one in reading.current if one.rung]
    flags = (
        (
            sum(p.paper_only for p in known),
            N_("On paper only (in force, but not used): {number}."),
        ),
        (sum(p.person_dependent for p in known), N_("Would stop if one person left: {number}.")),
        (
            sum(p.disputed for p in known),
            N_("People disagree and nothing is verified (lower stage shown): {number}."),
        ),
        (
            sum(r.gap_below for r in current),
            N_("Answers that reach a stage, but not every stage below it: {number}."),
        ),
    )
    return tuple(reading.say(text, number=str(count)) for count, text in flags if count)


def moves(reading: ReportFacts) -> Section:
    """Return the stage table by wave and the moves of the same administrations between waves."""
    if reading.outside:
        return outside_practice.moves(reading)
    say = reading.say
    told = change(reading.sets)
    names = {wave: say(WAVES[wave]) for wave, _ in told.stages}
    columns = (say("Stage"), *names.values())
    by_stage: tuple[tuple[Cell, ...], ...] = tuple(
        (f"{number} {say(name)}", *(counts[number] for _, counts in told.stages))
        for number, name in enumerate(STAGES)
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _between(reading, m.earlier, m.later),
            m.up,
            m.same,
            m.down,
            m.pairs,
            direction(m.up, m.down, say),
        )
        for m in told.moves
    )
    headings = (
        say("Between"),
        say("Up"),
        say("Same"),
        say("Down"),
        say("In both"),
        say("Summary"),
    )
    by_wave = say("Stages by wave")
    panel = say("With a known stage: {sizes}.", sizes=told.panel.text(say))
    note = sentences((panel, say(ADDING_UP) if rows else ""))
    return Section(
        "moves",
        say("Change in the same people")
        if reading.by_person
        else say("Change in the same administrations"),
        tables=(
            Table("moves", say("Changes"), headings, rows, note=note, chart="moves"),
            Table("stages_by_wave", by_wave, columns, by_stage, note=panel),
        ),
    )


def _between(reading: ReportFacts, earlier: str, later: str) -> str:
    say = reading.say
    return say("{earlier} to {later}", earlier=say(WAVES[earlier]), later=say(WAVES[later]))


def anchors(reading: ReportFacts) -> Section:
    """Return what is in force, by kind and evidence; what is planned is separate."""
    if reading.outside:
        return outside_practice.anchors(reading)
    say, sets = reading.say, reading.current
    in_force, coming = anchors_in_force(sets), pipeline(sets)
    kinds: tuple[tuple[Cell, ...], ...] = tuple(
        (say(KIND_NAMES[kind]), sum(_grades(found)), *_grades(found))
        for kind in KINDS
        for found in [[grade for (_, k), grade in in_force.items() if k == kind]]
    )
    statuses: tuple[tuple[Cell, ...], ...] = tuple(
        (say(KIND_NAMES[kind]), *(_coming(coming, kind, status) for status in PIPELINE))
        for kind in KINDS
    )
    law_alone = len({one.administration for one in sets if one.law_alone})
    notes = say("Law reported without a procedure (not counted): {number}.", number=str(law_alone))
    coming_columns = (say("Kind"), *(say(name) for name in PIPELINE.values()))
    columns = (
        say("Kind"),
        say("In force"),
        say("Verified"),
        say("Described"),
        say("Claimed only"),
    )
    return Section(
        "anchors",
        say("What is in force"),
        figures=_three_numbers(reading, in_force),
        tables=(
            Table("anchors", say("In force"), columns, kinds),
            Table("pipeline", say("In preparation"), coming_columns, statuses),
            *_seen(reading),
        ),
        notes=(notes,) if law_alone else (),
    )


def _seen(reading: ReportFacts) -> tuple[Table, ...]:
    """Return what the office has verified, with who and when: for the office only."""
    say, seen = reading.say, records(reading.frames.verifications)
    if not seen:
        return ()
    kinds = {kind: say(name) for kind, name in KIND_NAMES.items()}
    columns = (say("Administration"), say("Kind"), say("Seen by"), say("Seen on"), say("What"))
    rows = tuple(
        (
            reading.name_of(one["administration_code"]),
            kinds[kind_of(one["anchor"])],
            str(one["verified_by"]),
            f"{one['verified_at']:%Y-%m-%d}",
            str(one["how"]),
        )
        for one in seen
    )
    return (Table("seen", say("Verified by the office"), columns, rows),)


def _coming(coming: dict[tuple[str, str], str], kind: str, status: str) -> int:
    return sum(k == kind and s == status for (_, k), s in coming.items())


def _three_numbers(
    reading: ReportFacts, in_force: dict[tuple[str, str], Grade]
) -> tuple[Figure, ...]:
    """Return administrations with an anchor in force: all, described or verified, verified only."""
    say, base, total = reading.say, len(reading.known), len(reading.places)
    labels = (say("verified"), say("described or verified"), say("all that is claimed"))
    keys = ("anchored_verified", "anchored_described", "anchored_all")
    counts = [
        len({place for (place, _), g in in_force.items() if g >= grade} & set(reading.known))
        for grade in _HIGHEST_FIRST
    ]
    shares = [Share(count, base, total, people=reading.by_person) for count in counts]
    return figures(reading, tuple(zip(keys, labels, shares, strict=True)))
