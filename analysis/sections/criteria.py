"""The six criteria of the OECD, each with what this survey tells of it, also in other sections."""

from analysis.disclosure.small_groups import HIDDEN
from analysis.figures import Figure, counted
from analysis.findings.printed_rows import Base, PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.measures.scales import best_steps
from analysis.model import Cell, Table
from analysis.sections.lasting import trained
from analysis.sections.most_often import sentence
from surveys.wording import N_

NOT_MEASURED = N_("not measured by this survey")
FITS = ("national", "donors", "both")
NONE = "none"


def criteria(reading: ReportFacts, effectiveness: Figure, sustainability: Figure) -> Table:
    """Return at least one row for each criterion; efficiency is not measured by this survey."""
    say = reading.say
    rows: list[tuple[Cell, ...]] = [
        (say("Relevance"), say("useful for their own job"), top_steps(reading, "relevance")),
        *_needed_most(reading),
        (say("Coherence"), *_fits(reading)),
        (say("Effectiveness"), effectiveness.label, effectiveness.text),
        (say("Efficiency"), "–", say(NOT_MEASURED)),
        (say("Impact"), say("effects known from records"), _from_records(reading)),
        (say("Sustainability"), sustainability.label, sustainability.text),
        *_lasting(reading),
    ]
    columns = (say("Criterion"), say("What is reported"), say("Figure"))
    known = effectiveness.base > 0
    told = (
        say.comma.join((effectiveness.label, effectiveness.text)) if known else say(NOT_MEASURED)
    )
    finding = sentence(say("Effectiveness") if known else say("Efficiency"), told, say)
    heading = say("DAC criteria")
    return Table("criteria", heading, columns, tuple(rows), finding=finding, names=2)


def top_steps(reading: ReportFacts, item: str) -> str:
    """Return the people on the two upper steps of a scale at the end of the workshop."""
    found = reading.rows(item, "END")
    people = found.people([count.code for count in best_steps(found.found)])
    return share_of(people, found, reading)


def share_of(people: int | None, found: PrintedRows, reading: ReportFacts) -> str:
    """Return a count of some printed rows in words, or that it is not shown."""
    say = reading.say
    if people is None or not found.rows:
        return say(HIDDEN)
    share = counted(people, found.base, say)
    if found.kind is Base.WITH_SILENT:
        return say("{share}, including any who gave no answer", share=share)
    return share


def _needed_most(reading: ReportFacts) -> list[tuple[Cell, ...]]:
    """Return the needs that most people named before the workshop, if these readers may know."""
    say, found = reading.say, reading.rows("needs", "PRE")
    return [
        (
            say("Relevance"),
            say("needed most before: {need}", need=one.label),
            share_of(one.people, found, reading),
        )
        for one in found.largest
    ]


def _fits(reading: ReportFacts) -> tuple[str, str]:
    """Return whether it fits other plans, where contact points were asked."""
    say = reading.say
    found = reading.rows("fits", "NCP12", role="contact_point")
    if not found.found.asked or not found.found.base:
        return "–", say(NOT_MEASURED)
    label = say("fits national plans or the work of other donors")
    return label, share_of(found.people(FITS), found, reading)


def _from_records(reading: ReportFacts) -> str:
    """Return how many people know of their effects from records."""
    found = reading.rows("effect_source", "M6", "M12")
    return share_of(found.people(["records"]), found, reading)


def _lasting(reading: ReportFacts) -> list[tuple[Cell, ...]]:
    """Return what would continue, what has survived, and who still works on the topic."""
    say = reading.say
    continues = reading.rows("would_continue", "M12")
    survived = reading.rows("survived", "M12")
    none = next((row.people for row in survived.rows if row.codes == (NONE,)), None)
    through = None if none is None else survived.base - none
    if survived.kind is Base.WITH_SILENT:
        through = None
    told = [
        (
            say("would continue without the officer"),
            share_of(continues.people(["continues"]), continues, reading),
        ),
        (
            say("saw a new head, staff, budget, system or audit, and went on"),
            share_of(through, survived, reading),
        ),
    ]
    figures = () if reading.outside else trained(reading)
    told += [(one.label, one.text) for one in figures]
    return [(say("Sustainability"), *one) for one in told]
