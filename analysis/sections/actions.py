"""What participants did: actions, people reached, suggestions and their result, commitments."""

from analysis.disclosure.small_groups import SMALLEST
from analysis.figures import Figure
from analysis.findings.headlines import hidden_figure
from analysis.findings.report_facts import ReportFacts
from analysis.measures.commitments import Commitment, commitments
from analysis.model import Cell, Section, Table
from analysis.sections.tallies import cell, cells, crossed, tally_table, too_few

LOWEST = {"p0": 0, "p1_5": 1, "p6_20": 6, "p21_50": 21, "p50": 51}
"""The fewest people that each answer to "how many colleagues" can mean."""


def actions(reading: ReportFacts) -> Section:
    """Return the section on actions after the workshop, and how many colleagues learned from them."""
    say = reading.say
    taught = reading.tally("people_taught", "M12")
    done = reading.tally("actions", "M3", "M6")
    heard = reading.tally("people_reached", "M3")
    least = sum(LOWEST.get(count.code, 0) * count.people for count in taught.counts)
    text = say.plural(
        "at least {number} colleague, as {base} people report",
        "at least {number} colleagues, as {base} people report",
        least,
        base=str(taught.base),
    )
    figure = Figure("taught", say("taught by participants"), text, least, taught.base)
    if any(count.code in taught.hidden and LOWEST.get(count.code) for count in taught.counts):
        # The sum would reveal its hidden counts.
        figure = hidden_figure("taught", say("taught by participants"), reading)
    return Section(
        "actions",
        say("What participants did"),
        figures=(figure,) if taught.base >= SMALLEST else (),
        tables=(
            tally_table("actions", say("Done since the workshop"), done, reading),
            tally_table("people_reached", say("Colleagues reached"), heard, reading),
            tally_table(
                "people_taught", say("Colleagues taught by participants"), taught, reading
            ),
        ),
        notes=(say("Participants report how many people they taught. Nobody counted them."),),
    )


def suggestions(reading: ReportFacts) -> Section:
    """Return the section on suggestions and their result, by each person's latest word."""
    say = reading.say
    made = reading.tally("suggestion", "M3", "M6", "M12")
    return Section(
        "suggestions",
        say("Suggestions and what happened to them"),
        tables=(tally_table("suggestion", say("Suggestions made"), made, reading),),
    )


def planned(reading: ReportFacts) -> Section:
    """Return the table of plans at the end of the workshop and their later state."""
    say = reading.say
    found = commitments(reading.responses, reading.frames.questionnaires, say.language)
    columns = (
        say("Planned at the end"),
        say("People"),
        say("Asked later"),
        say("Used"),
        say("Preparing"),
        say("Not yet"),
        say("Stopped"),
    )
    told = sum(one.asked_later for one in found)
    if told < SMALLEST:
        table = Table("commitments", say("Planned and done"), columns, (), note=too_few(say))
    else:
        rows = tuple(_row(one, reading) for one in found if one.planned)
        note = say("Based on each person's latest answer. A person could plan two changes.")
        table = Table("commitments", say("Planned and done"), columns, rows, note=note)
    return Section(
        "commitments", say("What was planned and what was done"), tables=(crossed(table, reading),)
    )


def _row(one: Commitment, reading: ReportFacts) -> tuple[Cell, ...]:
    """Return one change; who was asked later is shown, so the states must not leave a small rest."""
    fates = (one.used, one.preparing, one.not_yet, one.stopped)
    rest = one.asked_later - sum(fates)
    made = cells((*fates, rest) if rest else fates, reading, one.asked_later >= SMALLEST)
    counts = (one.planned, one.asked_later)
    return (one.label, *(cell(count, reading) for count in counts), *made[: len(fates)])
