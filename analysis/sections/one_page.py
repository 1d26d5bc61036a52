"""What only the one page asks for: how sure its finding is, and what the office does next."""

from collections.abc import Iterator, Sequence

from analysis.figures import Figure
from analysis.findings.headlines import headline
from analysis.findings.next_steps import RULES, applying, help_asked, worded
from analysis.findings.printed_rows import Base
from analysis.findings.report_facts import ReportFacts
from analysis.measures.asked import workshops_asked
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from analysis.sections.answers import LATER
from surveys.next_step import NextStep, State
from surveys.wording import N_, sentences

TITLED = ("in_regular_use", "embedded")
"""The figures of the title, by their keys."""
LAPSED = N_("No longer applies by rule; still told outside.")


def one_mark(reading: ReportFacts) -> str:
    """Return what a mark of the stage picture stands for, and how the figures of the title differ.

    Readers outside are told no more than their title.
    """
    say = reading.say
    person = N_("One mark is one person, at the highest stage reported.")
    delegation = N_("One mark is one delegation, at the highest stage reported.")
    mark = say(person if reading.by_person else delegation)
    return mark if reading.outside else sentences((mark, _used(reading), *_embedded(reading)))


def _used(reading: ReportFacts) -> str:
    """Return how many use it regularly, whatever their stage; '' where nobody replied."""
    line = reading.outcome.headlines["in_regular_use"]
    if not line.replied:
        return ""
    return reading.say(
        "Regular use is another question: {used} of the {base} that replied, at any stage.",
        used=str(line.bounds.yes),
        base=str(line.replied),
    )


def _embedded(reading: ReportFacts) -> Iterator[str]:
    """Yield which of the embedded the title does not count, and which are not all new."""
    say, found = reading.say, reading.outcome
    bounds = found.headlines["embedded"].bounds
    values = {
        "claimed": str(bounds.claimed),
        "before": str(found.stood_before),
        "embedded": str(bounds.yes),
    }
    if bounds.claimed:
        text = N_("Embedded, but merely claimed: {claimed} of {embedded}; not in the title.")
        yield say(text, **values)
    if found.stood_before:
        text = N_("Something of the kind stood there before in {before} of {embedded}.")
        yield say(text, **values)


def moments(reading: ReportFacts) -> dict[str, str]:
    """Return when the people were asked whose answers two pictures of the page show."""
    asked = {"obstacles": ("M3", "M6"), "effects": LATER}
    return {f"{item}_when": _asked_at(reading, item, waves) for item, waves in asked.items()}


def _asked_at(reading: ReportFacts, item: str, waves: Sequence[str]) -> str:
    say, there = reading.say, workshops_asked(reading.frames, item, waves)
    names = [say(WAVES[wave]) for wave in waves if wave in there]
    told = say("after {waves}", waves=say.listed(names)) if names else ""
    return say.beside(filter(None, (told[:1].upper() + told[1:], _base(reading, item, waves))))


def _base(reading: ReportFacts, item: str, waves: Sequence[str]) -> str:
    """Return of how many answers a picture is, and of how many workshops if not those of the title."""
    say, found = reading.say, reading.rows(item, *waves)
    if not found.rows or found.kind is not Base.ANSWERED:
        return ""
    told = say("{number} answered", number=str(found.base))
    there = set[str]().union(*workshops_asked(reading.frames, item, waves).values())
    if len(there) == len({one.workshop for one in reading.units}):
        return told
    return say.comma.join((told, say("{number} workshops", number=str(len(there)))))


def next_steps(reading: ReportFacts, decided: Sequence[NextStep] = ()) -> Section:
    """Return what the office does next, by rule and as staff have decided.

    Readers outside are told what was released, and no counts.
    """
    say = reading.say
    heading = say("What the office does next")
    what, who = say("What to do"), say("By whom")
    if reading.outside:
        contents = worded(decided).values()
        released = (one for one in contents if one.state is State.RELEASED)
        rows = tuple((say(one.words), say(one.owner)) for one in released)
        table = Table("next", heading, (what, who), rows)
    else:
        steps = tuple(_steps(reading, decided))
        table = Table("next", heading, (_unit(reading), what, who), steps, note=_help(reading))
    return Section("next", heading, tables=(table,) if table.rows else ())


def _help(reading: ReportFacts) -> str:
    """Return how many of what is counted asked for help, and how many wait; '' if all or none do."""
    asked, waiting = help_asked(reading)
    if asked == waiting:
        return ""
    text = N_("Help was asked by {asked} delegations; {waiting} have a request nobody took up.")
    if reading.by_person:
        text = N_("Help was asked by {asked} people; {waiting} have a request nobody took up.")
    return reading.say(text, asked=str(asked), waiting=str(waiting))


def _unit(reading: ReportFacts) -> str:
    return reading.say("People") if reading.by_person else reading.say("Delegations")


def _steps(reading: ReportFacts, decided: Sequence[NextStep]) -> Iterator[tuple[Cell, ...]]:
    """Yield the count, the words and who: of each rule that applies, then of the office's own.

    What is still told outside stands here too, so that the office can take it back.
    """
    say, counts = reading.say, applying(reading)
    for key, said in worded(decided).items():
        lapsed = NextStep(key, said).lapsed(counts)
        if said.state is State.DROPPED or not (lapsed or key in counts or key not in RULES):
            continue
        words = sentences((say(said.words), say(LAPSED))) if lapsed else say(said.words)
        yield counts.get(key, "–"), words, say(said.owner)


def sure(reading: ReportFacts) -> Section:
    """Return how far the finding can be trusted, in three lines."""
    return Section("sure", reading.say("How sure is this?"), notes=tuple(_sure(reading)))


def _sure(reading: ReportFacts) -> Iterator[str]:
    say = reading.say
    figures = [one for key in TITLED if (one := headline(reading, key)).base]
    if figures:
        told = tuple(_figure(one, reading) for one in figures)
        yield sentences((*told, *_bounds(reading)))
    yield sentences(
        (
            say(
                "People report this about themselves. Nothing was measured, and there is "
                "no comparison group."
            ),
            say("The workshop contributed to what is reported; other things did too."),
        )
    )


def _figure(one: Figure, reading: ReportFacts) -> str:
    say, label = reading.say, one.label[:1].upper() + one.label[1:]
    if reading.outside:
        return say("{label}: {value}.", label=label, value=one.text)
    more = reading.outcome.headlines[one.key].bounds.at_most - one.value
    text = N_("{label}: {yes} of {total}; of {more} more it is not known.")
    values = {"yes": str(one.value), "total": str(one.base), "more": str(more)}
    return say(text, label=label, **values)


def _bounds(reading: ReportFacts) -> tuple[str, ...]:
    if reading.outside:
        return ()
    return (
        reading.say(
            "Not known: who is silent or does not know, what is disputed, and what is merely "
            "claimed."
        ),
    )
