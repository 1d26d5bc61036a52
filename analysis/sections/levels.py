"""The figures by evaluation scheme: levels of training evaluation, and aid criteria.

There is no new figure here: each row refers to a figure of the report and repeats its text.
"""

from analysis.disclosure.small_groups import HIDDEN
from analysis.figures import counted
from analysis.findings.headlines import headline
from analysis.findings.printed_rows import Base, PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.measures.scales import best_steps
from analysis.measures.vocabulary import NO_OBSTACLE
from analysis.model import Section, Table
from surveys.wording import Words


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
        (say("1 Reaction"), say("useful for their own job"), _top(reading, "relevance")),
        (say("2 Learning"), say("confident at the end"), _top(reading, "confidence_now")),
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


def _top(reading: ReportFacts, item: str) -> str:
    """Return the people on the two upper steps of a scale."""
    found = reading.rows(item, "END")
    people = found.people([count.code for count in best_steps(found.found)])
    return _share(people, found, reading.say)


def _any_effect(reading: ReportFacts) -> str:
    found = reading.rows("effects", "M6", "M12")
    if found.kind is Base.WITH_SILENT:
        # The silent ones in the base report no effect, nor that there is none.
        return reading.say(HIDDEN)
    if not reading.outside and not any(count.people for count in found.found.counts):
        return "–"
    none = next((row.people for row in found.rows if row.codes == (NO_OBSTACLE,)), None)
    return _share(None if none is None else found.base - none, found, reading.say)


def _share(people: int | None, found: PrintedRows, say: Words) -> str:
    if people is None or not found.rows:
        return say(HIDDEN)
    share = counted(people, found.base, say)
    if found.kind is Base.WITH_SILENT:
        return say("{share}, including any who gave no answer", share=share)
    return share


def _from_records(reading: ReportFacts) -> str:
    """Return how many people know of their effects from records."""
    found = reading.rows("effect_source", "M6", "M12")
    return _share(found.people(["records"]), found, reading.say)


def _criteria(reading: ReportFacts) -> Table:
    """Return the six criteria of the OECD; two of them are not measured by this survey."""
    say = reading.say
    using, best = headline(reading, "in_regular_use"), headline(reading, "embedded")
    not_measured = ("–", say("not measured by this survey"))
    rows = (
        (say("Relevance"), say("useful for their own job"), _top(reading, "relevance")),
        (say("Coherence"), *not_measured),
        (say("Effectiveness"), using.label, using.text),
        (say("Efficiency"), *not_measured),
        (say("Impact"), say("effects known from records"), _from_records(reading)),
        (say("Sustainability"), best.label, best.text),
    )
    columns = (say("Criterion"), say("What is reported"), say("Figure"))
    return Table("criteria", say("DAC criteria"), columns, rows)
