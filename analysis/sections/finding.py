"""The sentences over the pictures that are no tallies: stages, moves, anchors and replies."""

from collections.abc import Callable
from dataclasses import replace

from analysis.figures import counted
from analysis.findings.figure_words import workshops_in
from analysis.findings.headlines import in_short
from analysis.findings.report_facts import ReportFacts
from analysis.measures.vocabulary import WAVES
from analysis.model import Section, Table
from analysis.sections.most_often import named_most, sentence


def with_finding(section: Section, reading: ReportFacts) -> Section:
    """Return a section whose first table has its sentence."""
    find = FINDINGS.get(section.key)
    if find is None or not section.tables:
        return section
    first, *others = section.tables
    return replace(section, tables=(find(section, first, reading), *others))


def _stages(section: Section, table: Table, reading: ReportFacts) -> Table:
    """The sentence on what is embedded, which the headlines have too."""
    return replace(table, finding=in_short(reading)[0])


def _moves(section: Section, table: Table, reading: ReportFacts) -> Table:
    """The last comparison of the same administrations."""
    if not table.rows:
        return table
    between, up, same, down, _, verdict = table.rows[-1]
    if not all(isinstance(one, int) for one in (up, same, down)):
        return table
    values = {"up": str(up), "same": str(same), "down": str(down)}
    told = reading.say("{up} up, {same} the same, {down} down", **values)
    words = reading.say.semicolon.join((told, str(verdict)))
    return replace(table, finding=sentence(str(between), words, reading.say))


def _paired(section: Section, table: Table, reading: ReportFacts) -> Table:
    """The comparison with the most people, of those that may be told."""
    told = [row for row in table.rows if all(isinstance(one, int) for one in row[1:5])]
    if not told:
        return table
    label, up, same, down, _, verdict = max(told, key=lambda row: int(row[4]))
    values = {"up": str(up), "same": str(same), "down": str(down)}
    counts = reading.say("{up} up, {same} the same, {down} down", **values)
    words = reading.say.semicolon.join((counts, str(verdict)))
    return replace(table, finding=sentence(str(label), words, reading.say))


def _anchors(section: Section, table: Table, reading: ReportFacts) -> Table:
    """The kinds that most administrations have in force; '' where one is hidden."""
    counts = {str(row[0]): row[1] for row in table.rows}
    known = [one for one in counts.values() if isinstance(one, int)]
    most = max(known, default=0)
    if len(known) < len(counts) or not most:
        return table
    labels = tuple(label for label, count in counts.items() if count == most)
    base = table.base or len(reading.units)
    told = named_most(labels, counted(most, base, reading.say), reading.say)
    return replace(table, finding=sentence(table.heading, told, reading.say), most=labels)


def _stage_table(section: Section, table: Table, reading: ReportFacts) -> Table:
    """How many administrations are named, which else stands below the rows."""
    return replace(table, finding=table.note, note="") if table.rows else table


def _replied(section: Section, table: Table, reading: ReportFacts) -> Table:
    """Who replied in the last wave of participants."""
    last = next((wave for wave in reversed(WAVES) if wave in set(reading.waves.values())), "")
    figure = next((one for one in section.figures if one.key == f"response_{last}"), None)
    if figure is None or not figure.base:
        return table
    told = reading.say("Replied, {wave}: {share}", wave=figure.label, share=figure.text)
    asked = workshops_in(reading, last)
    if asked == len({one.workshop for one in reading.units}):
        return replace(table, finding=told)
    where = reading.say("{number} workshops", number=str(asked))
    return replace(table, finding=reading.say.comma.join((told, where)))


FINDINGS: dict[str, Callable[[Section, Table, ReportFacts], Table]] = {
    "stages": _stages,
    "moves": _moves,
    "anchors": _anchors,
    "stage_table": _stage_table,
    "improvement": _paired,
    "fieldwork": _replied,
}
