"""A tally as a table of a report: hidden when the group is small, worded once for every format."""

from collections.abc import Sequence

from analysis.disclosure.small_groups import HIDDEN, PROTECTED, SMALLEST
from analysis.figures import counted, nearly_all
from analysis.findings.printed_rows import Base, PrintedRow, PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.measures.asked import workshops_asked
from analysis.measures.tallies import Tally
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Table
from analysis.sections.most_often import most_often
from surveys.wording import N_, Words, sentences

NOT_ASKED = N_("Not asked here.")
BARS = "bars"
GROUPED = "grouped"
ASKED_OF_FEW = N_("Asked here only of a few: not shown.")
OTHER_WORDS = N_(
    "Some answers were given to an earlier version, in which the question or a choice reads "
    "differently."
)
EARLIER = N_("Of these, {number} from an earlier table.")
LEFT_OUT = N_("Answers to “{item}” on a scale with other steps are left out.")


def tally_table(key: str, heading: str, found: PrintedRows, reading: ReportFacts) -> Table:
    """Return the options in the order of their list; no rows where these readers may see none."""
    say = reading.say
    unit = say("Administrations") if found.kind is Base.ADMINISTRATIONS else say("People")
    columns = (say("Answer"), unit, share_head(found, say))
    if not found.rows:
        return Table(key, heading, columns, (), note=nothing_shown(found, reading), chart=BARS)
    rows = tuple(printed_row(row, found.base, say) for row in found.rows)
    note = full_note(found, reading)
    chart = chart_of(found, BARS)
    told = most_often(heading, found, say)
    return Table(key, heading, columns, rows, note, chart, found.base, *told)


def share_head(found: PrintedRows, say: Words) -> str:
    """Return the head of the shares of a table, which says whom they are of."""
    if found.kind is Base.WITH_SILENT:
        return say("Of those counted")
    return say("Of those who answered")


def chart_of(found: PrintedRows, chart: str) -> str:
    """Return the chart of a table; '' if a bar that cannot be drawn would be the longest."""
    return "" if any(row.nearly for row in found.rows) else chart


def printed_row(row: PrintedRow, base: int, say: Words) -> tuple[Cell, ...]:
    """Return one row: its label, its people and their share, or what stands in their place."""
    return (row.label, *row_cells(row, base, say))


def row_cells(row: PrintedRow, base: int, say: Words) -> tuple[Cell, Cell]:
    """Return the count of a row and its share in words, or what stands in their place twice."""
    if row.people is None:
        text = nearly_all(base, say) if row.nearly else say(HIDDEN)
        return text, text
    return row.people, counted(row.people, base, say)


def too_few(reading: ReportFacts) -> str:
    """Return what replaces rows; the same whether nobody or a few people answered.

    Outside, rows are also missing where many answered.
    """
    say = reading.say
    if reading.outside:
        return say(PROTECTED)
    return say("Fewer than {number} answers: {hidden}.", number=str(SMALLEST), hidden=say(HIDDEN))


def nothing_shown(printed: PrintedRows, reading: ReportFacts) -> str:
    """Return why a question has no rows: whether it was asked of nobody, of a few, or of more.

    Readers outside are not told of how many.
    """
    if not printed.found.asked:
        return reading.say(NOT_ASKED)
    few = not reading.outside and _of_a_few(printed, reading)
    return reading.say(ASKED_OF_FEW) if few else too_few(reading)


def _of_a_few(printed: PrintedRows, reading: ReportFacts) -> bool:
    """Return whether many replied, and the question was on the way of a few of them."""
    found = [r for r in reading.responses if r.wave in printed.waves]
    there = [r for r in found if printed.found.item in {*r.values, *r.skipped, *r.deleted}]
    people = ({r.participant_id for r in those} for those in (there, found))
    seen, replied = (len(those) for those in people)
    return seen < SMALLEST <= replied


def full_note(printed: PrintedRows, reading: ReportFacts) -> str:
    """Return the note below a table: the base, and when and where the question was asked."""
    return base_note(printed, reading, when_asked(printed, reading))


def when_asked(printed: PrintedRows, reading: ReportFacts) -> list[str]:
    """Return the waves whose answers count, and in how many workshops they asked if not in all."""
    say = reading.say
    by_wave = workshops_asked(reading.frames, printed.found.item, printed.waves)
    names = [say(WAVES.get(wave, wave)) for wave in printed.waves if wave in by_wave]
    if not names:
        return []
    told = [say("Wave: {wave}.", wave=names[0])]
    if len(names) > 1:
        text = N_("Waves: {waves}. The latest answer of each person counts.")
        told = [say(text, waves=say.listed(names))]
    asked = len(set[str]().union(*by_wave.values()))
    total = len(reading.held)
    if asked < total:
        text = N_("Asked in {number} of {total} workshops.")
        told.append(say(text, number=str(asked), total=str(total)))
    return told


def administrations_answered(number: int, say: Words) -> str:
    """Return how many administrations answered."""
    return say.plural(
        "{number} administration answered.", "{number} administrations answered.", number
    )


def base_note(printed: PrintedRows, reading: ReportFacts, more: Sequence[str] = ()) -> str:
    """Return the base, those counted apart, and why a multiple choice adds up to more.

    Readers outside see nothing of those counted apart: they are few, and no table protects them.
    """
    say, found = reading.say, printed.found
    text = say.plural("{number} person answered.", "{number} people answered.", printed.base)
    if printed.kind is Base.ADMINISTRATIONS:
        text = administrations_answered(printed.base, say)
    if printed.kind is Base.WITH_SILENT:
        text = say(
            "People counted, including any who gave no answer: {base}.",
            base=str(printed.base),
        )
    parts = [text, *_earlier(found, reading), *more]
    if reading.outside:
        parts += [say(LEFT_OUT, item=found.item)] if found.left_out >= SMALLEST else []
        parts += [say(OTHER_WORDS)] if found.other_words >= SMALLEST else []
    else:
        parts += _apart(found, say)
    if found.several:
        parts.append(say("More than one answer was possible."))
    return sentences(parts)


def _earlier(found: Tally, reading: ReportFacts) -> list[str]:
    """Return how many of the base come from earlier tables; outside only where neither part is small."""
    few = found.earlier < SMALLEST or 0 < found.base - found.earlier < SMALLEST
    if not found.earlier or (reading.outside and few):
        return []
    return [reading.say(EARLIER, number=str(found.earlier))]


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
