"""What readers may see of a question: rows with their counts, hidden ones, and the base."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.disclosure.crowds import choosing
from analysis.disclosure.merging import largest
from analysis.disclosure.question import BLANK, Kind, Question, Row, Telling
from analysis.disclosure.small_groups import SMALLEST
from analysis.measures.tallies import Tally
from analysis.measures.vocabulary import AT_LEAST_ONE
from surveys.wording import Words


class Base(StrEnum):
    """Who the base are: those who answered, or also people without an answer, too few to tell.

    Of administrations, one person answers for each.
    """

    ANSWERED = "answered"
    ADMINISTRATIONS = "administrations"
    WITH_SILENT = "with silent"


@dataclass(frozen=True)
class PrintedRow:
    """Options told together; `people` is None where hidden, `nearly` if nearly all chose it."""

    codes: tuple[str, ...]
    label: str
    people: int | None
    nearly: bool = False


@dataclass(frozen=True)
class PrintedRows:
    """The rows of a question for some readers, in the order of its list; none if too few answered.

    `found` has all counts, also hidden ones: nothing of it is printed but labels. `largest` are the
    options that most people chose, if these readers may know. `waves` are those whose answers count.
    """

    found: Tally
    base: int
    rows: tuple[PrintedRow, ...]
    kind: Base = Base.ANSWERED
    largest: tuple[PrintedRow, ...] = ()
    waves: tuple[str, ...] = ()

    def people(self, codes: Sequence[str]) -> int | None:
        """Return how many chose one of some options of a list of single choice, if rows tell it."""
        wanted = set(codes)
        inside = [row for row in self.rows if set(row.codes) <= wanted]
        covered = {code for row in inside for code in row.codes}
        counts = [row.people for row in inside]
        if covered != wanted or any(count is None for count in counts):
            return None
        return sum(count for count in counts if count is not None)


def all_rows(found: Tally, smallest: int = SMALLEST) -> PrintedRows:
    """Return all options with their counts, for the office; no rows below five answers.

    `smallest` is another number of answers where those who answered may be named.
    """
    if found.base < smallest:
        return PrintedRows(found, found.base, ())
    rows = tuple(PrintedRow((c.code,), c.label, c.people) for c in found.counts)
    most = max((row.people or 0 for row in rows), default=0)
    return PrintedRows(
        found, found.base, rows, largest=tuple(r for r in rows if most and r.people == most)
    )


def told_rows(
    found: Tally, question: Question, key: str, rows: Sequence[Row], say: Words
) -> PrintedRows:
    """Return the rows that may be told of a set; options without a row are listed as hidden."""
    if not rows:
        return PrintedRows(found, 0, ())
    labels = {count.code: count.label for count in found.counts}
    printed = (one for row in rows for one in _printed(row, question.kind, labels, say))
    made = _hidden_last(printed, question)
    kind = Base.WITH_SILENT if key in question.blanks else Base.ANSWERED
    most = _largest(question, key, rows)
    return PrintedRows(
        found,
        len(question.crowds[key]),
        tuple(made),
        kind,
        tuple(one for one in made if one.codes in {(code,) for code in most}),
    )


def _hidden_last(rows: Iterable[PrintedRow], question: Question) -> list[PrintedRow]:
    """Return the rows told, the hidden ones in the order of the list, and what they are together.

    A hidden row in its old place would tell that enough people chose it.
    """
    places = {code: place for place, code in enumerate(question.options)}

    def order(row: PrintedRow) -> tuple[int, int]:
        if len(row.codes) > 1:
            return 2, 0
        hidden = row.people is None and not row.nearly
        return int(hidden), places.get(row.codes[0], len(places))

    return list(rows) if question.kind is Kind.ORDERED else sorted(rows, key=order)


def _printed(row: Row, kind: Kind, labels: Mapping[str, str], say: Words) -> list[PrintedRow]:
    """Return a row, and before it the options that it holds together."""
    codes = tuple(code for code in row.codes if code != BLANK)
    names = [labels.get(code, code) for code in codes]
    people = row.units if row.telling is Telling.COUNT else None
    nearly = row.telling is Telling.NEARLY_ALL
    if len(row.codes) == 1:
        return [PrintedRow(row.codes, names[0] if names else say("No answer"), people, nearly)]
    if kind is Kind.ORDERED:
        return [PrintedRow(row.codes, _span(names, BLANK in row.codes, say), people, nearly)]
    hidden = [PrintedRow((code,), name, None) for code, name in zip(codes, names, strict=True)]
    if row.telling is Telling.NOTHING:
        return hidden
    return [*hidden, PrintedRow(row.codes, _rest(kind, BLANK in row.codes, say), people, nearly)]


def _rest(kind: Kind, blank: bool, say: Words) -> str:
    """Return the label of the people who chose one of the options that are hidden before it."""
    if kind is Kind.SEVERAL:
        return say(AT_LEAST_ONE)
    text = say("All those not shown")
    return say("{answer}, or no answer", answer=text) if blank else text


def _span(names: Sequence[str], blank: bool, say: Words) -> str:
    """Return neighbouring steps of a scale in words, and those without an answer below all steps."""
    if not names:
        return say("No answer")
    text = spanned(names, say)
    return say("{answer}, or no answer", answer=text) if blank else text


def spanned(names: Sequence[str], say: Words) -> str:
    """Return neighbouring steps of a scale in words, by the names of the first and the last."""
    if len(names) == 1:
        return names[0]
    return say("From “{first}” to “{last}”", first=names[0], last=names[-1])


def _largest(question: Question, key: str, rows: Sequence[Row]) -> frozenset[str]:
    """Return the options that most people chose; none if a hidden one could be it for these readers.

    An option under five cannot be it. Another hidden one has at most the people that its row tells.
    """
    crowd = question.crowds[key]
    if question.kind is Kind.ORDERED:
        return frozenset()
    most = largest(crowd, question.options)
    told = {row.codes[0]: row for row in rows if len(row.codes) == 1}
    if not all(code in told and told[code].telling is Telling.COUNT for code in most):
        return frozenset()
    top = max((told[code].units for code in most), default=0)
    for row in rows:
        if row.telling is Telling.COUNT and (len(row.codes) == 1 or row.units < top):
            continue
        if any(len(choosing(crowd, (code,))) >= SMALLEST for code in row.codes):
            return frozenset()
    return most
