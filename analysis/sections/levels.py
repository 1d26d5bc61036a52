"""The figures by evaluation scheme: levels of training evaluation, and aid criteria.

There is no new figure here: each row refers to a figure of the report and repeats its text.
"""

from analysis.disclosure.small_groups import HIDDEN, SMALLEST
from analysis.figures import counted
from analysis.findings.headlines import headline
from analysis.findings.printed_rows import Base
from analysis.findings.report_facts import ReportFacts
from analysis.measures.vocabulary import NO_OBSTACLE
from analysis.model import Section, Table
from analysis.sections.answers import LATER, wanted_effects
from analysis.sections.criteria import NOT_MEASURED, criteria, share_of, top_steps


def levels(reading: ReportFacts) -> Section:
    """Return training levels 1 to 4, which the levels of the WCO follow, and DAC criteria."""
    say = reading.say
    return Section(
        "levels",
        say("How this fits evaluation frameworks"),
        tables=(_training(reading), _criteria(reading)),
        notes=(
            say(
                "These are the usual levels of training evaluation. The WCO uses "
                "five; the fifth (return on investment) is not measured here."
            ),
        ),
    )


def _training(reading: ReportFacts) -> Table:
    say = reading.say
    using, shared, embedded = (
        headline(reading, key) for key in ("in_regular_use", "shared", "embedded")
    )
    rows = (
        (say("1 Reaction"), say("useful for their own job"), top_steps(reading, "relevance")),
        # What people say of their confidence is no test of what they have learned.
        (say("1 Reaction"), say("confident at the end"), top_steps(reading, "confidence_now")),
        (say("2 Learning"), "–", say(NOT_MEASURED)),
        (say("3 Behaviour"), using.label, using.text),
        (say("3 Behaviour"), shared.label, shared.text),
        (say("4 Results"), embedded.label, embedded.text),
        (say("4 Results"), say("report an effect, wanted or not"), _any_effect(reading)),
        *_wanted(reading),
    )
    columns = (say("Level"), say("What is reported"), say("Figure"))
    return Table(
        "levels",
        say("Levels of training evaluation (WCO, Kirkpatrick style)"),
        columns,
        rows,
        names=2,
    )


def _any_effect(reading: ReportFacts) -> str:
    found = reading.rows("effects", *LATER)
    if found.kind is Base.WITH_SILENT:
        # The silent ones in the base report no effect, nor that there is none.
        return reading.say(HIDDEN)
    if not reading.outside and not any(count.people for count in found.found.counts):
        return "–"
    none = next((row.people for row in found.rows if row.codes == (NO_OBSTACLE,)), None)
    return share_of(None if none is None else found.base - none, found, reading)


def _wanted(reading: ReportFacts) -> tuple[tuple[str, ...], ...]:
    """Return who reports an effect that was wanted, for the office."""
    people, base = (0, 0) if reading.outside else wanted_effects(reading)
    if base < SMALLEST:
        return ()
    say = reading.say
    return ((say("4 Results"), say("report a wanted effect"), counted(people, base, say)),)


def _criteria(reading: ReportFacts) -> Table:
    using, best = headline(reading, "in_regular_use"), headline(reading, "embedded")
    return criteria(reading, effectiveness=using, sustainability=best)
