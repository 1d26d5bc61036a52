"""Readers of all published counts, and the counts under five that they find."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache

from analysis.disclosure.bases import members
from analysis.disclosure.crowds import choosing
from analysis.disclosure.everybody import Everybody, Places
from analysis.disclosure.question import BLANK, SILENT, Kind, Question, Row
from analysis.disclosure.ranges import Holding, Program
from analysis.disclosure.secrets import Rest, Secret, few_of, of_two_answers, rests_of
from analysis.disclosure.variables import (
    Tables,
    Variables,
    base,
    silent,
    silent_beside_people,
    told,
)
from analysis.disclosure.wave_replies import replies_of_waves


class Reader:
    """Somebody who knows all published counts, and perhaps the answers of one administration."""

    def __init__(self, question: Question, whole: Question, everybody: Everybody) -> None:
        self._question, self._whole = question, whole
        self._tables: dict[str, tuple[Row, ...]] = dict.fromkeys(question.crowds, ())
        self._given: Tables = {}
        self.variables = Variables(question, everybody.units.sizes, everybody.groups)
        self.program = Program()
        bases = [base(question, key, self.variables) for key in question.crowds]
        told_beside = question.replies & question.crowds.keys()
        replies = [
            silent(key, everybody.units.silent(key), self.variables) for key in sorted(told_beside)
        ]
        of_people = question.people & question.crowds.keys()
        replies += [
            silent_beside_people(question, key, self.variables) for key in sorted(of_people)
        ]
        replies += replies_of_waves(question, self.variables)
        self.program.add(len(self.variables), (*self.variables.facts, *bases, *replies))
        self._safe: set[object] = set()
        self._last: object = None
        self._few: dict[tuple[int, tuple[str, ...]], list[Secret]] = {}
        self._always: dict[int, list[Secret]] = {}
        self._spelled = cache(self.variables.spelled)
        self._alone = [(code,) for code in (*question.options, BLANK, SILENT)]
        self._rests = rests_of(everybody.units)
        self._of_two_answers = list(of_two_answers(question, self.variables))

    def finds(self, tables: Tables, more: bool = False) -> Holding | None:
        """Return which rows and bases tell a count under five; None if it finds none.

        With `more`, the tables may say what those before did not.
        """
        if more:
            self._safe.clear()
        self._read(tables, more)
        doubtful = self._doubtful()
        place, holding = self.program.first_found([one.wanted for one in doubtful])
        self._safe.update(one.wanted.name for one in doubtful[:place])
        self._last = doubtful[place].wanted.name if holding else None
        return holding

    def gives_up(self) -> None:
        """Look no more for what was found last: it is known from what cannot be taken back."""
        self.program.known.add(self._last)

    def _doubtful(self) -> list[Secret]:
        """Return the secrets that may be found now, one of each kind."""
        found: list[Secret] = []
        alike: set[object] = set()
        rows: dict[tuple[str, ...], int] = {}
        numbers: dict[object, int] = {}
        for secret in self._secrets():
            if secret.codes not in rows:
                there = self._rows_of(secret.codes)
                # A number is compared sooner than the rows of all sets.
                rows[secret.codes] = numbers.setdefault(there, len(numbers))
            kind = secret.exact, secret.place, rows[secret.codes]
            if kind not in alike and self._asks(secret.wanted.name):
                found.append(secret)
            alike.add(kind)
        return found

    def _asks(self, name: object) -> bool:
        """Return whether it is neither known that a secret is safe nor that it is lost."""
        return name not in self._safe and name not in self.program.known

    def _rows_of(self, codes: tuple[str, ...]) -> object:
        """Return the rows that tell of an option; several options, or none, are alike no others."""
        if len(codes) != 1 or codes[0] in (BLANK, SILENT):
            return codes
        return tuple(
            next((row.codes for row in rows if codes[0] in row.codes), ())
            for rows in self._tables.values()
        )

    def _secrets(self) -> Iterator[Secret]:
        """Yield counts and rests of 1 to 4 people in sets and differences, also of untold sets."""
        together = {
            key: [row.codes for row in rows if len(row.codes) > 1]
            for key, rows in self._tables.items()
        }
        for rest in self._rests:
            if rest.number not in self._always:
                always = dict.fromkeys((*self._alone, self._question.options))
                self._always[rest.number] = [
                    secret for codes in always for secret in self._few_of(rest, codes)
                ]
            yield from self._always[rest.number]
            # The people of one or more options are known in the set that tells of them.
            beside = () if self._question.kind is Kind.SEVERAL else rest.out
            for key in (rest.key, *beside):
                for codes in together.get(key, ()):
                    yield from self._few_of(rest, self._spelled(rest.key, codes))
        yield from self._of_two_answers

    def _few_of(self, rest: Rest, codes: tuple[str, ...]) -> list[Secret]:
        name = rest.number, codes
        if name not in self._few:
            self._few[name] = list(few_of(self._question, self.variables, rest, codes))
        return self._few[name]

    def _read(self, tables: Tables, more: bool) -> None:
        """Take over what tables say now."""
        for key in self._question.crowds:
            if key in tables and tables[key] is not self._given.get(key):
                rows = tuple(self._seen(key, row) for row in tables[key])
                if rows != self._tables.get(key):
                    self._change(key, rows, more)
            elif key not in tables and key in self._tables:
                self.program.take_back(key, (), base=True)
                del self._tables[key]
        self._given = dict(tables)

    def _change(self, key: str, rows: tuple[Row, ...], more: bool) -> None:
        hidden = key not in self._tables
        before, self._tables[key] = self._tables.get(key, ()), rows
        self.program.take_back(key, rows, base=False)
        new = [row for row in rows if row not in before]
        facts = [fact for row in new for fact in self.variables.unite(key, row.codes)]
        facts += told(self._question, key, new, self.variables, self._whole)
        if hidden:
            facts.append(base(self._question, key, self.variables))
        self.program.add(len(self.variables), facts, more)

    def _seen(self, key: str, row: Row) -> Row:
        return replace(row, units=len(choosing(self._question.crowds[key], row.codes)))


def readers_of(question: Question, named: Collection[str] = ()) -> Iterator[Reader]:
    """Yield the outsider, and the readers of administrations that know more than it.

    All readers know what the `named` administrations said.
    """
    places = Places(question)
    for member in ("", *members(question)):
        if not member or member in places:
            unknown, everybody = places.without({*named, member} - {""})
            yield Reader(unknown, question, everybody)
