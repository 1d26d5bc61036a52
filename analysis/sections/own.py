"""A member's own part: its administration's stages and replies, beside the anonymous region.

The answers of single officers are never shown to their administration, only those of five
together; what is said of the administration itself needs the permission of everybody who said it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from analysis.disclosure.published_sets import ALL
from analysis.disclosure.small_groups import HIDDEN
from analysis.facts.responses import latest_by_person, records
from analysis.findings.outside_headlines import published
from analysis.findings.printed_rows import PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.measures.anchor_statuses import CODES, STANDING, statuses
from analysis.measures.delegations.anchors import Standing
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.headlines import Outcome, Unit
from analysis.measures.delegations.stages import EMBEDDED
from analysis.measures.delegations.states import State
from analysis.measures.vocabulary import KINDS, WAVES
from analysis.model import Cell, Section, Table
from analysis.sections.stage_table import (
    evidence_outside,
    known_at,
    name_of_unit,
    stage_words,
    waves_of,
)
from surveys.wording import N_

OWN_OFFICERS = N_(
    "The answers of your own officers are shown only in groups of 5 or more, or in full if every "
    "one of them has agreed."
)
NOTHING_YET = N_("There is nothing yet that may be shown of your administration alone.")
NEEDED = N_(
    "What your contact point reports as in force, and documents that the regional office has seen, are "
    "always shown: sending the title or a copy of a rule, a course or an order adds it here."
)
ASKED = (
    ("effects", ("M6", "M12")),
    ("obstacles", ("M3", "M6")),
    ("suggestion", ("M3", "M6", "M12")),
)


def own(reading: ReportFacts, administration: str) -> Section:
    """Return what an administration may see of itself, beside the region.

    Its institution's words and what the office has seen are always shown. Its officers' answers are
    shown whole if every one of them has allowed it; else only groups of five or more. How many have
    allowed it is never told.
    """
    say = reading.say
    # Not of one workshop alone: what is told of all could be compared with it.
    readings = published(reading).of_administrations
    allowed = administration in readings[ALL].open_to_own
    tables = [_institution(reading, administration)]
    places = reading.of_administrations
    if allowed and not places.by_person:
        tables += [_stages(places, administration), _anchors(places, administration)]
    for item, waves in ASKED:
        mine = _whole(reading, administration, item, waves) if allowed else None
        tables.append(_beside(reading, administration, item, waves, mine))
    shown = tuple(table for table in tables if table.rows)
    texts = (OWN_OFFICERS, NEEDED) if shown else (NOTHING_YET, OWN_OFFICERS, NEEDED)
    notes = tuple(say(text) for text in texts)
    return Section("own", reading.name_of(administration), tables=shown, notes=notes)


def _institution(reading: ReportFacts, administration: str) -> Table:
    """Return what the contact point says of the institution, and which documents the office has seen."""
    say = reading.say
    points = [
        r for r in reading.of("NCP12", role="contact_point") if r.administration == administration
    ]
    said = {
        kind for response in points for kind, how in statuses(response).items() if how in STANDING
    }
    seen = {
        str(one["anchor"])
        for one in records(reading.frames.verifications)
        if one["administration_code"] == administration
    }
    rows = tuple(
        (
            say(KINDS[kind]),
            say("in force") if kind in said else "–",
            say("document seen") if kind in seen else "–",
        )
        for kind in CODES
        if kind in said | seen
    )
    columns = (say("Kind"), say("Contact point"), say("Regional office"))
    heading = say("What is in force, by source of information")
    return Table("own_institution", heading, columns, rows)


def _whole(
    reading: ReportFacts, administration: str, item: str, waves: tuple[str, ...]
) -> dict[str, int]:
    """Return all counts of an administration whose people have all allowed it."""
    told = latest_by_person(reading.of(*waves), item)
    here = [r for r in told if r.administration == administration]
    options = [count.code for count in reading.tally(item, *waves).counts]
    return {code: sum(code in r.codes(item) for r in here) for code in options}


def _stages(reading: ReportFacts, administration: str) -> Table:
    """Return the stages of its delegations by wave."""
    say = reading.say
    known = known_at(reading, waves_of(reading))
    rows = tuple(
        (name_of_unit(unit, reading), say(WAVES[wave]), stage_words(stage, say))
        for wave, stages in known.items()
        for unit, stage in _as_officers_say(stages, reading.outcome_at(wave)).items()
        if unit[1] == administration
    )
    columns = (say("Delegation"), say("Wave"), say("Stage"))
    return Table("own_stages", say("Stage by wave"), columns, rows)


def _as_officers_say(stages: Mapping[Unit, int], found: Outcome) -> Mapping[Unit, int]:
    """Return the stages, with embedded for what is disputed: a lower one would tell of a denial."""
    disputed = (unit for unit, one in found.formal.items() if one.state is State.DISPUTED)
    return {**stages, **dict.fromkeys(disputed, EMBEDDED)}


def _anchors(reading: ReportFacts, administration: str) -> Table:
    """Return what is in force by the participants, new or changed since the workshop."""
    say = reading.say
    rows = tuple(
        (
            name_of_unit(unit, reading),
            say(KINDS[one.kind]),
            evidence_outside(one.evidence or Evidence.CLAIMED, say),
        )
        for unit, formal in reading.outcome.formal.items()
        for one in formal.anchors
        # A disputed one that is left out would tell that somebody denies it.
        if unit[1] == administration and one.standing in (Standing.FRESH, Standing.DISPUTED)
    )
    columns = (say("Delegation"), say("In force"), say("Evidence"))
    heading = say("What is in force, new or changed since the workshop")
    return Table("own_anchors", heading, columns, rows)


def _beside(
    reading: ReportFacts,
    administration: str,
    item: str,
    waves: tuple[str, ...],
    whole: dict[str, int] | None,
) -> Table:
    """Return own counts beside the region's; `whole` are all own counts where everybody allowed them."""
    say = reading.say
    region = reading.rows(item, *waves)
    mine = own_rows(reading, administration, item, waves)
    if any(one.by_person and _took_part(one, administration) for one in _others(reading)):
        # The report on its national workshop, taken away from these, would leave a few.
        mine = replace(mine, rows=())
    rows: list[tuple[Cell, ...]] = []
    for count in region.found.counts:
        code = (count.code,)
        own_people = _people(mine, code) if whole is None else whole[count.code]
        cells = (own_people, _people(region, code))
        rows.append((count.label, *(say(HIDDEN) if one is None else one for one in cells)))
    columns = (say("Answer"), say("Own people"), say("All administrations"))
    there = whole is not None or bool(mine.rows)
    return Table(f"own_{item}", region.found.label, columns, tuple(rows) if there else ())


def _others(reading: ReportFacts) -> Iterable[ReportFacts]:
    return published(reading).of_administrations.values()


def _took_part(reading: ReportFacts, administration: str) -> bool:
    people = reading.frames.enrolments
    return bool((people["administration_code"] == administration).any())


def own_rows(
    reading: ReportFacts, administration: str, item: str, waves: tuple[str, ...]
) -> PrintedRows:
    """Return the groups of five or more among an administration's own people."""
    found = reading.tally(item, *waves)
    return published(reading).rows_of_item(
        found, waves, "participant", reading.say, administration
    )


def _people(found: PrintedRows, codes: tuple[str, ...]) -> int | None:
    return next((row.people for row in found.rows if row.codes == codes), None)
