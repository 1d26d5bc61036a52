"""Figures and anchors for readers outside the office: only rows that rest on enough people."""

from analysis.disclosure.question import Row, Telling
from analysis.disclosure.small_groups import HIDDEN, PROTECTED
from analysis.figures import Figure, at_least_of, nearly_all
from analysis.findings.delegation_questions import pipeline_question
from analysis.findings.outside_headlines import kinds_told, outside_headlines, published
from analysis.findings.published import Told
from analysis.findings.report_facts import ReportFacts
from analysis.measures.vocabulary import KINDS
from analysis.model import Cell, Section, Table
from surveys.wording import N_, Words


def stages(reading: ReportFacts) -> Section:
    """Return the six figures, each where it may be told."""
    say = reading.say
    found = outside_headlines(reading)
    rows = tuple((one.label, one.value if one.base else one.text, one.text) for one in found)
    base = max(one.base for one in found)
    note = sentence_of_base(base, reading) if base else say(PROTECTED)
    heading = say("How far people are") if reading.by_person else say("How far delegations are")
    columns = (say("Figure"), _unit(reading), say("Of those counted"))
    chart = "bars" if base and all(_plain(one, say) for one in found) else ""
    table = Table("stages", say("The figures"), columns, rows if base else (), note, chart, base)
    return Section("stages", heading, tables=(table,))


def _plain(one: Figure, say: Words) -> bool:
    """Return whether a figure is a count or hidden, and so has a bar or none."""
    return one.base > 0 or one.text == say(HIDDEN)


def anchors(reading: ReportFacts) -> Section:
    """Return the kinds of anchors in force and in preparation."""
    say = reading.say
    coming = published(reading).of_places(pipeline_question, "pipeline")
    tables = (
        _kinds("anchors", say("In force"), kinds_told(reading), reading),
        _kinds("pipeline", say("In preparation"), coming, reading),
    )
    heading = say("What is in force, new or changed since the workshop")
    return Section("anchors", heading, tables=tables)


def _kinds(key: str, heading: str, told: Told, reading: ReportFacts) -> Table:
    say = reading.say
    rows: list[tuple[Cell, ...]] = []
    for row in told.rows:
        if len(row.codes) == 1:
            rows.append((say(KINDS[row.codes[0]]), *_cells(row, told, say)))
        else:
            rows += [(say(KINDS[code]), say(HIDDEN), say(HIDDEN)) for code in row.codes]
            if row.telling is not Telling.NOTHING:
                rows.append((say("At least one of those not shown"), *_cells(row, told, say)))
    note = _base(told, reading) if rows else say(PROTECTED)
    columns = (say("Kind"), _unit(reading), say("Of those counted"))
    nearly = any(row.telling is Telling.NEARLY_ALL for row in told.rows)
    chart = "" if nearly or not rows else "bars"
    return Table(key, heading, columns, tuple(rows), note, chart, told.base)


def _cells(row: Row, told: Told, say: Words) -> tuple[Cell, Cell]:
    if row.telling is Telling.COUNT:
        return row.units, at_least_of(row.units, told.base, say)
    text = nearly_all(told.base, say) if row.telling is Telling.NEARLY_ALL else say(HIDDEN)
    return text, text


def _unit(reading: ReportFacts) -> str:
    return reading.say("People") if reading.by_person else reading.say("Delegations")


def sentence_of_base(base: int, reading: ReportFacts) -> str:
    """Return how many units are counted, and what the others are."""
    text = N_("People who attended: {number}. The others: no, or not known.")
    if not reading.by_person:
        text = N_("Delegations that attended: {number}. The others: no, or not known.")
    return reading.say(text, number=str(base))


def _base(told: Told, reading: ReportFacts) -> str:
    text = N_("People counted: {number}. One person can report several kinds.")
    if not reading.by_person:
        text = N_("Delegations counted: {number}. One delegation can have several kinds.")
    return reading.say(text, number=str(told.base))
