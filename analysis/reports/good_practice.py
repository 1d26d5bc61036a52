"""The Good Practice Report on a fiscal year, for Member administrations.

It is the report on the workshops of the year, with its parts, its trend, titles and stories, what the
office recommends, and what readers look up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from analysis.disclosure.published_sets import groups_of_year, workshops_of_year
from analysis.facts.cut_offs import CutOffs
from analysis.facts.frames import Frames, load
from analysis.facts.parts import of_workshops
from analysis.findings.proposals import Proposal, proposals
from analysis.findings.reading import read, read_outside
from analysis.findings.report_facts import ReportFacts
from analysis.model import Report, Section
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import compose
from analysis.sections.conclusions import Advice, conclusions, recommendations
from analysis.sections.groups import groups
from analysis.sections.reference import abbreviations, glossary, questions
from analysis.sections.stories import stories
from analysis.sections.titles import titles
from analysis.sections.trend import EarlierYear, trend
from storage.database import NotFound
from surveys.planning.fiscal_year import FiscalYear


@dataclass(frozen=True)
class FromOffice:
    """What the office adds: its recommendations, those of the year before, and earlier reports."""

    advice: Sequence[Advice] = ()
    last_year: Sequence[Advice] = ()
    earlier: Sequence[EarlierYear] = ()


def build_good_practice(
    connection: Connection,
    year: FiscalYear,
    cut_off: datetime | CutOffs,
    wishes: Wishes,
    office: FromOffice,
) -> Report:
    """Return the report on a fiscal year. NotFound if no workshop belongs to it."""
    everything = load(connection, None)
    reading = _read(everything, year, cut_off, wishes.language)

    def more(found: ReportFacts) -> tuple[Section, ...]:
        return (
            titles(found),
            groups(found, year, groups_of_year(everything, year)),
            trend(found, year, office.earlier, everything),
            stories(found),
            conclusions(found),
            recommendations(found, office.advice, office.last_year),
            abbreviations(found, year),
            glossary(found),
            questions(found),
        )

    report = compose(reading, wishes, more)
    name = reading.say("Good Practice Report {year}", year=year.name)
    return replace(report, subtitle=reading.say.beside((name, report.subtitle)))


def proposed_for_year(
    connection: Connection, year: FiscalYear, now: datetime
) -> tuple[Proposal, ...]:
    """Return what all answers of a fiscal year propose to recommend by rule, for the office."""
    everything = load(connection, None)
    return proposals(read(of_workshops(everything, _codes(everything, year)), now))


def _codes(everything: Frames, year: FiscalYear) -> tuple[str, ...]:
    codes = workshops_of_year(everything, year)
    if not codes:
        raise NotFound(f"No confirmed workshop ended in the fiscal year {year.name}.")
    return codes


def _read(
    everything: Frames, year: FiscalYear, cut_off: datetime | CutOffs, language: str = "en"
) -> ReportFacts:
    codes = _codes(everything, year)
    reading = read_outside(everything, codes, cut_off, language, by_group=True)
    assert reading is not None  # noqa: S101 - the workshops of a year are a published set
    return reading
