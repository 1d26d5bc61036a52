"""Build a comparison for the office: waves of a workshop, workshops, or fiscal years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from analysis.facts.frames import load
from analysis.figures import Figure, counted
from analysis.findings.comparable import Compared
from analysis.findings.figure_words import workshops_of
from analysis.findings.reading import read
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.units import SO_FAR
from analysis.measures.outcomes import WaveOutcome
from analysis.measures.vocabulary import WAVES, labels
from analysis.model import Cell, Chapter, Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.stamps import cover_stamps, foot, mark
from analysis.sections.comparison import (
    WAVE_BY_WAVE,
    after,
    compared_of,
    comparison,
    shares,
    waves_of,
)
from analysis.sections.fieldwork import of_administrations
from analysis.wording import ReportWords
from surveys.days import moment_text, span_text
from surveys.wording import N_, Words, sentences

LAYOUT = "comparison"


class Way(StrEnum):
    """What is compared."""

    WAVES = "waves"
    WORKSHOPS = "workshops"
    YEARS = "years"


UNITS = {
    Way.WAVES: N_("Wave"),
    Way.WORKSHOPS: N_("Workshop"),
    Way.YEARS: N_("Fiscal year"),
}

NOTHING = N_("Nobody has answered a follow-up yet, so there is nothing to compare.")


@dataclass(frozen=True)
class Beside:
    """What stands beside each other: the workshops of each thing by its name.

    Of `waves` there is one thing, the workshop whose waves they are.
    """

    way: Way
    workshops: Mapping[str, Sequence[str]]


def build_comparison(
    connection: Connection, beside: Beside, cut_off: datetime, wishes: Wishes
) -> Report:
    """Return the comparison with the facts up to `cut_off` (aware UTC)."""
    say = ReportWords(wishes.language)
    readings = _read(connection, beside, cut_off, wishes.language)
    parts = _parts(beside.way, readings)
    more = say(WAVE_BY_WAVE) if beside.way is Way.WAVES else ""
    waves = beside.way is Way.WAVES
    listed = _replies(readings) if waves else _compared(beside, readings, say)
    drawn = comparison(say(UNITS[beside.way]), parts, say, more)
    notice = "" if any(one.of(*SO_FAR) for one in readings.values()) else say(NOTHING)
    sections = (listed,) if notice else (drawn, listed)
    return Report(
        title=_title(beside, readings, say),
        subtitle=say.listed(readings),
        written=say("Answers until {when} UTC", when=_when(cut_off, say)),
        cut_off=cut_off,
        language=say.language,
        notice=notice,
        in_short=tuple(filter(None, (drawn.tables[0].finding,))),
        sections=sections,
        method=_method(say),
        footer=foot(wishes, "", say),
        chapters=tuple(
            Chapter(str(number), one.heading, (one.key,))
            for number, one in enumerate(sections, start=1)
        ),
        cover=tuple((label, text) for label, text in cover_stamps(wishes, say) if text),
        labels=labels(say),
        workshops=tuple(code for codes in beside.workshops.values() for code in codes),
        mark=mark(wishes, say),
        office=wishes.office,
        layout=LAYOUT,
    )


def _read(
    connection: Connection, beside: Beside, cut_off: datetime, language: str
) -> dict[str, ReportFacts]:
    """Return what is known of each thing, in the order of their days."""
    found = {
        name: read(load(connection, list(codes)), cut_off, language)
        for name, codes in beside.workshops.items()
    }
    return dict(sorted(found.items(), key=lambda one: _days(one[1])))


def _days(reading: ReportFacts) -> tuple[date, date]:
    """Return the first and the last day of some workshops."""
    held = reading.workshop_rows
    return min(one["starts_on"] for one in held), max(one["ends_on"] for one in held)


def _when(moment: datetime, say: Words) -> str:
    return moment_text(moment.astimezone(UTC), say.language)


def _parts(way: Way, readings: Mapping[str, ReportFacts]) -> list[Compared]:
    if way is Way.WAVES:
        return [part for reading in readings.values() for part in waves_of(reading)]
    return [compared_of(name, reading) for name, reading in readings.items()]


def _title(beside: Beside, readings: Mapping[str, ReportFacts], say: Words) -> str:
    if beside.way is Way.WAVES:
        (reading,) = readings.values()
        return say("{workshop}: wave by wave", workshop=workshops_of(reading))
    if beside.way is Way.YEARS:
        return say("{years}: fiscal years beside each other", years=say.listed(readings))
    return say("{number} workshops beside each other", number=str(len(readings)))


def _compared(beside: Beside, readings: Mapping[str, ReportFacts], say: Words) -> Section:
    """Return what is compared: its workshops and days, what is counted, and how many replied."""
    unit = say(UNITS[beside.way])
    columns = (unit, say("Workshops"), say("Days"), say("Counted"), say("Wave"))
    rows = tuple((name, *_about(reading)) for name, reading in readings.items())
    listed = Table("compared", say("What is compared"), columns, rows)
    heading = say("What is compared")
    tables = (_with_a_reply(unit, readings, say), listed)
    return Section("compared", heading, tables=tables)


def _about(reading: ReportFacts) -> tuple[Cell, ...]:
    say = reading.say
    days = span_text(*_days(reading), say.language)
    unit = say("People") if reading.by_person else say("Delegations")
    waves = (say(WAVES[wave]) for wave in WAVES if wave in reading.moments.values())
    number = str(len(reading.units))
    return workshops_of(reading), days, unit + say.colon + number, say.listed(waves)


def _with_a_reply(unit: str, readings: Mapping[str, ReportFacts], say: Words) -> Table:
    """Return how many of what is counted replied, as a picture of shares."""
    heading = say("With a reply")
    parts = [_replied(name, reading, heading) for name, reading in readings.items()]
    return shares("with_a_reply", heading, (unit, heading, say("In all")), parts, say)


def _replied(name: str, reading: ReportFacts, heading: str) -> Compared:
    line = reading.outcome.headlines["tried"]
    total = line.bounds.total
    text = counted(line.replied, total, reading.say)
    figure = Figure("with_a_reply", heading, text, line.replied, total)
    moment = after(reading)
    return Compared(name, {figure.key: figure}, moment=moment, by_person=reading.by_person)


def _replies(readings: Mapping[str, ReportFacts]) -> Section:
    """Return how many were asked in each wave of a workshop, and how many replied."""
    (reading,) = readings.values()
    say, waves = reading.say, [one for one in reading.fieldwork if one.rates.rr2.base]
    parts = [_replied_in(one, say) for one in waves]
    columns = (say("Wave"), say("Replied"), say("Asked"))
    notes = (
        say("The share is RR2: complete and partial responses of all asked."),
        of_administrations(waves, say),
    )
    table = shares("replies", say("Replied"), columns, parts, say)
    told = replace(table, note=sentences(notes))
    return Section("replies", say("Response by wave"), tables=(told,))


def _replied_in(wave: WaveOutcome, say: Words) -> Compared:
    rate, name = wave.rates.rr2, say(WAVES.get(wave.wave, wave.wave))
    figure = Figure("replies", name, counted(rate.part, rate.base, say), rate.part, rate.base)
    return Compared(name, {figure.key: figure})


def _method(say: Words) -> tuple[str, ...]:
    return (
        say(
            "People report this about themselves. Nothing was measured, and there is "
            "no comparison group."
        ),
        say(
            "At most: if all who are silent or do not know had said yes, and all that is disputed "
            "were true."
        ),
    )
