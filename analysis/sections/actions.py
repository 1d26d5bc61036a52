"""What participants did: actions, people reached, suggestions and their result, commitments."""

from analysis.disclosure.small_groups import HIDDEN, SMALLEST
from analysis.facts.responses import latest_by_person
from analysis.figures import Figure
from analysis.findings.headlines import hidden_figure
from analysis.findings.printed_rows import Base, PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import Fates, people_split
from analysis.measures.commitments import FATES, Commitment, commitments
from analysis.model import Cell, Section, Table
from analysis.sections.tallies import tally_table, too_few
from surveys.wording import N_, sentences

NOT_ADDING_UP = N_(
    "Numbers that would tell of a few people are not shown, so a row may not add up to its people."
)
LOWEST = {"p0": 0, "p1_5": 1, "p6_20": 6, "p21_50": 21, "p50": 51}
"""The fewest people that each answer to "how many colleagues" can mean."""


def actions(reading: ReportFacts) -> Section:
    """Return the section on actions after the workshop, and how many colleagues learned from them."""
    say = reading.say
    taught = reading.rows("people_taught", "M12")
    done = reading.rows("actions", "M3", "M6")
    heard = reading.rows("people_reached", "M3")
    figure = _taught(taught, reading)
    return Section(
        "actions",
        say("What participants did"),
        figures=(figure,) if taught.rows or reading.outside else (),
        tables=(
            tally_table("actions", say("Done since the workshop"), done, reading),
            tally_table("people_reached", say("Colleagues reached"), heard, reading),
            tally_table(
                "people_taught", say("Colleagues taught by participants"), taught, reading
            ),
        ),
        notes=(say("Participants report how many people they taught. Nobody counted them."),),
    )


def _taught(taught: PrintedRows, reading: ReportFacts) -> Figure:
    """Return the fewest colleagues that all answers can mean, if these readers may see all of them."""
    say = reading.say
    counts = [(row.people, row.codes) for row in taught.rows]
    silent = taught.kind is Base.WITH_SILENT
    if not counts or silent or any(people is None for people, _ in counts):
        return hidden_figure("taught", say("taught by participants"), reading)
    least = sum(
        min(LOWEST.get(code, 0) for code in codes) * people
        for people, codes in counts
        if people is not None
    )
    text = say.plural(
        "at least {number} colleague, as {base} people report",
        "at least {number} colleagues, as {base} people report",
        least,
        base=str(taught.base),
    )
    return Figure("taught", say("taught by participants"), text, least, taught.base)


def suggestions(reading: ReportFacts) -> Section:
    """Return the section on suggestions and their result, by each person's latest word."""
    say = reading.say
    made = reading.rows("suggestion", "M3", "M6", "M12")
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
    heading, note = say("Planned and done"), too_few(reading)
    rows: tuple[tuple[Cell, ...], ...] = ()
    told = reading.rows("changes", "END")
    if told.rows and sum(one.asked_later for one in found) >= SMALLEST:
        people = {row.codes: row.people for row in told.rows}
        # Outside, a change that nobody planned looks like one that a few planned.
        rows = tuple(
            _row(one, people.get((one.code,)), reading)
            for one in found
            if one.planned or reading.outside
        )
        note = sentences(
            (
                say("Based on each person's latest answer. A person could plan two changes."),
                say(NOT_ADDING_UP) if reading.outside else "",
            )
        )
    table = Table("commitments", heading, columns, rows, note=note)
    return Section("commitments", say("What was planned and what was done"), tables=(table,))


def _row(one: Commitment, people: int | None, reading: ReportFacts) -> tuple[Cell, ...]:
    """Return one change: who planned it, who was asked later, and what became of it."""

    def fates(there: ReportFacts) -> Fates:
        return there.fates.get(one.code, {})

    def planned(there: ReportFacts) -> dict[int, str]:
        told = latest_by_person(there.of("END"), "changes")
        return {r.participant_id: r.administration for r in told if one.code in r.codes("changes")}

    cuts = (FATES.index("used"),)
    states = people_split(reading, f"plan {one.code}", FATES, fates, cuts, planned)
    hidden = reading.say(HIDDEN)
    if people is None:
        # What became of them would tell how many they are.
        return (one.label, *(hidden for _ in range(len(FATES) + 2)))
    shown = (people, states.base, *(states.count(fate) for fate in reversed(FATES)))
    return (one.label, *(hidden if count is None else count for count in shown))
