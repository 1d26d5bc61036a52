"""Rows that raise the same question: asked about one by one if they are few, otherwise at once. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.importing.people.listed import ListedPerson
from bot.importing.people.offers import names_of
from bot.importing.rows.open_questions import Answers, Choice, Question
from bot.wording.counts import counted

ALL, EACH, ALL_NEW = "all the same", "ask about each", "all new"
MOST_ALONE = 3
"""Rows that are asked about one by one; about more of a kind there is one question."""


@dataclass
class Rows:
    """The rows of a list that raise one kind of question, and the question of each.

    `text` follows their number, `whole` is the answer and `label` the button that decides all.
    """

    key: str
    text: str
    whole: str
    label: str
    rows: list[tuple[ListedPerson, Question]] = field(default_factory=list)

    def add(self, row: ListedPerson, question: Question) -> None:
        """Add a row with its own question."""
        self.rows.append((row, question))

    def is_decided(self, answers: Answers) -> bool:
        """Return whether one answer has decided all rows."""
        return answers.get(self.key) == self.whole

    def questions(self, answers: Answers) -> Iterator[Question]:
        """Yield the questions of the rows, or the one question for all of them."""
        if len(self.rows) <= MOST_ALONE or answers.get(self.key) == EACH:
            yield from (question for _, question in self.rows)
            return
        people = counted(len(self.rows), "person has", "people have")
        names = names_of([row for row, _ in self.rows])
        choices = (
            Choice(self.label.format(count=len(self.rows)), self.whole),
            Choice("Ask about each", EACH),
        )
        yield Question(self.key, self.text.format(people=people, names=names), choices)


def known_people() -> Rows:
    """Return no rows yet: those with the name of one person of another workshop."""
    text = (
        "{people} the name and the administration of somebody of another workshop: {names}. "
        "Are they the same people?"
    )
    return Rows("known people", text, ALL, "Yes, all {count}")


def common_names() -> Rows:
    """Return no rows yet: those with a name that several people of other workshops have."""
    text = (
        "{people} a name that several people of the same administration have: {names}. "
        "Are they new people?"
    )
    return Rows("common names", text, ALL_NEW, "Yes, all {count} are new")
