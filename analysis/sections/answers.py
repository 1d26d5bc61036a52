"""What participants reported of effects, projects and obstacles. Each person counts once."""

from collections import Counter
from dataclasses import replace

from analysis.facts.responses import latest_by_person
from analysis.figures import counted
from analysis.findings.printed_rows import PrintedRow, PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.measures.vocabulary import NO_OBSTACLE, OTHER, WHO_CAN_REMOVE
from analysis.model import Cell, Section, Table
from analysis.sections.most_often import most_often, sentence
from analysis.sections.tallies import (
    GROUPED,
    NOT_ASKED,
    chart_of,
    full_note,
    nothing_shown,
    printed_row,
    share_head,
    tally_table,
)

LATER = ("M6", "M12")
HALF = ("half", "most")
"""The steps of the contribution that are half of it or more."""
UNWANTED = frozenset(("slower", "unwanted"))
"""The effects that nobody wanted: they are no result, and are told apart."""


def effects(reading: ReportFacts) -> Section:
    """Return the section on effects, how they are known, and the share of the workshop in them."""
    say = reading.say
    found = reading.rows("effects", *LATER)
    told = reading.rows("effect_source", *LATER)
    sources = tally_table(
        "effect_source", say("Source of information about effects"), told, reading
    )
    contribution = reading.rows("contribution", *LATER)
    return Section(
        "effects",
        say("Effects reported"),
        tables=(
            tally_table("effects", say("Effects reported"), _part(found, wanted=True), reading),
            _unwanted(found, reading),
            sources,
            _contributed(contribution, reading),
            *(() if reading.outside else (_by_source(reading, found),)),
            *_other_causes(reading),
        ),
    )


def _contributed(found: PrintedRows, reading: ReportFacts) -> Table:
    """Return how much the workshop contributed; its sentence says who says half of it or more."""
    say, heading = reading.say, reading.say("How much the workshop contributed")
    table, people = tally_table("contribution", heading, found, reading), found.people(HALF)
    if people is None or not found.rows:
        return table
    told = say("half of it or more, {share}", share=counted(people, found.base, say))
    return replace(table, finding=sentence(heading, told, say), most=())


def _unwanted(found: PrintedRows, reading: ReportFacts) -> Table:
    """Return what got worse, apart from the effects that were wanted."""
    part = _part(found, wanted=False)
    heading = reading.say("Unwanted effects")
    if found.rows and not part.rows:
        columns = (reading.say("Answer"), reading.say("People"), share_head(found, reading.say))
        return Table("unwanted_effects", heading, columns, (), note=reading.say(NOT_ASKED))
    return tally_table("unwanted_effects", heading, part, reading)


def _part(found: PrintedRows, *, wanted: bool) -> PrintedRows:
    """Return the rows of the effects that were wanted, with all that is told together; or the others."""

    def part(rows: tuple[PrintedRow, ...]) -> tuple[PrintedRow, ...]:
        return tuple(row for row in rows if ({*row.codes} <= UNWANTED) is not wanted)

    return replace(found, rows=part(found.rows), largest=part(found.largest))


def wanted_effects(reading: ReportFacts) -> tuple[int, int]:
    """Return how many people report an effect that was wanted, and of how many, for the office.

    Readers outside could take it from those who report none: who reports unwanted ones only are few.
    """
    told = [one.codes("effects") for one in latest_by_person(reading.of(*LATER), "effects")]
    answered = [codes for codes in told if codes]
    return sum(bool(codes - UNWANTED - {NO_OBSTACLE}) for codes in answered), len(answered)


def _other_causes(reading: ReportFacts) -> list[Table]:
    """Return what else helped, where an earlier version of the questionnaire asked it."""
    found = reading.rows("other_causes", "M6")
    heading = reading.say("What else helped")
    return [tally_table("other_causes", heading, found, reading)] if found.found.asked else []


def _by_source(reading: ReportFacts, found: PrintedRows) -> Table:
    """Return each effect by how the people who report it know of it; no statement is a record.

    For the office only: with the tables of both questions it would tell of a few people.
    """
    say = reading.say
    sources = reading.tally("effect_source", *LATER).counts
    columns = (say("Effect"), *(source.label for source in sources), say("Not stated"))
    heading = say("Effects, by source of information")
    if not found.rows or not sources:
        return Table("effects_by_source", heading, columns, (), note=nothing_shown(found, reading))
    told = latest_by_person(reading.of(*LATER), "effects")
    rows: list[tuple[Cell, ...]] = []
    for effect in found.rows:
        here = [r for r in told if r.codes("effects") & {*effect.codes}]
        stated = Counter(r.values.get("effect_source") for r in here)
        known = [stated[source.code] for source in sources]
        if effect.codes != (NO_OBSTACLE,) and len(effect.codes) == 1:
            rows.append((effect.label, *known, len(here) - sum(known)))
    return Table("effects_by_source", heading, columns, tuple(rows))


def projects(reading: ReportFacts) -> Section:
    """Return modernisation projects by their state."""
    say = reading.say
    found = reading.rows("project", *LATER)
    return Section(
        "projects",
        say("Modernisation projects"),
        tables=(tally_table("project", say("Progress of the projects"), found, reading),),
    )


def obstacles(reading: ReportFacts) -> Section:
    """Return obstacles by who can remove them; what contact points and supervisors name."""
    say = reading.say
    own = reading.rows("obstacles", "M3", "M6")
    chiefs = reading.rows("obstacles", "SUP6", "SUP12", role="supervisor")
    points = reading.rows("obstacles", "NCP12", role="contact_point")
    return Section(
        "obstacles",
        say("Obstacles, by who can remove them"),
        tables=(
            _by_remover("obstacles", say("What makes it difficult"), own, reading),
            _by_remover("obstacles_chiefs", say("What supervisors name"), chiefs, reading),
            _by_remover("obstacles_points", say("What contact points name"), points, reading),
        ),
    )


def _by_remover(key: str, heading: str, found: PrintedRows, reading: ReportFacts) -> Table:
    say = reading.say
    columns = (
        say("Who can remove it"),
        say("Obstacle"),
        say("People"),
        share_head(found, say),
    )
    if not found.rows:
        return Table(key, heading, columns, (), nothing_shown(found, reading), GROUPED, names=2)
    note = full_note(found, reading)
    rows = tuple(_grouped(found, reading))
    chart = chart_of(found, GROUPED)
    told = most_often(heading, found, say)
    return Table(key, heading, columns, rows, note, chart, found.base, *told, names=2)


def _grouped(found: PrintedRows, reading: ReportFacts) -> list[tuple[Cell, ...]]:
    """Return rows of all obstacles, most named first in each group; those of no group are last."""
    say = reading.say
    placed = {code for codes in WHO_CAN_REMOVE.values() for code in codes}
    alone = [row for row in found.rows if len(row.codes) == 1]
    others = tuple(row.codes[0] for row in alone if row.codes[0] not in (*placed, NO_OBSTACLE))
    # The order must not reveal hidden counts, so they keep the order of the list.
    order = sorted(alone, key=lambda row: -(row.people or 0))
    rows: list[tuple[Cell, ...]] = []
    for who, codes in {**WHO_CAN_REMOVE, OTHER: others}.items():
        rows += [
            (say(who), *printed_row(row, found.base, say))
            for row in order
            if row.codes[0] in codes
        ]
    last = [row for row in order if row.codes == (NO_OBSTACLE,)]
    together = [row for row in found.rows if len(row.codes) > 1]
    return [*rows, *(("–", *printed_row(row, found.base, say)) for row in (*last, *together))]
