"""Which stored person a row of a list is: certain, or asked. Nothing is decided silently. Pure.

Certain is a person of the same address and name, and in the workshop one of the same name who has no
other address. Whoever may be the same besides is a question with its reason.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from bot.importing.people.at_once import Rows, common_names, known_people
from bot.importing.people.known import KnownPeople
from bot.importing.people.likeness import spelt_how
from bot.importing.people.listed import ListedPerson
from bot.importing.people.names import folded, hinted, name_key
from bot.importing.people.others import Name
from bot.importing.rows.open_questions import SAME, Answers, Choice, Question
from bot.importing.rows.rows import Reading
from surveys.people import Participant

NEW = "new person"
SAME_MAILBOX = "who has the same e-mail address"
OTHER_ADDRESS = "who is in this workshop with the address {hint}"
NO_ADDRESS = "who is in this workshop, and whose address does not work"
OTHER_SPELLING = "who is in this workshop; {how}"
SAME_NAME = "of the same name in this workshop"
ELSEWHERE = "of {workshops}, with the same {what}"
Found = dict[int, str]
"""The people a row may be, each with the reason."""


@dataclass
class Matcher:
    """Finds the stored people of the rows, and collects the questions."""

    known: KnownPeople
    answers: Answers
    reading: Reading
    questions: list[Question] = field(default_factory=list)
    again: Rows = field(default_factory=known_people)
    common: Rows = field(default_factory=common_names)
    apart: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The people who look like a new person and are others, by the place of the row."""
    possible: set[int] = field(default_factory=set)
    """The people whom open questions are about."""

    def match(self, rows: Sequence[ListedPerson]) -> Iterator[tuple[ListedPerson, int | None]]:
        """Yield the rows of one role with the numbers of their people, None for a new person."""
        taken = {at: one for at, row in enumerate(rows) if (one := self._owner(row)) is not None}
        used = set(taken.values())
        doubtful: dict[int, list[int]] = {}
        for name, places in _by_name(rows, taken).items():
            for at, people in self._paired(rows, places, name, used):
                if len(people) == 1:
                    taken[at] = people[0]
                else:
                    doubtful[at] = people
        for at, row in enumerate(rows):
            chosen = taken.get(at)
            asked = self.open
            if chosen is None:
                chosen = self._asked(row, self._candidates(row, doubtful.get(at, []), used))
                used.update(() if chosen is None else (chosen,))
            owner = self._mailbox_of(row)
            if owner not in (None, chosen):
                row = replace(row, email="")
                if asked == self.open:
                    self._report_mailbox(rows[at], self.known.people[owner or 0])
            yield row, chosen

    def _owner(self, row: ListedPerson) -> int | None:
        """Return the person who has the address of a row and the same name; None if none has."""
        number = self.known.by_email.get(row.email) if row.email else None
        if number is None or name_key(self.known.people[number].name) != name_key(row.name):
            return None
        return number

    def _mailbox_of(self, row: ListedPerson) -> int | None:
        """Return the person whose address a row has; None if it is free, or out of use."""
        number = self.known.by_email.get(row.email) if row.email else None
        if number is None or not self.known.emails[number].get(row.email):
            return None
        return number

    def _paired(
        self, rows: Sequence[ListedPerson], places: list[int], name: Name, used: set[int]
    ) -> Iterator[tuple[int, list[int]]]:
        """Yield places with who of one name they are: one person, or several who are asked about.

        As many rows as people are paired in their order, which nobody can tell apart. A row with an
        address is only a person without one.
        """
        people = sorted(self.known.spelt.get(name, ()))
        for mailed in (True, False):
            group = [at for at in places if bool(rows[at].email) is mailed]
            free = [number for number in people if number not in used]
            if mailed:
                free = [number for number in free if not self.known.emails.get(number)]
            if len(group) < len(free):
                yield from ((at, free) for at in group)
                continue
            used.update(free)
            yield from ((at, [number]) for at, number in zip(group, free, strict=False))

    def _candidates(self, row: ListedPerson, namesakes: list[int], used: Set[int]) -> Found:
        """Return who a row may be, beside those who are other rows."""
        key = (row.administration, name_key(row.name))
        found = dict.fromkeys(namesakes, SAME_NAME)
        owner = self._mailbox_of(row)
        if owner is not None:
            found[owner] = SAME_MAILBOX
        for number in sorted(self.known.named.get(key, ())):
            if row.email or self._how(row, number):
                found.setdefault(number, self._why_here(row, number))
        for number in self.known.elsewhere.get(key, {}):
            how = self._how(row, number)
            found.setdefault(
                number, self._elsewhere(number, f"administration; {how}" if how else "")
            )
        same = found.keys() - {owner}
        for number, how in self.known.alike.get(key, {}).items():
            found.setdefault(number, self._why_alike(number, how))
        known = {one for one in found if any((one, other) in self.known.apart for other in same)}
        return {one: why for one, why in found.items() if one not in used | (known - same)}

    def _why_here(self, row: ListedPerson, number: int) -> str:
        how, email = self._how(row, number), self.known.email_of(number)
        if how:
            return OTHER_SPELLING.format(how=how)
        return OTHER_ADDRESS.format(hint=hinted(email)) if email else NO_ADDRESS

    def _how(self, row: ListedPerson, number: int) -> str:
        """Return how the name of a row with the letters of a person's name is written; '' if alike."""
        stored = self.known.people[number].name
        return "" if folded(stored) == folded(row.name) else spelt_how(row.name, stored)

    def _why_alike(self, number: int, how: str) -> str:
        if number in self.known.codes:
            return self._elsewhere(number, f"administration; {how}")
        return OTHER_SPELLING.format(how=how)

    def _elsewhere(self, number: int, what: str) -> str:
        workshops = " and ".join(dict.fromkeys(self.known.codes[number]))
        return ELSEWHERE.format(workshops=workshops, what=what or "name and administration")

    def _asked(self, row: ListedPerson, found: Found) -> int | None:
        """Return the person that the answer names; None for a new one, or as long as it is open."""
        if not found:
            return None
        key = f"{row.row.place} is"
        answer = self.answers.get(key, "")
        codes = {self.known.people[number].code or SAME: number for number in found}
        if answer not in (*codes, NEW):
            kind = self._kind(row, found)
            if kind is not None and kind.is_decided(self.answers):
                return next(iter(found)) if kind is self.again else None
            question = self._question(key, row, found)
            if kind is not None:
                kind.add(row, question)
            else:
                self.questions.append(question)
            self.possible.update(found)
        if answer == NEW:
            self.apart[row.row.place] = tuple(number for number in found if number > 0)
        return codes.get(answer)

    def _kind(self, row: ListedPerson, found: Found) -> Rows | None:
        """Return the rows that are asked about at once with a row; None if it is asked about alone."""
        others = self.known.elsewhere.get((row.administration, name_key(row.name)), {})
        if not found.keys() <= others.keys():
            return None
        return self.again if len(found) == 1 else self.common

    @property
    def open(self) -> int:
        """How many rows are asked about."""
        return len(self.questions) + len(self.again.rows) + len(self.common.rows)

    def asked(self) -> list[Question]:
        """Return all questions; many rows of a kind are asked about at once."""
        kinds = (self.again, self.common)
        return [*self.questions, *(one for kind in kinds for one in kind.questions(self.answers))]

    def _question(self, key: str, row: ListedPerson, found: Found) -> Question:
        people = [(self.known.people[number], why) for number, why in found.items()]
        who = ", or ".join(
            f"{one.name} ({one.code or 'of this list'}), {why}" for one, why in people
        )
        text = f"{row.row.place}: {row.name} ({row.administration}) may be {who}."
        alone = len(people) == 1
        same = [
            Choice("Same person" if alone else f"{one.name}, {one.code}", one.code or SAME)
            for one, _ in people
        ]
        return Question(key, text, (*same, Choice("Another person", NEW)))

    def _report_mailbox(self, row: ListedPerson, owner: Participant) -> None:
        message = f"is the address of {owner.name}; this person is listed without it."
        self.reading.doubtful(row.row, "email", message)


def _by_name(rows: Sequence[ListedPerson], taken: dict[int, int]) -> dict[Name, list[int]]:
    """Return the places of the rows without a person yet, by administration and name."""
    found: dict[Name, list[int]] = {}
    for at, row in enumerate(rows):
        if at not in taken:
            found.setdefault((row.administration, folded(row.name)), []).append(at)
    return found
