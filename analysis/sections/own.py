"""A member's own part: its administration's stages and replies, beside the anonymous region.

The answers of single officers are never shown to their administration, only those of five
together; what is said of the administration itself needs the permission of everybody who said it.
"""

from analysis.disclosure.small_groups import HIDDEN, SMALLEST, shown
from analysis.facts.responses import latest_by_person
from analysis.figures import counted
from analysis.findings.report_facts import ReportFacts
from analysis.measures.anchors import confirmed
from analysis.measures.change import stages_by_wave
from analysis.measures.institutionalisation import anchors_in_force
from analysis.measures.ladder import KINDS
from analysis.measures.vocabulary import GRADES, STAGES, WAVES
from analysis.measures.vocabulary import KINDS as KIND_NAMES
from analysis.model import Cell, Section, Table
from analysis.sections.tallies import people_shown

ASKED = (
    ("effects", ("M6", "M12")),
    ("obstacles", ("M3", "M6")),
    ("suggestion", ("M3", "M6", "M12")),
)


def own(reading: ReportFacts, administration: str) -> Section:
    """Return the administration's stages, anchors and, for groups, its answers beside the region's."""
    say = reading.say
    name = reading.name_of(administration)
    place = next((p for p in reading.places if p.code == administration), None)
    notes = []
    if place is not None:
        share = counted(place.replied, place.people, say)
        notes.append(say("People who replied: {share}.", share=share))
    tables: tuple[Table, ...] = ()
    if administration in reading.nameable and not reading.by_person:
        tables = (_stages(reading, administration), _anchors(reading, administration))
    else:
        notes.append(
            say("Not all administrations have agreed yet to be shown with their answers.")
        )
    answers = tuple(_beside(reading, administration, item, waves) for item, waves in ASKED)
    return Section("own", name, tables=(*tables, *answers), notes=tuple(notes))


def _stages(reading: ReportFacts, administration: str) -> Table:
    say = reading.say
    rows = tuple(
        (say(WAVES[wave]), f"{found.stage} {say(STAGES[found.stage])}", say(GRADES[found.grade]))
        for wave, places in stages_by_wave(reading.sets).items()
        if (found := places.get(administration))
    )
    return Table(
        "own_stages", say("Stage by wave"), (say("Wave"), say("Stage"), say("Evidence")), rows
    )


def _anchors(reading: ReportFacts, administration: str) -> Table:
    """Return what is in force by the participants, and what the contact point says of it."""
    say = reading.say
    found = anchors_in_force(reading.current)
    rows = tuple(
        (say(KIND_NAMES[kind]), say(GRADES[found[administration, kind]]))
        for kind in KINDS
        if (administration, kind) in found
    )
    points = [
        r for r in reading.of("NCP12", role="contact_point") if r.administration == administration
    ]
    agreed = sum(len(confirmed(response)) for response in points)
    note = say("In force according to the contact point: {number}.", number=str(agreed))
    columns = (say("In force"), say("Evidence"))
    return Table(
        "own_anchors", say("What is in force"), columns, rows, note=note if points else ""
    )


def _beside(reading: ReportFacts, administration: str, item: str, waves: tuple[str, ...]) -> Table:
    """Return own counts beside the region's; neither they nor the difference show under five people."""
    say = reading.say
    region = reading.tally(item, *waves)
    told = latest_by_person(reading.of(*waves), item)
    here = [r for r in told if r.administration == administration and r.values.get(item)]
    columns = (say("Answer"), say("Own people"), say("All administrations"))
    key = f"own_{item}"
    if len(here) < SMALLEST or region.base - len(here) < SMALLEST:
        return Table(
            key, region.label, columns, (), note=say("Own people: {hidden}.", hidden=say(HIDDEN))
        )
    rows: list[tuple[Cell, ...]] = []
    mine_of = [sum(count.code in r.codes(item) for r in here) for count in region.counts]
    shown_of = mine_of if region.several else shown(mine_of)
    for count, everybody, mine in zip(region.counts, people_shown(region), shown_of, strict=True):
        all_of_them = say(HIDDEN) if everybody is None else everybody
        if everybody is None or mine is None or min(mine, count.people - mine) < SMALLEST:
            rows.append((count.label, say(HIDDEN), all_of_them))
        else:
            rows.append((count.label, mine, all_of_them))
    return Table(key, region.label, columns, tuple(rows))
