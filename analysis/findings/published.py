"""What readers outside the office may know of each question, beside all other published reports."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.disclosure.crowds import Crowd
from analysis.disclosure.earlier_versions import Beside, of_now
from analysis.disclosure.printed import Tables
from analysis.disclosure.protection import Work, protected
from analysis.disclosure.published_sets import Part
from analysis.disclosure.question import Question, Row
from analysis.disclosure.stored_tables import as_stored, read_again, stored
from analysis.facts.cut_offs import WHOLE
from analysis.findings.printed_rows import PrintedRows, told_rows
from analysis.findings.questions import item_question
from analysis.findings.readings import Readings
from analysis.measures.tallies import Tally
from surveys.wording import Words

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts

Name = tuple[str, ...]
"""What a question asks, of which waves and whom."""

Make = Callable[[Readings], Question]
Of = Callable[["Published"], Readings]
"""The readings of a report of which a question is made."""


@dataclass(frozen=True)
class Told:
    """What may be told of a question in one set, and in all others by their keys in `tables`."""

    question: Question
    key: str
    tables: Tables

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of this set; none if nothing is told."""
        return self.tables.get(self.key, ())

    @property
    def crowd(self) -> Crowd:
        """The units in the base of this set."""
        return self.question.crowds[self.key]

    @property
    def base(self) -> int:
        """The units in the base."""
        return len(self.crowd)


@dataclass(frozen=True)
class Published:
    """The readings of all sets of workshops that are published; `own` is the set of this report.

    `of_administrations` are the same, where those of `readings` count people because nothing may be told
    of administrations. `work` says what protecting the questions has cost. `groups` are the keys of the
    groups of a year, `parts` what all keys are about. `earlier` are the reports that readers have
    already. Of one of those `recalled` is what it told, as it was stored, by set and question; if None
    it is worked out again. One of the `same` version is what other readers have of this report. `report`
    is the set of the report where `own` is another one, as seen from there.
    """

    own: str
    readings: Readings
    of_administrations: Mapping[str, "ReportFacts"]
    groups: Mapping[str, str] = field(default_factory=dict)
    work: Work = field(default_factory=Work)
    parts: Mapping[str, Part] = field(default_factory=dict, repr=False)
    earlier: tuple["Published", ...] = field(default=(), repr=False)
    recalled: Mapping[str, Mapping[str, Any]] | None = field(default=None, repr=False)
    same: bool = False
    report: str = ""
    _questions: dict[Name, Question] = field(default_factory=dict, repr=False)
    _tables: dict[Name, tuple[Question, Tables]] = field(default_factory=dict, repr=False)
    _asked: dict[tuple[str, Name], Told] = field(default_factory=dict, repr=False)

    def seen_from(self, key: str) -> "ReportFacts":
        """Return the reading of another set or group, which tells what this report tells of it."""
        return replace(self.readings[key], published=replace(self, own=key, report=self._whole))

    @property
    def _whole(self) -> str:
        return self.report or self.own

    def of_people(self, make: Make, *name: str, key: str = "") -> Told:
        """Return what is told of people in this set (or `key`), by a question made of all readings."""
        return self._told(make, name, lambda one: one.readings.of_sets, key or self.own)

    def of_places(self, make: Make, *name: str, everywhere: bool = False) -> Told:
        """Return what is told of administrations; of people in sets that count people.

        With `everywhere` the tables of all sets are there.
        """
        by_person = self.readings[self.own].by_person
        whole = of_units(*name, by_person=by_person)

        def alike(one: Published) -> Readings:
            return one.alike(by_person=by_person)

        return self._told(make, whole, alike, self.own, everywhere=everywhere)

    def alike(self, *, by_person: bool) -> Readings:
        """Return the readings that count people, or delegations."""
        return self._counting[by_person]

    @cached_property
    def _counting(self) -> Mapping[bool, Readings]:
        return {
            by_person: _alike(readings, self.readings.groups, by_person=by_person)
            for by_person, readings in ((True, self.readings), (False, self.of_administrations))
        }

    def rows_of_item(
        self, found: Tally, waves: tuple[str, ...], role: str, say: Words, place: str = ""
    ) -> PrintedRows:
        """Return what may be printed of an item; with `place` of the people of one administration."""
        told = self.of_people(
            lambda readings: item_question(readings, found.item, waves, role, place),
            *("item", place, found.item, role, *waves),
        )
        return told_rows(found, told.question, told.key, told.rows, say)

    def questions(self) -> tuple[tuple[Question, Tables], ...]:
        """Return all questions so far, with what is told of each by set."""
        return tuple(self._tables.values())

    def told(self) -> dict[str, dict[str, Any]]:
        """Return what this report has told so far, as plain data by part and question."""
        found = {WHOLE: self._part(self._whole)}
        for (key, name), one in sorted(self._asked.items(), key=lambda asked: asked[0]):
            if key in one.question.crowds:
                part = found.setdefault(WHOLE if key == self._whole else key, self._part(key))
                part["questions"][text_of(name)] = stored(one.question, key, one.rows)
        return found

    def _part(self, key: str) -> dict[str, Any]:
        """Return what a set or group is about, as plain data without an answer yet."""
        part = self.parts[key]
        places = None if part.places is None else sorted(part.places)
        return {"workshops": list(part.workshops), "places": places, "questions": {}}

    def _told(
        self,
        make: Make,
        name: Name,
        of: Of,
        key: str,
        *,
        everywhere: bool = False,
    ) -> Told:
        known = None if everywhere else self._known_to_others(make, name, of, key)
        if known is None:
            question, tables = self._answered(make, name, of)
            known = Told(question, key, tables)
        self._asked.setdefault((key, name), known)
        return known

    def _question(self, make: Make, name: Name, of: Of) -> Question:
        """Return a question, made once for all sets of which it is asked."""
        if name not in self._questions:
            self._questions[name] = make(of(self))
        return self._questions[name]

    def _known_to_others(
        self,
        make: Make,
        name: Name,
        of: Of,
        key: str,
    ) -> Told | None:
        """Return what other readers of this version were told of people in a set; None if nothing."""
        part, text = WHOLE if key == self._whole else key, text_of(name)
        for one in self.earlier:
            told = (one.recalled or {}).get(part, {}).get(text) if one.same else None
            found = told and as_stored(self._question(make, name, of), key, told)
            if found:
                question, rows = found
                return Told(question, key, {key: rows} if rows else {})
        return None

    def _answered(
        self,
        make: Make,
        name: Name,
        of: Of,
    ) -> tuple[Question, Tables]:
        """Return a question with what is told of it, or was when this report was handed out."""
        if name not in self._tables:
            question = self._question(make, name, of)
            if self.recalled is None:
                self._tables[name] = self._beside_earlier(question, make, name, of)
            else:
                text = text_of(name)
                told = {key: one[text] for key, one in self.recalled.items() if text in one}
                self._tables[name] = read_again(question, told)
        return self._tables[name]

    def _beside_earlier(
        self,
        question: Question,
        make: Make,
        name: Name,
        of: Of,
    ) -> tuple[Question, Tables]:
        """Return a question with what may be told of it beside what reports told before."""
        beside = Beside(question)
        for one in (one for one in self.earlier if of(one)):
            beside = beside.also(*one._answered(make, name, of))
        found = protected(beside.question, self.work, beside.printed)
        if not beside.printed:
            return found
        wide, tables = of_now(*found, question)
        return wide, {key: tables[key] for key in tables.keys() - self._kept_back(text_of(name))}

    def _kept_back(self, question: str) -> set[str]:
        """Return the sets of which this version tells other readers nothing in answer to a question."""
        return {
            self._whole if key == WHOLE else key
            for one in self.earlier
            if one.same
            for key, told in (one.recalled or {}).items()
            if question in told and not told[question]["rows"]
        }


def of_units(*name: str, by_person: bool) -> Name:
    """Return the name of a question about delegations, or about people in their place."""
    return (*name, str(by_person))


def text_of(name: Name) -> str:
    """Return the name of a question as it is stored."""
    return json.dumps(name, ensure_ascii=False)


def _alike(
    every: Mapping[str, "ReportFacts"], groups: Collection[str], *, by_person: bool
) -> Readings:
    alike = {key: one for key, one in every.items() if one.by_person is by_person}
    return Readings(alike, {*groups} & alike.keys())
