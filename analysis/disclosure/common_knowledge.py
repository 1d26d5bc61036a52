"""What all readers of a question know: its variables, and what is told in every set."""

from dataclasses import replace
from functools import cache

import numpy as np

from analysis.disclosure.crowds import choosing
from analysis.disclosure.everybody import Everybody
from analysis.disclosure.printed import Tables, base, silent, silent_beside_people, told
from analysis.disclosure.program import Program
from analysis.disclosure.question import BLANK, SILENT, Question, Row
from analysis.disclosure.rests import Codes
from analysis.disclosure.secrets import Places, Secrets
from analysis.disclosure.variables import Variables
from analysis.disclosure.wave_replies import replies_of_waves


class CommonKnowledge:
    """The facts and the tables of a question; `whole` has people of whom a reader knows by itself."""

    def __init__(self, question: Question, everybody: Everybody, whole: Question) -> None:
        self._question, self._whole = question, whole
        self._tables: dict[str, tuple[Row, ...]] = dict.fromkeys(question.crowds, ())
        self._given: Tables = {}
        self.variables = Variables(question, everybody)
        self.program = Program(self.variables)
        self.secrets = Secrets(question, self.variables, everybody.units)
        self.known: set[int] = set()
        """Secrets that nothing printed holds: all readers know them, as one does who knows least."""
        self.spelled = cache(self.variables.spelled)
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
        self.program.add((*self.variables.facts, *bases, *replies))
        self._look_again()

    def read(self, tables: Tables, more: bool) -> None:
        """Take over what tables say now; `more` if they may say what those before did not."""
        if tables is self._given:
            return
        for key in self._question.crowds:
            if key in tables and tables[key] is not self._given.get(key):
                rows = tuple(self._seen(key, row) for row in tables[key])
                if rows != self._tables.get(key):
                    self._change(key, rows, more)
            elif key not in tables and key in self._tables:
                self.program.take_back(key, (), base=True)
                del self._tables[key]
        self._given = tables
        self._look_again()

    def _change(self, key: str, rows: tuple[Row, ...], more: bool) -> None:
        hidden = key not in self._tables
        before, self._tables[key] = self._tables.get(key, ()), rows
        self.program.take_back(key, rows, base=False)
        new = [row for row in rows if row not in before]
        facts = [fact for row in new for fact in self.variables.unite(key, row.codes)]
        facts += told(self._question, key, new, self.variables, self._whole)
        if hidden:
            facts.append(base(self._question, key, self.variables))
        self.program.add(facts, more)

    def _seen(self, key: str, row: Row) -> Row:
        return replace(row, units=len(choosing(self._question.crowds[key], row.codes)))

    def _look_again(self) -> None:
        """Work out of the new tables which rows tell several codes together."""
        self.together = {
            key: [row.codes for row in rows if len(row.codes) > 1]
            for key, rows in self._tables.items()
        }
        self._rows = np.zeros(0, np.int64)

    def rows(self) -> Places:
        """Return for each of the codes of secrets a number for the rows that tell of it.

        Several options, or none, are alike no others.
        """
        codes = self.secrets.codes
        if len(self._rows) != len(codes):
            numbers: dict[object, int] = {}
            found = [numbers.setdefault(self._rows_of(one), len(numbers)) for one in codes]
            self._rows = np.array(found, np.int64)
        return self._rows

    def _rows_of(self, codes: Codes) -> object:
        if len(codes) != 1 or codes[0] in (BLANK, SILENT):
            return codes
        return tuple(
            next((row.codes for row in rows if codes[0] in row.codes), ())
            for rows in self._tables.values()
        )
