"""The figures by evaluation scheme: levels of training evaluation, and aid criteria.

There is no new figure here: each row refers to a figure of the report and repeats its text.
"""

from analysis.disclosure.small_groups import HIDDEN
from analysis.figures import counted
from analysis.findings.headlines import headline
from analysis.findings.report_facts import ReportFacts
from analysis.model import Section, Table
from analysis.sections.answers import PARTS, good_effects
from analysis.sections.criteria import criteria, top_steps


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
        (say("2 Learning"), say("confident at the end"), top_steps(reading, "confidence_now")),
        (say("3 Behaviour"), using.label, using.text),
        (say("3 Behaviour"), shared.label, shared.text),
        (say("4 Results"), embedded.label, embedded.text),
        (
            say("4 Results"),
            say("report an effect"),
            _any_effect(reading),
        ),
    )
    columns = (say("Level"), say("What is reported"), say("Figure"))
    return Table(
        "levels", say("Levels of training evaluation (WCO, Kirkpatrick style)"), columns, rows
    )


def _any_effect(reading: ReportFacts) -> str:
    """Return who reports an effect that was wanted, of all who answered."""
    found = good_effects(reading)
    without, having = (found.count(part) for part in PARTS)
    if having is None or without is None:
        return reading.say(HIDDEN)
    return counted(having, having + without, reading.say) if having + without else "–"


def _criteria(reading: ReportFacts) -> Table:
    using, best = headline(reading, "in_regular_use"), headline(reading, "embedded")
    return criteria(reading, effectiveness=using, sustainability=best)
