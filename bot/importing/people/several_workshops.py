"""Lists of people of several workshops, told apart by a column: only those of one are taken."""

from collections import Counter
from dataclasses import dataclass, field

from bot.importing.people.found import People
from bot.importing.rows.open_questions import LEAVE_OUT, Choice, Question
from bot.importing.rows.rows import Row
from bot.wording.counts import counted

HERE = "this one"


@dataclass
class Elsewhere:
    """Counts the rows that are for other workshops."""

    people: People
    rows: Counter[str] = field(default_factory=Counter)
    called: dict[str, frozenset[str]] = field(default_factory=dict)

    def has(self, row: Row) -> bool:
        """Return whether a row is for another workshop; what is not clear is asked once."""
        name = row.get("workshop")
        if not name or not self.people.code:
            return False
        if name not in self.called:
            self.called[name] = self.people.workshops_called(name)
        found = self.called[name]
        answer = self.people.answers.get(name.casefold(), "")
        if found == {self.people.code} or answer == HERE:
            return False
        if found and self.people.code not in found:
            self.rows[min(found)] += 1
            return True
        if answer != LEAVE_OUT:
            choices = (Choice("Yes", HERE), Choice("No, leave those rows out", LEAVE_OUT))
            text = f"'{name}' ({row.place}): is it the workshop {self.people.code}?"
            self.people.questions.setdefault(
                name.casefold(), Question(name.casefold(), text, choices)
            )
        return True

    def notes(self) -> list[str]:
        """Return how many rows are for which other workshops, and what takes them."""
        return [
            f"{counted(count, 'row is', 'rows are')} for {code}, and left out here: import the list "
            f"for {code} too."
            for code, count in self.rows.items()
        ]
