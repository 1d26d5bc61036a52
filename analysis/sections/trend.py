"""The headlines of a fiscal year beside those of the years before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.facts.frames import Frames
from analysis.figures import Figure
from analysis.findings.comparable import OTHERWISE, Compared, alike, asked_in, unit_words
from analysis.findings.headlines import headlines
from analysis.findings.report_facts import ReportFacts
from analysis.model import Cell, Report, Section, Table
from analysis.sections.comparison import multiples
from analysis.sections.groups import cell_of, heads
from analysis.wording import ReportWords
from surveys.planning.fiscal_year import FiscalYear

STAGES = "stages"
"""The table of the figures."""


@dataclass(frozen=True)
class EarlierYear:
    """The headlines of an earlier year, as its own report told them, and its workshops.

    `by_person`: its report counted people in place of delegations.
    """

    year: FiscalYear
    figures: Sequence[Figure] = field(default=())
    workshops: Sequence[str] = field(default=())
    by_person: bool = False


def earlier_year(year: FiscalYear, report: Report) -> EarlierYear:
    """Return a year as its stored report told it: what it counts is the head of its figures."""
    tables = {one.key: one for section in report.sections for one in section.tables}
    heads_of_figures = tables[STAGES].columns if STAGES in tables else ()
    by_person = ReportWords(report.language)("People") in heads_of_figures
    return EarlierYear(year, report.headlines, report.workshops, by_person)


def trend(
    reading: ReportFacts, year: FiscalYear, earlier: Iterable[EarlierYear], everything: Frames
) -> Section:
    """Return one row for each year; nothing without an earlier year whose report was made."""
    say, before = reading.say, list(earlier)
    now = headlines(reading)
    codes = [str(code) for code in reading.frames.workshops["code"]]
    parts = [
        _part(one, everything, reading)
        for one in (*before, EarlierYear(year, now, codes, reading.by_person))
    ]
    *then, own = parts
    rows = [_row(part, own, reading) for part in then]
    cells = (cell_of(one, one, say) for one in now)
    note = say(
        "Earlier years as their own reports told them. Years differ in workshops and people."
    )
    columns = (say("Fiscal year"), *heads(now, say))
    told = (*rows, (_named(own, reading), *cells))
    table = Table("trend", say("Fiscal year"), columns, told, note=note)
    drawn = multiples(say("The six figures"), say("Fiscal year"), parts, say)
    tables = (drawn, table) if rows else ()
    return Section("trend", say("Over the fiscal years"), tables=tables)


def _part(one: EarlierYear, everything: Frames, reading: ReportFacts) -> Compared:
    """Return a year as it is compared."""
    return Compared(
        one.year.name,
        {figure.key: figure for figure in one.figures},
        moment=_moment(one.figures, reading),
        by_person=one.by_person,
        asked=asked_in(everything, one.workshops),
    )


def _row(then: Compared, own: Compared, reading: ReportFacts) -> tuple[Cell, ...]:
    """Return the figures of an earlier year below the heads of this one."""
    cells = (_cell(key, then, own, reading) for key in own.figures)
    return (_named(then, reading), *cells)


def _cell(key: str, then: Compared, own: Compared, reading: ReportFacts) -> str:
    """Return a figure of an earlier year, and what it counts if that is not what is counted now."""
    say, figure = reading.say, then.figures.get(key)
    if not alike(key, own.asked, then.asked):
        return say(OTHERWISE)
    if figure is None:
        return "–"
    other = figure.base and then.by_person != own.by_person
    unit = unit_words(say, by_person=then.by_person) if other else ""
    return say.semicolon.join(filter(None, (cell_of(figure, own.figures[key], say), unit)))


def _named(one: Compared, reading: ReportFacts) -> str:
    """Return the name of a year, and the moment of its figures."""
    return reading.say.comma.join(filter(None, (one.name, one.moment)))


def _moment(figures: Sequence[Figure], reading: ReportFacts) -> str:
    """Return the moment of figures as the label of the first one says it."""
    label = next((one.label for one in figures), "")
    return label.partition(reading.say.comma)[2]
