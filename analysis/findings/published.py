"""What readers outside the office may know of each question, beside all other published reports."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.disclosure.crowds import Crowd, Person, choosing, stands
from analysis.disclosure.merging import Question, Row, Telling
from analysis.disclosure.protection import Work, protected
from analysis.disclosure.small_groups import SMALLEST
from analysis.findings.printed_rows import PrintedRows, told_rows
from analysis.findings.questions import item_question
from analysis.measures.tallies import Tally
from surveys.wording import Words

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts


@dataclass(frozen=True)
class Told:
    """What may be told of a question in one set; no `rows` if that is nothing."""

    question: Question
    key: str
    rows: tuple[Row, ...]

    @property
    def base(self) -> int:
        """The units in the base."""
        return len(self.question.crowds[self.key])


@dataclass(frozen=True)
class Published:
    """The readings of all sets of workshops that are published; `own` is the set of this report.

    `work` says what protecting the questions has cost.
    """

    own: str
    readings: Mapping[str, "ReportFacts"]
    work: Work = field(default_factory=Work)
    _tables: dict[tuple[str, ...], tuple[Question, dict[str, tuple[Row, ...]]]] = field(
        default_factory=dict, init=False, repr=False
    )

    def of_people(
        self, make: Callable[[Mapping[str, "ReportFacts"]], Question], *name: str, key: str = ""
    ) -> Told:
        """Return what is told of people in this set (or `key`), by a question made of all readings."""
        return self._told(make, name, self.readings, key or self.own)

    def of_places(
        self, make: Callable[[Mapping[str, "ReportFacts"]], Question], *name: str
    ) -> Told:
        """Return what is told of administrations; of people in sets that count people."""
        by_person = self.readings[self.own].by_person
        alike = {k: one for k, one in self.readings.items() if one.by_person is by_person}
        return self._told(make, (*name, str(by_person)), alike, self.own)

    def rows_of_item(
        self, found: Tally, waves: tuple[str, ...], role: str, say: Words, place: str = ""
    ) -> PrintedRows:
        """Return what may be printed of an item; with `place` of the people of one administration."""
        told = self.of_people(
            lambda readings: item_question(readings, found.item, waves, role, place),
            *("item", place, found.item, role, *waves),
        )
        return told_rows(found, told.question, told.key, told.rows, say)

    def _told(
        self,
        make: Callable[[Mapping[str, "ReportFacts"]], Question],
        name: tuple[str, ...],
        readings: Mapping[str, "ReportFacts"],
        key: str,
    ) -> Told:
        if name not in self._tables:
            question = make(readings)
            self._tables[name] = (question, protected(question, self.work))
        question, tables = self._tables[name]
        return Told(question, key, tables.get(key, ()))


def nameable_beside(told: Told, allowed: Collection[str]) -> frozenset[str]:
    """Return which administrations may have rows of their own beside the rows of all together.

    What is left of each row without the named ones must rest on enough people by itself, also for an
    administration that takes its own people away. Else the largest of them joins the others, and so on.
    """
    crowd = told.question.crowds[told.key]
    chosen = {str(code) for code in crowd if code in allowed}
    if not told.rows or any(row.telling is not Telling.COUNT for row in told.rows):
        return frozenset()
    while chosen and not _others_stand(told, crowd, chosen):
        chosen.remove(max(sorted(chosen), key=lambda code: len(crowd[code].asked)))
    return frozenset(chosen)


def _others_stand(told: Told, crowd: Crowd, named: Collection[str]) -> bool:
    others = {code: one for code, one in crowd.items() if code not in named}
    places = told.question.places_of(told.key)
    for row in told.rows:
        inside = [one.asked for one in choosing(others, row.codes)]
        if not stands(frozenset[Person]().union(*inside), places):
            return False
        rests = (frozenset[Person]().union(*(o for o in inside if o is not one)) for one in inside)
        if any(0 < len(rest) < SMALLEST for rest in rests):
            return False
    return True
