"""The stage of each administration by wave: by name with permission, all others together."""

from collections.abc import Sequence

from analysis.disclosure.small_groups import named
from analysis.findings.outside_headlines import published, stages_told
from analysis.findings.published import nameable_beside
from analysis.findings.report_facts import ReportFacts
from analysis.measures.administration_stages import AdministrationStage
from analysis.measures.change import stages_by_wave
from analysis.measures.vocabulary import GRADES, WAVES
from analysis.model import Cell, Section, Table
from surveys.wording import Words


def stage_table(reading: ReportFacts) -> Section:
    """Return rows of named administrations; below them the numbers of others on each stage."""
    say = reading.say
    heading = say("Stage table by administration")
    known = stages_by_wave(reading.sets)
    if reading.by_person:
        note = say("Too few administrations took part, so none has a row of its own.")
        return Section("stage_table", heading, notes=(note,))
    if reading.outside:
        return _outside(reading, heading)
    people = {place.code: place.people for place in reading.places}
    chosen = sorted(named(people, reading.nameable), key=reading.name_of)
    columns = (
        say("Administration"),
        *(say(WAVES[wave]) for wave in known),
        say("Evidence"),
        say("Notes"),
    )
    rows = tuple(_row(code, known, reading) for code in chosen)
    note = say(
        "Administrations that agreed to be named: {named} of {total}. The others are "
        "only in the totals.",
        named=str(len(chosen)),
        total=str(len(reading.places)),
    )
    table = Table("stage_table", heading, columns, rows, note=note)
    return Section("stage_table", heading, tables=(table,))


def _outside(reading: ReportFacts, heading: str) -> Section:
    """Return the stage of administrations that may be named, where it tells nothing of others."""
    say, told = reading.say, stages_told(reading)
    allowed = {key: one.nameable for key, one in published(reading).readings.items()}
    chosen = sorted(nameable_beside(told, allowed), key=reading.name_of) if told.rows else []
    if not chosen:
        note = say(
            "No administration is named here. That needs permission, and must tell nothing of the "
            "others."
        )
        return Section("stage_table", heading, notes=(note,))
    columns = (say("Administration"), say("Stage"), say("Evidence"))
    rows = tuple(
        (reading.name_of(code), str(now.stage), say(GRADES[now.grade]))
        for code in chosen
        if (now := reading.known.get(code))
    )
    note = say(
        "Administrations that agreed to be named: {named} of {total}. The others are "
        "only in the totals.",
        named=str(len(chosen)),
        total=str(len(reading.places)),
    )
    table = Table("stage_table", heading, columns, rows, note=note)
    return Section("stage_table", heading, tables=(table,))


def _row(
    code: str, known: dict[str, dict[str, AdministrationStage]], reading: ReportFacts
) -> tuple[Cell, ...]:
    now = reading.known.get(code)
    stages = [str(places[code].stage) if code in places else "–" for places in known.values()]
    evidence = reading.say(GRADES[now.grade]) if now else "–"
    return (
        reading.name_of(code),
        *stages,
        evidence,
        reading.say.listed(_flags(now, reading.say)),
    )


def _flags(now: AdministrationStage | None, say: Words) -> Sequence[str]:
    if now is None:
        return [say("no reply in the last wave")]
    flags = (
        (now.paper_only, say("paper only")),
        (now.person_dependent, say("person-dependent")),
        (now.disputed, say("people disagree")),
    )
    return [text for true, text in flags if true]
