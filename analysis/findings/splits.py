"""People or administrations divided by what became of them, as these readers may see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.disclosure.crowds import Crowd, of_person
from analysis.disclosure.question import BLANK, Kind, Question, Telling
from analysis.facts.responses import Response
from analysis.findings.questions import around, beside_replies, blank, untold_replies
from analysis.findings.readings import Readings
from analysis.findings.safe_bases import with_safe_bases

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
    group: Callable[["ReportFacts"], Mapping[int, str]] | None = None,
) -> Split:
    """Return people divided into the steps `options`; `fates` says who is where in a reading.

    `group` are the people who could have a fate, with their administrations, where that are not all who
    replied. One to four of them without a fate are told as little as any others.
    """
    if reading.published is None:
        found = [code for _, code in fates(reading).values()]
        return Split(len(found), {code: found.count(code) for code in options})

    def question(readings: Readings) -> Question:
        divided = {key: fates(one) for key, one in readings.items()}
        waves = tuple(sorted({r.wave for one in divided.values() for r, _ in one.values()}))
        layers = [
            {key: _divided(one) for key, one in divided.items()},
            *_layers(readings, waves, group),
        ]
        hidden = () if group else untold_replies(readings, waves, "participant")
        crowds, blanks = with_safe_bases(*layers, unsaid=hidden)
        found = Question(tuple(options), Kind.ORDERED, crowds, blanks, cuts, asked=layers[-1])
        return beside_replies(found, readings, waves, "participant")

    return split_of(reading.published.of_people(question, "split", name))


def _divided(found: Fates) -> Crowd:
    return {
        number: of_person(number, r.administration, (code,), (r.case_id, r.answered_at))
        for number, (r, code) in found.items()
    }


def _layers(
    readings: Readings,
    waves: tuple[str, ...],
    group: Callable[["ReportFacts"], Mapping[int, str]] | None,
) -> list[dict[str, Crowd]]:
    """Return the larger bases of all sets: who replied and who was asked, or a group as a whole.

    How many of a group are silent is close to how many of all are, which is told.
    """
    found = {key: around(one, waves, "participant") for key, one in readings.items()}
    if group:
        return [{key: _group(group(one), found[key][0]) for key, one in readings.items()}]
    return [{key: one[n] for key, one in found.items()} for n in range(2)]


def _group(people: Mapping[int, str], replied: Crowd) -> Crowd:
    """Return the people of a group without an answer, silent ones apart."""
    return {
        **blank(people, silent=True),
        **{who: replied[who] for who in people if who in replied},
    }


def split_of(told: "Told") -> Split:
    """Return the parts that have a row of their own; no base where it also holds silent people.

    Where every part is told, they add up to the base.
    """
    counts: dict[str, int | None] = dict.fromkeys(told.question.options)
    for row in told.rows:
        if len(row.codes) == 1 and row.codes != (BLANK,) and row.telling is Telling.COUNT:
            counts[row.codes[0]] = row.units
    known = [count for count in counts.values() if count is not None]
    if len(known) == len(counts):
        return Split(sum(known), counts)
    widened = told.key in told.question.blanks
    return Split(told.base if told.rows and not widened else None, counts)


def at_least(told: "Told", code: str) -> int | None:
    """Return the units on a step of an ordered question or above it, if rows are cut there."""
    above = {*told.question.options[told.question.options.index(code) :]}
    inside = [row for row in told.rows if {*row.codes} <= above]
    covered = {one for row in inside for one in row.codes}
    if covered != above or any(row.telling is not Telling.COUNT for row in inside):
        return None
    return sum(row.units for row in inside)
