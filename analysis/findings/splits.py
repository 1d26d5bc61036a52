"""People or administrations divided by what became of them, as these readers may see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.disclosure.crowds import Crowd, of_person
from analysis.disclosure.merging import BLANK, Kind, Question, Telling
from analysis.facts.responses import Response
from analysis.findings.questions import Readings, with_safe_base

if TYPE_CHECKING:
    from analysis.findings.published import Told
    from analysis.findings.report_facts import ReportFacts

Fates = Mapping[int, tuple[Response, str]]
"""The response and the code of each person that is divided."""


@dataclass(frozen=True)
class Split:
    """The units in each part, and all of them; None where these readers may not see it."""

    base: int | None
    counts: Mapping[str, int | None]

    def count(self, code: str) -> int | None:
        """Return the units in one part."""
        return self.counts.get(code)


def people_split(
    reading: "ReportFacts",
    name: str,
    options: Sequence[str],
    fates: Callable[["ReportFacts"], Fates],
    cuts: tuple[int, ...] = (),
) -> Split:
    """Return people divided into the steps `options`; `fates` says who is where in a reading."""
    if reading.published is None:
        found = [code for _, code in fates(reading).values()]
        return Split(len(found), {code: found.count(code) for code in options})

    def question(readings: Readings) -> Question:
        crowds: dict[str, Crowd] = {}
        blanks = set()
        for key, one in readings.items():
            divided = fates(one)
            crowd: Crowd = {
                number: of_person(number, r.administration, (code,), (r.case_id, r.answered_at))
                for number, (r, code) in divided.items()
            }
            waves = tuple(sorted({r.wave for r, _ in divided.values()}))
            replied = {r.participant_id: r.administration for r in one.of(*waves)}
            everybody: Crowd = {n: of_person(n, place, (), (0,)) for n, place in replied.items()}
            crowds[key], blank = with_safe_base(crowd, everybody)
            blanks |= {key} if blank else set()
        return Question(tuple(options), Kind.ORDERED, crowds, frozenset(blanks), cuts)

    return split_of(reading.published.of_people(question, "split", name))


def split_of(told: "Told") -> Split:
    """Return the parts that have a row of their own."""
    counts: dict[str, int | None] = dict.fromkeys(told.question.options)
    for row in told.rows:
        if len(row.codes) == 1 and row.codes != (BLANK,) and row.telling is Telling.COUNT:
            counts[row.codes[0]] = row.units
    return Split(told.base if told.rows else None, counts)


def at_least(told: "Told", code: str) -> int | None:
    """Return the units on a step of an ordered question or above it, if rows are cut there."""
    above = {*told.question.options[told.question.options.index(code) :]}
    inside = [row for row in told.rows if {*row.codes} <= above]
    covered = {one for row in inside for one in row.codes}
    if covered != above or any(row.telling is not Telling.COUNT for row in inside):
        return None
    return sum(row.units for row in inside)
