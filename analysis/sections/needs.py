"""Needs and e-learning before the workshop, and later use; the support asked of the regional office."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response
from analysis.figures import counted
from analysis.findings.report_facts import ReportFacts
from analysis.measures.anchors import USES
from analysis.measures.institutionalisation import FOLLOW_UPS, best_use
from analysis.measures.vocabulary import ELEARNING
from analysis.model import Section, Table
from analysis.sections.tallies import cell, crossed, tally_table, too_few
from surveys.elearning import ITEM, elearning_status


def needs(reading: ReportFacts) -> Section:
    """Return needs before the workshop, later use by the same people, and what they need next."""
    say = reading.say
    return Section(
        "needs",
        say("Needs"),
        tables=(
            crossed(_needs_and_use(reading), reading),
            *(() if reading.outside else (_elearning_and_use(reading),)),
            tally_table(
                "expected_obstacle",
                say("Obstacle expected before the workshop"),
                reading.tally("expected_obstacle", "PRE"),
                reading,
            ),
            tally_table(
                "help",
                say("Help asked of the regional office"),
                reading.tally("help", "M3"),
                reading,
            ),
            tally_table(
                "next_need",
                say("Needed next"),
                reading.tally("next_need", "M12"),
                reading,
            ),
        ),
    )


def _needs_and_use(reading: ReportFacts) -> Table:
    """Return for each need: who named it, who of them answered later, and who of these uses it."""
    say = reading.say
    note = say("A person could name several needs. Use alone does not show that a need was met.")
    empty = Table("needs_and_use", say("Needs before and use later"), (say("Need"),), (), note)
    return _before_and_use(reading, "needs", empty)


def _elearning_and_use(reading: ReportFacts) -> Table:
    """Return the progress in the e-learning before the workshop, and later use.

    For the office only: the rows of this table and of the needs are about the same people.
    """
    say = reading.say
    note = say(
        "The same people before and later. It does not show that the e-learning caused use."
    )
    heading = say("E-learning before the workshop and use later")
    empty = Table("elearning_and_use", heading, (say("E-learning"),), (), note)
    told = {r.enrolment_id: r.values.get(ITEM) for r in reading.of("PRE")}
    known = {
        number: elearning_status(listed, told.get(number))
        for number, listed in _listed(reading).items()
    }
    groups = [
        (say(label), [number for number, how in known.items() if how == code])
        for code, label in ELEARNING.items()
    ]
    return _use_of(reading, groups, sum(len(people) for _, people in groups), empty)


def _listed(reading: ReportFacts) -> dict[int, str | None]:
    """Return the e-learning progress of each participant by the lists of the office."""
    everybody = reading.frames.enrolments
    people = everybody[everybody["role"] == "participant"]
    return {
        int(number): listed if isinstance(listed, str) else None
        for number, listed in zip(people["id"], people["elearning"], strict=True)
    }


def _before_and_use(reading: ReportFacts, item: str, empty: Table) -> Table:
    """Return a table with a row for each option of an item before: people, answered later, use it."""
    found = reading.tally(item, "PRE")
    groups = [
        (one.label, [r.enrolment_id for r in reading.of("PRE") if one.code in r.codes(item)])
        for one in found.counts
    ]
    return _use_of(reading, groups, found.base, empty)


def _use_of(
    reading: ReportFacts, groups: Sequence[tuple[str, list[int]]], base: int, empty: Table
) -> Table:
    """Return a table with a row for each group of enrolments: `base` people, answered later, use it."""
    say = reading.say
    columns = (
        *empty.columns,
        say("People"),
        say("Answered later"),
        say("Use it"),
        say("Summary"),
    )
    if base < SMALLEST:
        return replace(empty, columns=columns, note=too_few(say))
    later = _latest(reading)
    rows = []
    for label, people in groups:
        told = [later[who] for who in people if who in later]
        use = sum(best_use(response) in USES for response in told)
        few = reading.outside and min(use, len(told) - use) < SMALLEST
        words = "" if few else counted(use, len(told), say)
        # Used and not used must both be groups of five, else the difference reveals the other.
        cells = (
            cell(len(people), reading),
            cell(len(told), reading),
            cell(0 if few else use, reading),
        )
        rows.append((label, *cells, words))
    return replace(empty, columns=columns, rows=tuple(rows))


def _latest(reading: ReportFacts) -> dict[int, Response]:
    """Return each enrolment's latest response with an answer about use."""
    told = (r for wave in FOLLOW_UPS for r in reading.of(wave) if best_use(r) is not None)
    return {response.enrolment_id: response for response in told}
