"""What readers outside the office may know of each question, beside all other published reports."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.disclosure.crowds import Crowd, Person, by_place, choosing, stands
from analysis.disclosure.earlier_versions import Beside, of_now
from analysis.disclosure.protection import Work, found_beside, protected
from analysis.disclosure.published_sets import Part
from analysis.disclosure.question import Question, Row, Telling
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.stored_tables import read_again, stored
from analysis.disclosure.variables import Tables
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
    it is worked out again. One of the `same` version is what other readers have of this report.
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
    _tables: dict[Name, tuple[Question, Tables]] = field(default_factory=dict, repr=False)
    _asked: set[tuple[str, Name]] = field(default_factory=set, repr=False)

    def seen_from(self, key: str) -> "ReportFacts":
        """Return the reading of another set or group, which tells what this report tells of it."""
        return replace(self.readings[key], published=replace(self, own=key))

    def of_people(self, make: Callable[[Readings], Question], *name: str, key: str = "") -> Told:
        """Return what is told of people in this set (or `key`), by a question made of all readings."""
        return self._told(make, name, lambda one: one.readings.of_sets, key or self.own)

    def of_places(self, make: Callable[[Readings], Question], *name: str) -> Told:
        """Return what is told of administrations; of people in sets that count people."""
        by_person = self.readings[self.own].by_person
        whole = of_units(*name, by_person=by_person)
        return self._told(make, whole, lambda one: one.alike(by_person=by_person), self.own)

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
        found = {WHOLE: self._part(self.own)}
        for key, name in sorted(self._asked):
            question, tables = self._tables[name]
            if key in question.crowds:
                part = found.setdefault(WHOLE if key == self.own else key, self._part(key))
                part["questions"][text_of(name)] = stored(question, key, tables.get(key, ()))
        return found

    def _part(self, key: str) -> dict[str, Any]:
        """Return what a set or group is about, as plain data without an answer yet."""
        part = self.parts[key]
        places = None if part.places is None else sorted(part.places)
        return {"workshops": list(part.workshops), "places": places, "questions": {}}

    def _told(
        self,
        make: Callable[[Readings], Question],
        name: Name,
        of: Callable[["Published"], Readings],
        key: str,
    ) -> Told:
        question, tables = self._answered(make, name, of)
        self._asked.add((key, name))
        return Told(question, key, tables)

    def _answered(
        self,
        make: Callable[[Readings], Question],
        name: Name,
        of: Callable[["Published"], Readings],
    ) -> tuple[Question, Tables]:
        """Return a question with what is told of it, or was when this report was handed out."""
        if name not in self._tables:
            question = make(of(self))
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
        make: Callable[[Readings], Question],
        name: Name,
        of: Callable[["Published"], Readings],
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
            self.own if key == WHOLE else key
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


def nameable_beside(told: Told, allowed: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return which administrations may have rows of their own beside the rows of all together.

    `allowed` are those that agree to be named, by set; all units of one are named. What is left of each
    row of every set without the named ones must rest on enough people by itself, also for an
    administration that takes its own people away. Else the largest of them joins the others, and so on.
    """
    question = told.question
    units = {key: by_place(crowd) for key, crowd in question.crowds.items()}
    chosen = {place for key in told.tables for place in allowed[key] if place in units[key]}
    for key in told.tables:
        beside, there = Told(question, key, told.tables), units[key]
        while here := chosen & there.keys():
            if _others_stand(beside, {unit for place in here for unit in there[place]}):
                break
            chosen.remove(max(sorted(here), key=lambda place: _size(beside, there[place])))
    if not chosen or found_beside(question, told.tables, chosen):
        return frozenset()
    return frozenset(chosen & {*allowed[told.key]} & units[told.key].keys())


def _size(told: Told, units: Collection[int | str]) -> int:
    return len(frozenset[Person]().union(*(told.crowd[unit].asked for unit in units)))


def _others_stand(told: Told, named: Collection[int | str]) -> bool:
    if any(row.telling is not Telling.COUNT for row in told.rows):
        return False
    others = {code: one for code, one in told.crowd.items() if code not in named}
    places = told.question.places_of(told.key)
    for row in told.rows:
        inside = [one.asked for one in choosing(others, row.codes)]
        if not stands(frozenset[Person]().union(*inside), places):
            return False
        rests = (frozenset[Person]().union(*(o for o in inside if o is not one)) for one in inside)
        if any(0 < len(rest) < SMALLEST for rest in rests):
            return False
    return True
