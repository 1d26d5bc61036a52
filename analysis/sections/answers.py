"""What participants reported of effects, projects and obstacles. Each person counts once."""

from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import latest_by_person
from analysis.findings.report_facts import ReportFacts
from analysis.measures.tallies import Tally
from analysis.measures.vocabulary import NO_OBSTACLE, OTHER, WHO_CAN_REMOVE
from analysis.model import Cell, Section, Table
from analysis.sections.tallies import (
    GROUPED,
    base_note,
    cells,
    crossed,
    nothing_shown,
    people_cells,
    people_shown,
    tally_table,
    too_few,
)

LATER = ("M6", "M12")


def effects(reading: ReportFacts) -> Section:
    """Return the section on effects, how they are known, and the share of the workshop in them."""
    say = reading.say
    found = reading.tally("effects", *LATER)
    items = (
        ("effects", say("Effects reported")),
        ("effect_source", say("Source of information about effects")),
        ("contribution", say("How much the workshop contributed")),
    )
    others = tally_table(
        "other_causes", say("What else helped"), reading.tally("other_causes", "M6"), reading
    )
    tables = [
        tally_table(item, heading, reading.tally(item, *LATER), reading) for item, heading in items
    ]
    return Section(
        "effects",
        say("Effects to which the workshop contributed"),
        tables=(*tables, crossed(_by_source(reading, found), reading), others),
    )


def _by_source(reading: ReportFacts, found: Tally) -> Table:
    """Return each effect by how the people who report it know of it; no statement is a record."""
    say = reading.say
    sources = reading.tally("effect_source", *LATER).counts
    columns = (say("Effect"), *(source.label for source in sources), say("Not stated"))
    heading = say("Effects, by source of information")
    if found.base < SMALLEST or not sources:
        return Table("effects_by_source", heading, columns, (), note=too_few(say))
    told = latest_by_person(reading.of(*LATER), "effects")
    rows = []
    for effect in found.counts:
        here = [r for r in told if effect.code in r.codes("effects")]
        known = [sum(r.values.get("effect_source") == s.code for r in here) for s in sources]
        if effect.code != NO_OBSTACLE:
            counts = (*known, len(here) - sum(known))
            total = effect.code not in found.hidden
            rows.append((effect.label, *cells(counts, reading, total)))
    return Table("effects_by_source", heading, columns, tuple(rows))


def projects(reading: ReportFacts) -> Section:
    """Return modernisation projects by their state."""
    say = reading.say
    found = reading.tally("project", *LATER)
    return Section(
        "projects",
        say("Modernisation projects"),
        tables=(tally_table("project", say("Modernisation projects"), found, reading),),
    )


def obstacles(reading: ReportFacts) -> Section:
    """Return obstacles by who can remove them; what contact points and supervisors name."""
    say = reading.say
    own = reading.tally("obstacles", "M3", "M6")
    chiefs = reading.tally("obstacles", "SUP6", "SUP12", role="supervisor")
    points = reading.tally("obstacles", "NCP12", role="contact_point")
    return Section(
        "obstacles",
        say("Obstacles, by who can remove them"),
        tables=(
            _by_remover("obstacles", say("What makes it difficult"), own, reading),
            _by_remover("obstacles_chiefs", say("What supervisors name"), chiefs, reading),
            _by_remover("obstacles_points", say("What contact points name"), points, reading),
        ),
    )


def _by_remover(key: str, heading: str, found: Tally, reading: ReportFacts) -> Table:
    say = reading.say
    columns = (
        say("Who can remove it"),
        say("Obstacle"),
        say("People"),
        say("Of those who answered"),
    )
    if found.base < SMALLEST:
        return Table(key, heading, columns, (), note=nothing_shown(found, reading), chart=GROUPED)
    note = base_note(found, reading)
    return Table(key, heading, columns, tuple(_grouped(found, reading)), note=note, chart=GROUPED)


def _grouped(found: Tally, reading: ReportFacts) -> list[tuple[Cell, ...]]:
    """Return rows of all obstacles, most named first in each group; "no obstacle" is last."""
    say = reading.say
    placed = {code for codes in WHO_CAN_REMOVE.values() for code in codes}
    others = tuple(c.code for c in found.counts if c.code not in (*placed, NO_OBSTACLE))
    rows: list[tuple[Cell, ...]] = []
    cells = {
        count.code: (count.label, *people_cells(people, found.base, say))
        for count, people in zip(found.counts, people_shown(found), strict=True)
    }
    # The order must not reveal hidden counts, so they keep the order of the list.
    order = sorted(cells, key=lambda code: -n if isinstance(n := cells[code][1], int) else 0)
    for who, codes in {**WHO_CAN_REMOVE, OTHER: others}.items():
        rows += [(say(who), *cells[code]) for code in order if code in codes]
    return [*rows, *(("–", *cells[code]) for code in order if code == NO_OBSTACLE)]
