"""What was said of the plans at the end of the workshop, beside what became of them; for the office.

A plan of few people would be told by its steps, so readers outside get the plans without them.
"""

from collections.abc import Mapping

from analysis.figures import counted
from analysis.findings.report_facts import ReportFacts
from analysis.measures.uses import FOLLOW_UPS, USES, best_use
from analysis.model import Cell, Section, Table
from analysis.sections.annex import printed

ITEMS = ("first_step", "by_when", "approval", "likelihood", "risk")


def plans(reading: ReportFacts) -> Section:
    """Return for each answer how many gave it, how many told their use later, and who uses it."""
    say = reading.say
    columns = (
        say("Question"),
        say("Answer"),
        say("Responses"),
        say("Answered later"),
        say("Use it"),
        say("Summary"),
    )
    heading = say("Plans, and use later")
    if reading.outside:
        return Section("plans", heading)
    later = _uses_later(reading)
    rows = tuple(row for item in ITEMS for row in _rows(item, later, reading))
    tables = (Table("plans", heading, columns, rows, names=2),) if rows else ()
    return Section("plans", heading, tables=tables)


def _rows(item: str, later: Mapping[int, bool], reading: ReportFacts) -> list[tuple[Cell, ...]]:
    found = reading.tally(item, "END")
    rows: list[tuple[Cell, ...]] = []
    for count in found.counts if found.base else ():
        chose = [one for one in reading.of("END") if count.code in one.codes(item)]
        uses = [later[one.enrolment_id] for one in chose if one.enrolment_id in later]
        share = counted(sum(uses), len(uses), reading.say) if uses else "–"
        label = "" if rows else printed(found.label)
        rows.append((label, count.label, len(chose), len(uses), sum(uses), share))
    return rows


def _uses_later(reading: ReportFacts) -> dict[int, bool]:
    """Return whether each enrolment uses it, by its latest word."""
    told = (one for wave in FOLLOW_UPS for one in reading.of(wave) if best_use(one))
    return {one.enrolment_id: best_use(one) in USES for one in told}
