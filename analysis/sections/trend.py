"""The headlines of a fiscal year beside those of the years before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.facts.frames import Frames
from analysis.figures import Figure
from analysis.findings.comparable import Asked, Compared, alike, asked_in
from analysis.findings.headlines import headlines
from analysis.findings.report_facts import ReportFacts
from analysis.model import Cell, Section, Table
from analysis.sections.comparison import multiples
from analysis.sections.groups import cell_of, heads
from surveys.planning.fiscal_year import FiscalYear


@dataclass(frozen=True)
class EarlierYear:
    """The headlines of an earlier year, as its own report told them, and its workshops."""

    year: FiscalYear
    figures: Sequence[Figure] = field(default=())
    workshops: Sequence[str] = field(default=())


def trend(
    reading: ReportFacts, year: FiscalYear, earlier: Iterable[EarlierYear], everything: Frames
) -> Section:
    """Return one row for each year; nothing without an earlier year whose report was made."""
    say, before = reading.say, list(earlier)
    now = {one.key: one for one in headlines(reading)}
    asked = asked_in(everything, [str(code) for code in reading.frames.workshops["code"]])
    rows = [_row(one, now, asked, everything, reading) for one in before]
    name = _named(year, list(now.values()), reading)
    own = (name, *(cell_of(one, reading) for one in now.values()))
    note = say(
        "Earlier years as their own reports told them. Years differ in workshops and people."
    )
    columns = (say("Fiscal year"), *heads(reading))
    table = Table("trend", say("Fiscal year"), columns, (*rows, own), note=note)
    parts = [
        *(_part(one, everything, reading) for one in before),
        Compared(year.name, now, moment=_moment([*now.values()], reading), asked=asked),
    ]
    drawn = multiples(say("The six figures"), say("Fiscal year"), parts, say)
    tables = (drawn, table) if rows else ()
    return Section("trend", say("Over the fiscal years"), tables=tables)


def _part(before: EarlierYear, everything: Frames, reading: ReportFacts) -> Compared:
    """Return an earlier year as it is compared."""
    figures = {one.key: one for one in before.figures}
    asked = asked_in(everything, before.workshops)
    moment = _moment(before.figures, reading)
    return Compared(before.year.name, figures, moment=moment, asked=asked)


def _row(
    before: EarlierYear,
    now: Mapping[str, Figure],
    asked: Asked,
    everything: Frames,
    reading: ReportFacts,
) -> tuple[Cell, ...]:
    told = {one.key: cell_of(one, reading) for one in before.figures}
    then = asked_in(everything, before.workshops)
    other = reading.say("asked otherwise")
    cells = (told.get(key, "–") if alike(key, asked, then) else other for key in now)
    return (_named(before.year, before.figures, reading), *cells)


def _named(year: FiscalYear, figures: Sequence[Figure], reading: ReportFacts) -> str:
    """Return the name of a year, and the moment of its figures."""
    return reading.say.comma.join(filter(None, (year.name, _moment(figures, reading))))


def _moment(figures: Sequence[Figure], reading: ReportFacts) -> str:
    """Return the moment of figures as the label of the first one says it."""
    label = next((one.label for one in figures), "")
    return label.partition(reading.say.comma)[2]
