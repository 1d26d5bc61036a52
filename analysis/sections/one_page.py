"""What only the one page asks for: how sure its finding is, and what the office does next."""

from collections.abc import Iterator, Sequence

from analysis.findings.headlines import headline
from analysis.findings.next_steps import RULES, applying, worded
from analysis.findings.report_facts import ReportFacts
from analysis.measures.asked import workshops_asked
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from analysis.sections.answers import LATER
from analysis.sections.help_done import sentence as help_sentence
from surveys.next_step import NextStep, State
from surveys.wording import N_, Words, sentences

TITLED = ("in_regular_use", "embedded")
"""The figures of the title, by their keys."""
LAPSED = N_("No longer applies by rule; still told outside.")
HIGHEST = N_("It stands at the highest stage reported; regular use is counted by itself.")


def one_mark(reading: ReportFacts) -> str:
    """Return what one mark of the stage picture stands for, and where it stands."""
    say = reading.say
    person, delegation = N_("One mark is one person."), N_("One mark is one delegation.")
    return sentences((say(person if reading.by_person else delegation), say(HIGHEST)))


def moments(reading: ReportFacts) -> dict[str, str]:
    """Return when the people were asked whose answers two pictures of the page show."""
    asked = {"obstacles": ("M3", "M6"), "effects": LATER}
    return {f"{item}_when": _asked_at(reading, item, waves) for item, waves in asked.items()}


def _asked_at(reading: ReportFacts, item: str, waves: Sequence[str]) -> str:
    say, there = reading.say, workshops_asked(reading.frames, item, waves)
    names = [say(WAVES[wave]) for wave in waves if wave in there]
    told = say("after {waves}", waves=say.listed(names)) if names else ""
    return told[:1].upper() + told[1:]


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
        table = Table(
            "next", heading, (_unit(reading), what, who), steps, note=help_sentence(reading)
        )
    return Section("next", heading, tables=(table,) if table.rows else ())


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
        told = (_figure(one.label, one.text, say) for one in figures)
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
