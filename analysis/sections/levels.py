"""The figures by evaluation scheme: levels of training evaluation, and aid criteria.

There is no new figure here: each row refers to a figure of the report and repeats its text.
"""

from analysis.disclosure.small_groups import HIDDEN, SMALLEST
from analysis.figures import counted
from analysis.findings.headlines import headlines
from analysis.findings.report_facts import ReportFacts
from analysis.measures.scales import best_steps, upper
from analysis.measures.tallies import Tally
from analysis.measures.vocabulary import NO_OBSTACLE
from analysis.model import Section, Table
from analysis.sections.actions import actions
from analysis.sections.practice import anchors


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
    _, using, shared, embedded = headlines(reading)
    effects = reading.tally("effects", "M6", "M12")
    known = sum(c.people for c in effects.counts) > 0
    rows = (
        (say("1 Reaction"), say("useful for their own job"), _top(reading, "relevance")),
        (say("2 Learning"), say("confident at the end"), _top(reading, "confidence_now")),
        (say("3 Behaviour"), using.label, using.text),
        (say("3 Behaviour"), shared.label, shared.text),
        (say("4 Results"), embedded.label, embedded.text),
        (
            say("4 Results"),
            say("report an effect"),
            _any_effect(effects, reading) if known else "–",
        ),
    )
    columns = (say("Level"), say("What is reported"), say("Figure"))
    return Table(
        "levels", say("Levels of training evaluation (WCO, Kirkpatrick style)"), columns, rows
    )


def _top(reading: ReportFacts, item: str) -> str:
    """Return the people on the two upper steps of a scale."""
    found, say = reading.tally(item, "END"), reading.say
    few = any(count.code in found.hidden for count in best_steps(found))
    return say(HIDDEN) if found.base < SMALLEST or few else counted(upper(found), found.base, say)


def _any_effect(found: Tally, reading: ReportFacts) -> str:
    say, none = reading.say, found.people(NO_OBSTACLE)
    hidden = found.base < SMALLEST or NO_OBSTACLE in found.hidden
    return say(HIDDEN) if hidden else counted(found.base - none, found.base, say)


def _criteria(reading: ReportFacts) -> Table:
    say = reading.say
    reached, _, _, _ = headlines(reading)
    best, described, _ = anchors(reading).figures
    taught = actions(reading).figures
    waves = [wave for wave in reading.fieldwork if wave.completed]
    asked = sum(wave.completed for wave in waves), sum(wave.attended for wave in waves)
    rows = (
        (say("Relevance"), say("useful for their own job"), _top(reading, "relevance")),
        (say("Effectiveness"), described.label, described.text),
        (say("Efficiency"), say("questionnaires completed"), counted(*asked, say)),
        (
            say("Impact"),
            *(
                (taught[0].label, taught[0].text)
                if taught
                else (say("taught by participants"), "–")
            ),
        ),
        (say("Sustainability"), best.label, best.text),
        (say("Coverage"), reached.label, reached.text),
    )
    columns = (say("Criterion"), say("What is reported"), say("Figure"))
    return Table("criteria", say("DAC criteria"), columns, rows)
