"""What only the one page asks for: how sure its finding is, and what the office does next, by rule."""

from collections.abc import Iterator

from analysis.findings.figure_words import not_asked
from analysis.findings.headlines import headline
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.units import Told
from analysis.measures.place_outcomes import PlaceState
from analysis.measures.vocabulary import NO_OBSTACLE
from analysis.model import Cell, Section, Table
from surveys.wording import N_, Words, sentences

ORGANISER = N_("Organiser")
MANAGER = N_("Programme manager")
MISSING = (PlaceState.SILENT, PlaceState.NOT_REACHABLE)
Step = tuple[int, str, str]


def one_mark(reading: ReportFacts) -> str:
    """Return what one mark of the stage picture stands for."""
    if reading.by_person:
        return reading.say("One mark is one person.")
    return reading.say("One mark is one delegation.")


def next_steps(reading: ReportFacts) -> Section:
    """Return what follows from the answers for the office; readers outside are told nothing of it."""
    say = reading.say
    heading = say("What the office does next")
    rows: tuple[tuple[Cell, ...], ...] = () if reading.outside else tuple(_steps(reading))
    columns = (_unit(reading), say("What to do"), say("Who"))
    table = Table("next", heading, columns, rows)
    return Section("next", heading, tables=(table,) if rows else ())


def _unit(reading: ReportFacts) -> str:
    return reading.say("People") if reading.by_person else reading.say("Delegations")


def _steps(reading: ReportFacts) -> Iterator[Step]:
    """Yield a step for each rule that applies: its count, what to do, and who."""
    say = reading.say
    found = (
        (_asking(reading), N_("Asked for help: decide who gets what, and when."), MANAGER),
        (_missing(reading), N_("Did not reply: call their contact points."), ORGANISER),
        (
            _claimed(reading),
            N_("Claimed something in force: ask for its title or document."),
            ORGANISER,
        ),
    )
    for count, words, who in found:
        if count:
            yield count, say(words), say(who)


def _asking(reading: ReportFacts) -> int:
    """Return how many delegations (people) have somebody who asked for help after 3 months."""
    return sum(
        any(_wants(seat.told["M3"]) for seat in unit.members if "M3" in seat.told)
        for unit in reading.units
    )


def _wants(told: Told) -> bool:
    return bool(told.codes("help") - {NO_OBSTACLE})


def _missing(reading: ReportFacts) -> int:
    return sum(reading.unit_states[state] for state in MISSING)


def _claimed(reading: ReportFacts) -> int:
    return 0 if not_asked(reading, "embedded") else reading.outcome.grades[Evidence.CLAIMED]


def sure(reading: ReportFacts) -> Section:
    """Return how far the finding can be trusted, in three lines."""
    return Section("sure", reading.say("How sure is this?"), notes=tuple(_sure(reading)))


def _sure(reading: ReportFacts) -> Iterator[str]:
    say = reading.say
    figure = headline(reading, "embedded")
    if figure.base:
        yield sentences((_figure(figure.label, figure.text, say), *_bounds(reading)))
    yield sentences(
        (
            say(
                "People report this about themselves. Nothing was measured, and there is "
                "no comparison group."
            ),
            say("The workshop contributed to what is reported; other things did too."),
        )
    )


def _figure(label: str, text: str, say: Words) -> str:
    return say("{label}: {value}.", label=label[:1].upper() + label[1:], value=text)


def _bounds(reading: ReportFacts) -> tuple[str, ...]:
    if reading.outside:
        return ()
    return (
        reading.say(
            "At most: if all who are silent or do not know had said yes, and all that is disputed "
            "were true."
        ),
    )
