"""The fieldwork: response, dispositions, attempts, and the replies of administrations."""

from collections.abc import Iterable, Sequence

from analysis.disclosure.small_groups import HIDDEN, SMALLEST, named, shown
from analysis.figures import Figure, counted
from analysis.findings.outside_headlines import reached, replied_in, replied_text
from analysis.findings.report_facts import ReportFacts
from analysis.measures.attempts import attempts_by_outcome, failures
from analysis.measures.outcomes import WaveOutcome
from analysis.measures.place_outcomes import PlaceOutcome, PlaceState
from analysis.measures.vocabulary import (
    ATTEMPT_KINDS,
    ATTEMPT_OUTCOMES,
    DISPOSITIONS,
    FAILURES,
    PLACE_STATES,
    WAVES,
)
from analysis.model import Cell, Section, Table
from surveys.wording import N_, Words, sentences

NOBODY = N_("nobody was asked")


def fieldwork(reading: ReportFacts) -> Section:
    """Return the fieldwork per wave: asked to completed with both rates, dispositions, attempts.

    Readers outside see how many were asked and answered, and the dispositions of the others where these
    are many; the steps between and the attempts would be about a few.
    """
    say = reading.say
    waves = reading.fieldwork
    names = {wave.wave: say(WAVES.get(wave.wave, wave.wave)) for wave in waves}
    outside = reading.outside
    if outside:
        figures, table = _replies(reading, names)
        notes = _excesses(waves, names, say, outside)
        return Section("fieldwork", say("Fieldwork"), figures, (table,), notes)
    tables = (_response(reading, names), _dispositions(waves, names, say), _attempts(reading))
    return Section(
        "fieldwork",
        say("Fieldwork"),
        figures=tuple(_rate(names[wave.wave], wave, say) for wave in waves),
        tables=tables,
        notes=_excesses(waves, names, say, outside),
    )


def _replies(reading: ReportFacts, names: dict[str, str]) -> tuple[tuple[Figure, ...], Table]:
    """Return how many were asked in each wave and how many replied, as far as it may be told."""
    say = reading.say
    figures: list[Figure] = []
    rows: list[tuple[Cell, ...]] = []
    not_asked = {wave.wave for wave in reading.fieldwork if not wave.asked}
    for wave, name in names.items():
        told = replied_in(reading, wave)
        text, count = replied_text(told, say)
        base = told.base if count else 0
        if wave in not_asked:
            text = say(NOBODY)
        figures.append(Figure(f"response_{wave}", name, text, count or 0, base))
        # Who was asked in a wave of a few could be known by name.
        asked = told.base if told.base >= SMALLEST or wave in not_asked else say(HIDDEN)
        rows.append((name, asked, text if count is None else count, text))
    columns = (say("Wave"), say("Asked"), say("Replied"), say("Of those asked"))
    rate = say("The share is RR2: complete and partial responses of all asked.")
    note = sentences(
        (rate, of_administrations(reading.fieldwork, say), _fewer_workshops(reading, names))
    )
    heading = say("Response by wave")
    return tuple(figures), Table("fieldwork", heading, columns, tuple(rows), note=note)


def _fewer_workshops(reading: ReportFacts, names: dict[str, str]) -> str:
    """Return in how many workshops each wave was asked that was not asked in all."""
    say, total = reading.say, len(reading.held)
    begun = reading.frames.waves
    begun = begun[begun["opened_at"].notna() & begun["workshop_code"].isin(reading.held)]
    held = {wave: begun.loc[begun["key"] == wave, "workshop_code"].nunique() for wave in names}
    text = N_("{wave}: asked in {number} of {total} workshops.")
    return sentences(
        say(text, wave=names[wave], number=str(number), total=str(total))
        for wave, number in held.items()
        if 0 < number < total
    )


def _response(reading: ReportFacts, names: dict[str, str]) -> Table:
    say, waves = reading.say, reading.fieldwork
    columns = (
        say("Wave"),
        say("Asked"),
        say("Invited"),
        say("Without invitation"),
        say("Started"),
        say("Completed"),
        say("Completed, of those reachable"),
        say("Completed, of those asked"),
        say("Not asked"),
    )
    rows = tuple(_funnel(names[wave.wave], wave, say) for wave in waves)
    note = say("Without invitation: people who answered in the room, by telephone or on paper.")
    parts = (
        note if any(wave.uninvited for wave in waves) else "",
        say("The shares are of complete responses only. RR2 counts those partly answered too."),
        of_administrations(waves, say),
        _fewer_workshops(reading, names),
    )
    return Table("fieldwork", say("Response by wave"), columns, rows, sentences(parts))


def of_administrations(waves: Iterable[WaveOutcome], say: Words) -> str:
    """Return which waves count administrations; '' if none does."""
    told = [say(WAVES.get(one.wave, one.wave)) for one in waves if one.of_administrations]
    text = N_("{waves}: administrations are counted, not people.")
    return say(text, waves=say.listed(told)) if told else ""


def _funnel(name: str, wave: WaveOutcome, say: Words) -> tuple[Cell, ...]:
    counts = (wave.asked, wave.invited, wave.uninvited, wave.started, wave.completed)
    rates = (wave.of_reachable, wave.of_asked)
    shares = (counted(one.part, one.base, say) if one.base else say(NOBODY) for one in rates)
    return (name, *counts, *shares, wave.not_asked)


def _rate(name: str, wave: WaveOutcome, say: Words) -> Figure:
    """Return who replied, whole or in part, of all who were asked; so results are counted too."""
    rate = wave.rates.rr2
    none = say("no responses (0 of {total})", total=str(rate.base)) if rate.base else say(NOBODY)
    text = counted(rate.part, rate.base, say) if rate.part else none
    note = say("RR2, so far") if wave.rates.so_far else say("RR2")
    return Figure(f"response_{wave.wave}", name, text, rate.part, rate.base, note)


def _excesses(
    waves: tuple[WaveOutcome, ...], names: dict[str, str], say: Words, outside: bool
) -> tuple[str, ...]:
    """Return sentences on late joiners, who left after answering, earlier tables, and missed waves.

    Readers outside see missed waves only.
    """
    notes = []
    for wave in waves:
        counts = (
            (wave.joined_late, N_("{wave}: joined late, counted: {number}.")),
            (
                wave.left_after_answering,
                N_("{wave}: stopped after answering, counted: {number}."),
            ),
            (wave.imported, N_("{wave}: answered in an earlier table, counted: {number}.")),
            (int(wave.missed), N_("{wave}: missed, nobody was asked.")),
        )
        for number, text in counts[3:] if outside else counts:
            if number:
                notes.append(say(text, wave=names[wave.wave], number=str(number)))
    return tuple(notes)


def _dispositions(waves: tuple[WaveOutcome, ...], names: dict[str, str], say: Words) -> Table:
    """Return the dispositions of all cases; each row adds up to its cases."""
    rows: list[tuple[Cell, ...]] = []
    for wave in waves:
        counts = {disposition.value: number for disposition, number in wave.dispositions}
        rows.append((names[wave.wave], wave.cases, *(counts[code] for code in DISPOSITIONS)))
    columns = (say("Wave"), say("Cases"), *(say(name) for name in DISPOSITIONS.values()))
    return Table("dispositions", say("What happened to the cases"), columns, tuple(rows))


def _attempts(reading: ReportFacts) -> Table:
    say = reading.say
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (say(ATTEMPT_KINDS.get(kind, kind)), say(ATTEMPT_OUTCOMES.get(outcome, outcome)), number)
        for kind, outcome, number in attempts_by_outcome(reading.frames)
    )
    reasons = say.listed(
        (say(FAILURES.get(reason, reason)) or "-") + say.colon + str(number)
        for reason, number in failures(reading.frames)
    )
    note = say("Cases where a message failed: {reasons}.", reasons=reasons) if reasons else ""
    columns = (say("Message"), say("Outcome"), say("Number"))
    return Table("attempts", say("Contact attempts"), columns, rows, note=note)


def places(reading: ReportFacts) -> Section:
    """Return the replies of administrations: counted, and by name only with permission."""
    if reading.outside:
        return _units_outside(reading)
    say = reading.say
    unit = say("People") if reading.by_person else say("Administrations")
    heading = say("Response by administration")
    columns = (say("State"), unit)
    rows = tuple(
        (say(PLACE_STATES[state]), number)
        for state, number in _counts(reading.places)
        if number or state is not PlaceState.NOT_ASKED
    )
    tables = [Table("places", say("Response"), columns, rows)]
    if not reading.by_person:
        tables.append(_named(reading))
    return Section("places", heading, tables=tuple(tables))


def _units_outside(reading: ReportFacts) -> Section:
    """Return how many delegations (people) replied; why some did not, is told to the office only."""
    say = reading.say
    text, count = replied_text(reached(reading), say)
    unit = say("People") if reading.by_person else say("Delegations")
    row = (say("With a reply"), text if count is None else count)
    heading = say("Response")
    table = Table("places", heading, (say("State"), unit), (row,))
    return Section("places", heading, tables=(table,))


def _named(reading: ReportFacts) -> Table:
    """Return one row for each administration that may be named, and one for all the others."""
    say = reading.say
    chosen = named({place.code: place.people for place in reading.places}, reading.nameable)
    others = [place for place in reading.places if place.code not in chosen]
    groups = [
        (reading.name_of(p.code), say(PLACE_STATES[p.state]), [p])
        for p in reading.places
        if p.code in chosen
    ]
    if others:
        groups.append(
            (
                say("Others, not named: {number}", number=str(len(others))),
                _states(others, say),
                others,
            )
        )
    people = shown([sum(p.people for p in group) for _, _, group in groups])
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, state, say(HIDDEN) if count is None else count)
        for (label, state, _), count in zip(groups, people, strict=True)
    )
    columns = (say("Administration"), say("State"), say("Participants"))
    note = say("Named only with permission. Groups under 5 people are not shown.")
    return Table("named_places", say("By administration"), columns, rows, note=note, names=2)


def _states(places_of_row: list[PlaceOutcome], say: Words) -> str:
    there = ((say(PLACE_STATES[state]), n) for state, n in _counts(places_of_row) if n)
    return say.listed(f"{name}{say.colon}{count}" for name, count in there)


def _counts(found: Sequence[PlaceOutcome]) -> list[tuple[PlaceState, int]]:
    return [(state, sum(p.state is state for p in found)) for state in PlaceState]
