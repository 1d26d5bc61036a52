"""A tally as a table of a report: hidden when the group is small, worded once for every format."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.disclosure.small_groups import HIDDEN, SMALLEST, shown
from analysis.figures import counted
from analysis.findings.report_facts import ReportFacts
from analysis.measures.tallies import Count, Tally
from analysis.model import Cell, Table
from surveys.wording import N_, Words, sentences

NOT_ASKED = N_("Not asked here.")
BARS = "bars"
GROUPED = "grouped"
OTHER_WORDS = N_(
    "Some answers were given to an earlier version, in which the question or a choice reads "
    "differently."
)
LEFT_OUT = N_("Answers to “{item}” on a scale with other steps are left out.")


def tally_table(key: str, heading: str, found: Tally, reading: ReportFacts) -> Table:
    """Return all options in the order of their list; no rows below five answers."""
    say = reading.say
    columns = (say("Answer"), say("People"), say("Of those who answered"))
    if found.base < SMALLEST:
        return Table(key, heading, columns, (), note=nothing_shown(found, reading), chart=BARS)
    rows = tuple(
        count_row(count, shown_people, found.base, say)
        for count, shown_people in zip(found.counts, people_shown(found), strict=True)
    )
    return Table(key, heading, columns, rows, note=base_note(found, reading), chart=BARS)


def people_shown(found: Tally) -> tuple[int | None, ...]:
    """Return the counts of a tally, None for those that these readers may not see."""
    return tuple(None if c.code in found.hidden else c.people for c in found.counts)


def count_row(count: Count, people: int | None, base: int, say: Words) -> tuple[Cell, ...]:
    """Return one option: its label, its people and their share, or the neutral text twice."""
    return (count.label, *people_cells(people, base, say))


def people_cells(people: int | None, base: int, say: Words) -> tuple[Cell, Cell]:
    """Return a count and its share in words, or the neutral text twice."""
    if people is None:
        return say(HIDDEN), say(HIDDEN)
    return people, counted(people, base, say)


def crossed(table: Table, reading: ReportFacts) -> Table:
    """Return a table of two questions at once: outside the office only in the report on all workshops.

    A report on some of them could be subtracted from it, question by question.
    """
    if reading.whole:
        return table
    return replace(table, rows=(), note=reading.say(HIDDEN), chart="")


def cell(people: int, reading: ReportFacts) -> Cell:
    """Return one count of people, hidden from readers outside when it is under five."""
    return reading.say(HIDDEN) if reading.outside and people < SMALLEST else people


def cells(counts: Sequence[int], reading: ReportFacts, total: bool = True) -> tuple[Cell, ...]:
    """Return a row of groups that add up to a total, without cells that reveal a hidden one.

    `total` says whether the total is shown; a hidden total must not be the sum of what is shown.
    """
    if not reading.outside:
        return tuple(counts)
    found = list(shown(counts))
    if not total and None not in found:
        found[counts.index(min(counts))] = None
    return tuple(reading.say(HIDDEN) if count is None else count for count in found)


def too_few(say: Words) -> str:
    """Return what replaces rows; the same whether nobody or a few people answered."""
    return say("Fewer than {number} answers: {hidden}.", number=str(SMALLEST), hidden=say(HIDDEN))


def nothing_shown(found: Tally, reading: ReportFacts) -> str:
    """Return why a tally has no rows: nobody was asked here, or too few people have answered."""
    say = reading.say
    return too_few(say) if found.asked else say(NOT_ASKED)


def base_note(found: Tally, reading: ReportFacts, more: Sequence[str] = ()) -> str:
    """Return the base, those counted apart, and why a multiple choice adds up to more.

    Readers outside see nothing of those counted apart: they are few, and no table protects them.
    """
    say = reading.say
    parts = [say("{base} people answered.", base=str(found.base)), *more]
    if reading.outside:
        parts += [say(LEFT_OUT, item=found.item)] if found.left_out else []
        parts += [say(OTHER_WORDS)] if found.other_words else []
    else:
        parts += _apart(found, say)
    if found.several:
        parts.append(say("More than one answer was possible."))
    return sentences(parts)


def _apart(found: Tally, say: Words) -> list[str]:
    """Yield sentences on answers that are no answer, skipped, contradictory, or on another scale."""
    told = [(count.label, str(count.people)) for count in found.apart if count.people]
    parts = [say("{label}: {value}.", label=label, value=people) for label, people in told]
    if found.skipped:
        parts.append(say("Skipped the question: {number}.", number=str(found.skipped)))
    if found.contradictory:
        text = N_("Chose “none” or “do not know” together with another answer: {number}.")
        parts.append(say(text, number=str(found.contradictory)))
    if found.left_out:
        text = N_("Answers to “{item}” on a scale with different steps (left out): {number}.")
        parts.append(say(text, item=found.item, number=str(found.left_out)))
    if found.other_words:
        text = N_(
            "Answers to an earlier version, in which the question or a choice reads differently: "
            "{number}."
        )
        parts.append(say(text, number=str(found.other_words)))
    return parts
