"""What is in force, by kind and evidence, and what is on its way; no open answers, no names."""

from collections import Counter

from analysis.facts.responses import records
from analysis.findings.figure_words import not_asked
from analysis.findings.report_facts import ReportFacts
from analysis.measures.anchor_statuses import CODES
from analysis.measures.delegations.anchors import Anchor, Standing
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.vocabulary import GRADES, KINDS, PIPELINE
from analysis.model import Cell, Section, Table
from analysis.sections import outside_practice
from analysis.sections.practice import BEST_FIRST, unit_of
from surveys.wording import N_

BESIDES = (
    ("paper_only", N_("On paper only: embedded, and nobody says that it is used")),
    ("stood_before", N_("Embedded, and something of the kind stood there before")),
    ("before_not_asked", N_("Embedded, and before: not asked")),
    ("was_there_before", N_("There before, not changed")),
    ("since_not_asked", N_("In force, since when: not asked")),
)
"""The counts beside embedded. The last two are in no headline."""


Kinds = dict[str, list[Anchor]]
"""The anchors of all units, by kind."""


def anchors(reading: ReportFacts) -> Section:
    """Return what is in force, by kind and evidence; what is planned is separate."""
    if reading.outside:
        return outside_practice.anchors(reading)
    say = reading.say
    heading = say("What is in force, new or changed since the workshop")
    if not_asked(reading, "embedded"):
        return Section(
            "anchors", heading, notes=(say("What is in force is asked after 6 months."),)
        )
    found = _by_kind(reading)
    tables = (
        _in_force(reading, found),
        _coming(reading, found),
        _other(reading, found),
        _beside(reading),
        *_seen(reading),
    )
    return Section("anchors", heading, tables=tables)


def _in_force(reading: ReportFacts, found: Kinds) -> Table:
    """Return what is new or changed, by its evidence."""
    say = reading.say
    columns = (
        say("Kind"),
        say("New or changed"),
        *(say(GRADES[grade]).capitalize() for grade in BEST_FIRST),
    )
    rows = tuple((say(KINDS[kind]), *_graded(found[kind])) for kind in CODES)
    note = say("A law counts as embedded only together with a procedure.")
    return Table("anchors", say("In force"), columns, rows, note if found["law"] else "")


def _other(reading: ReportFacts, found: Kinds) -> Table:
    """Return what is in force or claimed, and counts in no headline."""
    say = reading.say
    standings = (Standing.DISPUTED, Standing.BEFORE, Standing.SINCE_NOT_ASKED)
    rows: list[tuple[Cell, ...]] = []
    for kind in CODES:
        standing = Counter(one.standing for one in found[kind])
        rows.append((say(KINDS[kind]), *(standing[one] for one in standings)))
    columns = (
        say("Kind"),
        say("Disputed"),
        say("There before, not changed"),
        say("Since when: not asked"),
    )
    return Table("not_counted", say("In no figure"), columns, tuple(rows))


def _by_kind(reading: ReportFacts) -> Kinds:
    """Return what is known of each kind, once for each unit."""
    found: Kinds = {kind: [] for kind in CODES}
    for formal in reading.outcome.formal.values():
        for one in formal.anchors:
            found[one.kind].append(one)
    return found


def _graded(found: list[Anchor]) -> tuple[Cell, ...]:
    grades = Counter(
        one.evidence or Evidence.CLAIMED for one in found if one.standing is Standing.FRESH
    )
    return (grades.total(), *(grades[grade] for grade in BEST_FIRST))


def _coming(reading: ReportFacts, found: Kinds) -> Table:
    say = reading.say
    rows: list[tuple[Cell, ...]] = []
    for kind in CODES:
        far = Counter(one.status for one in found[kind] if one.standing is Standing.COMING)
        rows.append((say(KINDS[kind]), *(far[status] for status in PIPELINE)))
    columns = (say("Kind"), *(say(name) for name in PIPELINE.values()))
    return Table("pipeline", say("In preparation"), columns, tuple(rows))


def _beside(reading: ReportFacts) -> Table:
    say, found = reading.say, reading.outcome
    rows = tuple((say(label), int(getattr(found, name))) for name, label in BESIDES)
    heading = say("Beside what is embedded")
    return Table("beside", heading, (heading, unit_of(reading)), rows)


def _seen(reading: ReportFacts) -> tuple[Table, ...]:
    """Return what the office has verified, with who and when: for the office only."""
    say, seen = reading.say, records(reading.frames.verifications)
    if not seen:
        return ()
    names = {kind: say(name) for kind, name in KINDS.items()}
    columns = (say("Administration"), say("Kind"), say("Seen by"), say("Seen on"), say("What"))
    rows = tuple(
        (
            reading.name_of(one["administration_code"]),
            names[one["anchor"]],
            str(one["verified_by"]),
            f"{one['verified_at']:%Y-%m-%d}",
            str(one["how"]),
        )
        for one in seen
    )
    return (Table("seen", say("Verified by the office"), columns, rows),)
