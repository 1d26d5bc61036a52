"""The likely ranges of the figures, for the annex of the office's report only."""

from analysis.findings.figure_words import CLAIMED, label_of, not_asked
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.headlines import FIGURES
from analysis.model import Cell, Section, Table
from analysis.sections.practice import unit_of


def ranges(reading: ReportFacts) -> Section:
    """Return the range of each figure that is likely if the silent are like the others."""
    say = reading.say
    heading = say("Likely, if the silent are like the others")
    if reading.outside or not reading.units:
        return Section("ranges", heading, annex=True)
    rows: list[tuple[Cell, ...]] = []
    for key in FIGURES:
        if not not_asked(reading, key):
            bounds = reading.outcome.headlines[key].bounds
            rows.append((label_of(reading, key, CLAIMED), *bounds.likely, bounds.total))
    columns = (say("Figure"), say("From"), say("To"), unit_of(reading))
    note = say(
        "The exact interval of a finite group: 2.5 % at each end. The silent are often not like the "
        "others, so trust the bounds more."
    )
    table = Table("ranges", heading, columns, tuple(rows), note)
    return Section("ranges", heading, tables=(table,), annex=True)
