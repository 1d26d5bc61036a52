"""The stage of each delegation by wave: by name with permission, all others together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.disclosure.crowds import by_place
from analysis.disclosure.small_groups import named
from analysis.disclosure.stored_tables import only_of
from analysis.findings.delegation_questions import QUESTIONS
from analysis.findings.figure_words import DESCRIBED
from analysis.findings.named_beside import nameable_beside
from analysis.findings.outside_headlines import figure_told, published
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.headlines import Outcome, Unit
from analysis.measures.delegations.stages import stages
from analysis.measures.delegations.states import State
from analysis.measures.delegations.units import WITNESSED
from analysis.measures.vocabulary import GRADES, STAGES, WAVES
from analysis.model import Cell, Section, Table
from surveys.wording import Words

Known = Mapping[str, Mapping[Unit, int]]
"""The stages by wave."""


def stage_table(reading: ReportFacts) -> Section:
    """Return rows of the delegations of named administrations; the others are in the totals."""
    say = reading.say
    heading = say("Stage table by administration")
    if reading.by_person:
        note = say("Too few administrations took part, so none has a row of its own.")
        return Section("stage_table", heading, notes=(note,))
    chosen = sorted(_chosen(reading), key=reading.name_of)
    if reading.outside and not chosen:
        note = say(
            "No administration is named here. That needs permission, and must tell nothing of the "
            "others."
        )
        return Section("stage_table", heading, notes=(note,))
    units = [
        (one.workshop, one.place) for code in chosen for one in reading.units if one.place == code
    ]
    known = known_at(reading, () if reading.outside else waves_of(reading))
    columns = (
        say("Administration"),
        *(say(WAVES[wave]) for wave in known),
        *((say("Stage"),) if reading.outside else ()),
        say("Evidence"),
        say("Notes"),
    )
    note = say(
        "Administrations that agreed to be named: {named} of {total}. The others are "
        "only in the totals.",
        named=str(len(chosen)),
        total=str(len({one.place for one in reading.units})),
    )
    now = stages(reading.outcome)
    rows = tuple(_row(unit, now.get(unit), known, reading) for unit in units)
    table = Table("stage_table", heading, columns, rows, note=note)
    return Section("stage_table", heading, tables=(table,))


def _chosen(reading: ReportFacts) -> frozenset[str]:
    """Return the administrations that may be named, where it tells nothing of others."""
    if not reading.outside:
        people: dict[str, int] = {}
        for one in reading.units:
            people[one.place] = people.get(one.place, 0) + len(one.members)
        return named(people, reading.nameable)
    beside = published(reading)
    allowed = {key: beside.seen_from(key).nameable for key in beside.readings}
    # A row of its own tells what a delegation is in every figure.
    figures = [figure_told(reading, key, everywhere=True) for key in QUESTIONS]
    told = [one for one in figures if one.tables]
    if not any(one.rows for one in told):
        return frozenset()
    names = frozenset.intersection(*(nameable_beside(one, allowed) for one in told))
    for version in beside.earlier:
        names &= _named_beside(version.seen_from(version.own), names)
    return names


def _named_beside(then: ReportFacts, names: frozenset[str]) -> frozenset[str]:
    """Return who of some administrations may be named beside what an earlier version told of all."""
    for key in QUESTIONS:
        found = figure_told(then, key)
        if found.rows:
            own = replace(
                found, question=only_of(found.question, found.key), tables={found.key: found.rows}
            )
            names &= nameable_beside(own, {found.key: names}) | (
                names - by_place(own.crowd).keys()
            )
    return names


def waves_of(reading: ReportFacts) -> Sequence[str]:
    """Return the waves that ask for all that makes a stage, as far as they have opened."""
    opened = reading.frames.waves
    there = {str(key) for key in opened.loc[opened["opened_at"].notna(), "key"]}
    return [wave for wave in WITNESSED if wave in there]


def known_at(reading: ReportFacts, waves: Sequence[str]) -> Known:
    """Return the stages that are known at each of some waves."""
    return {wave: stages(reading.outcome_at(wave)) for wave in waves}


def _row(unit: Unit, now: int | None, known: Known, reading: ReportFacts) -> tuple[Cell, ...]:
    say, found = reading.say, reading.outcome
    told = [places.get(unit) for places in known.values()]
    by_wave = [stage_words(one, say) for one in told]
    last = [stage_words(now, say)] if reading.outside else []
    return (
        name_of_unit(unit, reading),
        *by_wave,
        *last,
        _evidence(found.formal[unit].evidence, reading),
        say.listed((*_flags(unit, found, reading), *_course(told, now, unit, reading))),
    )


def stage_words(stage: int | None, say: Words) -> str:
    """Return a stage with its number and its name."""
    return "–" if stage is None else f"{stage} {say(STAGES[stage])}"


def evidence_outside(best: Evidence, say: Words) -> str:
    """Return the best evidence for readers outside, without whether another person confirms it.

    Officers agree to be named, or to be seen; supervisors and contact points are one person each.
    """
    merged = best in (Evidence.DESCRIBED, Evidence.CORROBORATED)
    return say(DESCRIBED) if merged else say(GRADES[best])


def _evidence(best: Evidence | None, reading: ReportFacts) -> str:
    if best is None:
        return "–"
    return evidence_outside(best, reading.say) if reading.outside else reading.say(GRADES[best])


def name_of_unit(unit: Unit, reading: ReportFacts) -> str:
    """Return the name of an administration, with the workshop where there are several."""
    workshop, place = unit
    name = reading.name_of(place)
    return name if len(reading.moments) < 2 else name + reading.say.comma + workshop


def _course(
    told: Sequence[int | None], now: int | None, unit: Unit, reading: ReportFacts
) -> Iterator[str]:
    """Yield why a delegation has no stage though it replied, and whether it fell; for the office."""
    say = reading.say
    if reading.outside or unit not in reading.outcome.headlines["tried"].repliers:
        return
    if now is None:
        yield say("replied, stage not known")
    known = [one for one in told if one is not None]
    if len(known) > 1 and told[-1] is not None and known[-1] < known[-2]:
        yield say("lower than before")


def _flags(unit: Unit, found: Outcome, reading: ReportFacts) -> Sequence[str]:
    say = reading.say
    if unit not in found.headlines["tried"].repliers:
        return [say("no reply in the last wave")]
    embedded = found.headlines["embedded"].states[unit]
    used = found.headlines["tried"].states[unit]
    flags = (
        (embedded is State.YES and used is not State.YES, say("paper only")),
        # One supervisor or contact point can be who denies it.
        (embedded is State.DISPUTED and not reading.outside, say("Disputed")),
    )
    return [text for true, text in flags if true]
