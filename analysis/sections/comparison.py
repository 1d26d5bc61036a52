"""Figures beside each other: waves, workshops or fiscal years as small pictures with the same axis.

What is compared stands in the order of its days; nothing is ranked, and no administration is compared.
"""

from collections.abc import Iterator, Mapping, Sequence

from analysis.figures import Figure, counted, half_up
from analysis.findings.comparable import Compared, asked_at, asked_in, model_of, why_not
from analysis.findings.figure_words import DESCRIBED, grade_of, moment_words, name_of
from analysis.findings.headlines import headlines
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.headlines import FIGURES
from analysis.measures.delegations.units import SO_FAR, WITNESSED
from analysis.measures.vocabulary import FIGURES as NAMES
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from surveys.wording import N_, Words, sentences

MULTIPLES = "multiples"
NO_RANKING = N_(
    "In the order of their days: this is not a ranking. What has no bar is not compared, and says why."
)
RULE = N_(
    "Compared are shares of 10 or more, of the same question at the same moment, of delegations "
    "or of people. The pale part: at most."
)
WAVE_BY_WAVE = N_(
    "“Shared” and “accepted” add up from wave to wave; the others are as told in the wave."
)
LATER = ("routine", "embedded")
"""What is asked from six months on."""


def compared_of(name: str, reading: ReportFacts) -> Compared:
    """Return the six figures of some workshops, as their own report tells them."""
    found = headlines(reading)
    lines = {} if reading.outside else reading.outcome.headlines
    return Compared(
        name,
        {one.key: one for one in found},
        {key: line.bounds.at_most for key, line in lines.items()},
        after(reading),
        reading.by_person,
        asked_in(reading.frames, (str(code) for code in reading.frames.workshops["code"])),
    )


def after(reading: ReportFacts) -> str:
    """Return when the figures hold."""
    return reading.say("after {waves}", waves=moment_words(reading))


def waves_of(reading: ReportFacts) -> list[Compared]:
    """Return the figures of a workshop at each wave that has been answered, of the same units."""
    return [_wave(wave, reading) for wave in SO_FAR if reading.of(wave)]


def _wave(wave: str, reading: ReportFacts) -> Compared:
    """Return a wave as it is compared; in the report of the office claims are told apart."""
    lines, say = reading.outcome_at(wave).headlines, reading.say
    figures, most = {}, {}
    for key in FIGURES:
        bounds = lines[key].bounds
        yes = bounds.at_least_better if key == "embedded" else bounds.yes
        label = name_of(key, say(DESCRIBED) if key == "embedded" else "", say)
        figures[key] = Figure(key, label, counted(yes, bounds.total, say), yes, bounds.total)
        most[key] = bounds.at_most
        if key in LATER and wave not in WITNESSED:
            figures[key] = Figure(key, label, say("Not asked here."), 0, 0)
    asked = asked_at(reading.frames, wave)
    return Compared(say(WAVES[wave]), figures, most, by_person=reading.by_person, asked=asked)


def comparison(unit: str, parts: Sequence[Compared], say: Words, more: str = "") -> Section:
    """Return the section of one table: a small picture for each figure, a bar for each thing."""
    notes = (say(NO_RANKING), say(RULE), *((more,) if more else ()))
    table = multiples(say("The six figures"), unit, parts, say)
    return Section("comparison", say("Beside each other"), tables=(table,), notes=notes)


def multiples(heading: str, unit: str, parts: Sequence[Compared], say: Words) -> Table:
    """Return the six figures of all parts, one row for each; numbers only where they are compared.

    Readers outside are told “at least”, of which no lowest and highest share is made.
    """
    heads = (N_("Yes"), N_("At most"), N_("In all"), N_("Percent"), N_("As printed"))
    columns = (say("Figure"), unit, *(say(head) for head in heads))
    rows = tuple(row for key in NAMES for row in _rows(key, parts, say))
    inside = all(one.most for one in parts)
    found = sentences(f"{one}." for one in spans(parts, say)) if inside else ""
    return Table(MULTIPLES, heading, columns, rows, chart=MULTIPLES, finding=found, names=2)


def named(key: str, parts: Sequence[Compared], say: Words) -> str:
    """Return what a figure counts, with the grade of those that are compared."""
    model = model_of(key, parts, say)
    return name_of(key, grade_of(model.figures[key], say) if model else "", say)


def _rows(key: str, parts: Sequence[Compared], say: Words) -> Iterator[tuple[Cell, ...]]:
    name = named(key, parts, say)
    for one, reason in zip(parts, why_not(key, parts, say), strict=True):
        yield (name, one.name, *_cells(key, one, reason, say))


def _cells(key: str, one: Compared, reason: str, say: Words) -> tuple[Cell, ...]:
    figure = one.figures.get(key)
    if figure is None or reason:
        return ("", "", "", "", _told(figure, reason, say))
    share = half_up(figure.value, figure.base)
    return (figure.value, one.most.get(key, ""), figure.base, share, figure.text)


def _told(figure: Figure | None, reason: str, say: Words) -> str:
    """Return a figure that is not compared as it is printed, with the reason."""
    text = figure.text if figure else reason
    return reason if text == reason else say.semicolon.join((text, reason))


def shares(
    key: str, heading: str, columns: Sequence[str], parts: Sequence[Compared], say: Words
) -> Table:
    """Return one figure of all parts as a picture of shares; numbers only where they are compared."""
    rows = tuple(
        (one.name, *_share(one.figures[key], reason, say))
        for one, reason in zip(parts, why_not(key, parts, say), strict=True)
    )
    return Table(key, heading, (*columns, say("As printed")), rows, chart="shares")


def _share(figure: Figure, reason: str, say: Words) -> tuple[Cell, Cell, str]:
    if reason:
        return "", "", _told(figure, reason, say)
    return figure.value, figure.base, figure.text


SPANNED = ("in_regular_use", "embedded")
"""The figures whose lowest and highest share are told in a sentence."""


def spans(parts: Sequence[Compared], say: Words) -> list[str]:
    """Return in a sentence between which shares a figure lies, of those that are compared."""
    told = []
    for key in SPANNED:
        kept = [
            one.figures[key]
            for one, reason in zip(parts, why_not(key, parts, say), strict=True)
            if not reason
        ]
        if len(kept) > 1:
            told.append(_span(named(key, parts, say), kept, say))
    return told


def _span(name: str, kept: Sequence[Figure], say: Words) -> str:
    shares = sorted(half_up(one.value, one.base) for one in kept)
    values: Mapping[str, str] = {
        "low": str(shares[0]),
        "high": str(shares[-1]),
        "number": str(len(kept)),
    }
    return (
        name[:1].upper()
        + name[1:]
        + say.colon
        + say("{low} % to {high} % ({number} compared)", **values)
    )
