"""A list of people being read: the people found so far, what is asked, and what is told."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.importing.people.listed import ListedPerson
from bot.importing.rows.columns import Table
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question, also_in
from bot.importing.rows.rows import Reading, Row
from surveys.people import Administration

OUT = Choice("Leave out", LEAVE_OUT)


@dataclass
class People:
    """A list of people being read: the people found, questions, and notes on how it was read.

    It is for the workshop `code`; `workshops_called` gives those that a cell may mean.
    """

    reading: Reading
    known: dict[str, Administration]
    answers: Answers
    host: str = ""
    workshops_called: Callable[[str], frozenset[str]] = lambda _: frozenset()
    code: str = ""
    listed: list[ListedPerson] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    added: dict[str, Administration] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    supervisors: dict[str, str] = field(default_factory=dict)
    """Where each supervisor stands who is named in the row of a participant."""

    def ask(self, question: Question, row: Row) -> None:
        """Ask about a row; a question that is asked already is about this row too."""
        asked = self.questions.get(question.key)
        self.questions[question.key] = also_in(asked, row.place) if asked else question
