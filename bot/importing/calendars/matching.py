"""Which known workshop a row of a calendar is about: by its number or code, else by title and days.

Pure. A new title or day of a known workshop is a change of it, never a second workshop.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.importing.calendars.codes import NewCodes
from bot.importing.rows.open_questions import Answers, Choice, Question
from bot.importing.rows.rows import Row
from bot.importing.tables.headings import plain
from bot.wording.days import short_span
from surveys.workshop import Workshop

Title = tuple[str, str]
Place = tuple[date, date, str, str]
"""What two rows about one workshop share: title and country, or days and place."""
SIMILAR = 80
"""From which likeness on, of 100, two titles may be one."""
NEW = "new"
"""The answer that a row is a workshop of its own."""


@dataclass(frozen=True)
class Entry:
    """A row of a calendar: the workshop as it says, '' as its code if it gives none.

    `uid` is the number of an event in a calendar program. Without `dated` its days are not known.
    """

    row: Row
    workshop: Workshop
    uid: str = ""
    cancelled: bool = False
    dated: bool = True


@dataclass(frozen=True)
class Known:
    """The workshops before the import, by code, with their other names and the keys of open waves.

    `by_hand` are those that staff moved.
    """

    workshops: Mapping[str, Workshop]
    uids: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    by_hand: frozenset[str] = frozenset()
    open_waves: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def code_of(self, typed: str) -> str | None:
        """Return the code of the known workshop with this code, in any case or formerly."""
        if typed in self.workshops:
            return typed
        small = typed.casefold()
        return self._small.get(small) or self.former.get(small)

    @cached_property
    def _small(self) -> dict[str, str]:
        return {code.casefold(): code for code in self.workshops}

    @cached_property
    def numbered(self) -> frozenset[str]:
        """The codes of the workshops that have a number in a calendar program."""
        return frozenset(self.uids.values())


class Matching:
    """Finds the known workshop of each entry; each is found once."""

    def __init__(self, known: Known, answers: Answers, today: date) -> None:
        self.known = known
        self.questions: list[Question] = []
        self._answers = answers
        self._today = today
        self._found: dict[int, str] = {}
        self._taken: set[str] = set()
        self._titled: dict[Title, list[Workshop]] = defaultdict(list)
        self._placed: dict[Place, list[Workshop]] = defaultdict(list)
        for one in sorted(known.workshops.values(), key=_days):
            self._titled[_title(one)].append(one)
            self._placed[_place(one)].append(one)

    def matched(self, entries: Sequence[Entry]) -> list[tuple[Entry, str | None]]:
        """Return each entry with the code of the known workshop it is about; None for a new one."""
        for find in (self._by_name, self._by_title_and_days, self._by_title, self._by_answer):
            for number, entry in enumerate(entries):
                code = None if number in self._found else find(entry)
                if code is not None and code not in self._taken:
                    self._found[number] = code
                    self._taken.add(code)
        return [(entry, self._found.get(number)) for number, entry in enumerate(entries)]

    def _by_name(self, entry: Entry) -> str | None:
        code = self.known.uids.get(entry.uid) if entry.uid else None
        given = entry.workshop.code
        return code or (self.known.code_of(given) if given else None)

    def _by_title_and_days(self, entry: Entry) -> str | None:
        same = (one for one in self._same_title(entry) if _days(one) == _days(entry.workshop))
        return next((one.code for one in same), None)

    def _by_title(self, entry: Entry) -> str | None:
        """Return a workshop of the same title, country and year, the first that is left."""
        year = entry.workshop.ends_on.year
        return next(
            (
                one.code
                for one in self._same_title(entry)
                if (one.ends_on.year == year or not entry.dated)
                and not (entry.uid and one.code in self.known.numbered)
            ),
            None,
        )

    def _same_title(self, entry: Entry) -> list[Workshop]:
        """Return the workshops of the same title and country; none for a row with its own code."""
        return [] if entry.workshop.code else self._left(self._titled[_title(entry.workshop)])

    def _left(self, workshops: Iterable[Workshop]) -> list[Workshop]:
        """Return those that no entry is about yet."""
        return [one for one in workshops if one.code not in self._taken]

    def _by_answer(self, entry: Entry) -> str | None:
        """Ask whether a row is a known workshop with another title, on other days or both."""
        mine = entry.workshop
        like = self._like(entry) if entry.dated else []
        if not like:
            return None
        key = f"{mine.title} {mine.starts_on}"
        answer = self._answers.get(key)
        if answer is not None:
            return self.known.code_of(answer) if answer != NEW else None
        self.questions.append(_question(key, entry, like[:3]))
        return None

    def _like(self, entry: Entry) -> list[Workshop]:
        """Return the known workshops that a row may be about.

        They are held on its days in its place, or are to come with its title or a similar one.
        """
        mine = entry.workshop
        placed = self._left(self._placed[_place(mine)])
        titled = self._left(self._titled[_title(mine)])
        similar = self._left(self._similar(mine))
        coming = [one for one in (*titled, *similar) if one.starts_on > self._today]
        found = {one.code: one for one in (*placed, *coming)}
        numbered = self.known.numbered if entry.uid else frozenset()
        return [one for one in found.values() if one.code not in numbered]

    def _similar(self, mine: Workshop) -> list[Workshop]:
        """Return the workshops of the same country and year with a similar title."""
        from rapidfuzz.fuzz import token_sort_ratio

        title, country = _title(mine)
        return [
            one
            for (known, where), workshops in self._titled.items()
            if where == country and country and token_sort_ratio(known, title) >= SIMILAR
            for one in workshops
            if one.ends_on.year == mine.ends_on.year
        ]


def _question(key: str, entry: Entry, like: Sequence[Workshop]) -> Question:
    choices = [Choice(f"It is {one.code}, changed", one.code) for one in like]
    names = "; ".join(f"{one.code}, {one.title}, {short_span(*_days(one))}" for one in like)
    text = f"{entry.row.place}: is '{entry.workshop.title}' a new workshop, or known as {names}?"
    other = "Another one, not held" if entry.cancelled else "A new workshop"
    return Question(key, text, (*choices, Choice(other, NEW)))


def _title(workshop: Workshop) -> Title:
    return plain(workshop.title), workshop.country


def _place(workshop: Workshop) -> Place:
    return *_days(workshop), workshop.country, plain(workshop.city)


def with_new_codes(
    matched: Iterable[tuple[Entry, str | None]], known: Known
) -> list[tuple[Entry, str, bool]]:
    """Return each entry with its code, and whether the workshop is known.

    One that is not known gets none if it is cancelled or has no days.
    """
    pairs = list(matched)
    given = [entry.workshop.code for entry, code in pairs if code is None]
    codes = NewCodes((*known.workshops, *known.former, *filter(None, given)))
    found = []
    for entry, code in pairs:
        mine = entry.workshop
        new = code or mine.code
        if not new and not entry.cancelled and entry.dated:
            new = codes.made(mine.title, mine.country, mine.ends_on)
        found.append((entry, new, code is not None))
    return found


def _days(workshop: Workshop) -> tuple[date, date]:
    return workshop.starts_on, workshop.ends_on
