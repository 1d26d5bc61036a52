"""The cells of a table of answers as stored values. Words that nobody can tell are asked about once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.importing.answers.options import NO, YES, Chosen, OptionWords
from bot.importing.answers.targets import OTHER, Finder
from bot.importing.rows.open_questions import Answers, Choice, Question
from bot.importing.rows.rows import Reading, Row
from bot.importing.tables.cells import Cell
from bot.importing.tables.days import NoDay, read_days
from surveys.interview.answers import Interview
from surveys.interview.route import Route, refusal
from surveys.items import type_of
from surveys.items.base import Asked, Level, Misread, Shape
from surveys.questionnaire import Item

MISSING = "missing"
"""The answer that a word of the table means no answer."""
MISSING_WORDS = frozenset(["", "na", "n/a", "n.a.", "#n/a", "null", "-", "--", ".", "nan"])
MISSING_TEXTS = frozenset(["", "NA"])
"""In own words "n/a" is an answer."""
MOST_UNKNOWN = 20
"""So many different words that a question does not know: it is another column."""
LONGEST_WORD = 60
GROUPED_POINT = re.compile(r"-?\d{1,3}(\.\d{3})+,\d+")
GROUPED_COMMA = re.compile(r"-?\d{1,3}(,\d{3})+\.\d+")
"""1.234,5 and 1,234.5."""
TICKED, NOT_TICKED = "ticked", "not ticked"

Values = dict[str, str]
"""Stored values by the names of questions; '' for one that was shown and passed over."""


@dataclass
class ValueReader:
    """Reads cells for the questions of one questionnaire, and gathers questions about words."""

    finder: Finder
    answers: Answers
    reading: Reading
    now: datetime
    orders: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    _words: dict[str, OptionWords] = field(default_factory=dict)
    _unknown: dict[str, set[str]] = field(default_factory=dict)
    _known: dict[tuple[str, ...], Values] = field(default_factory=dict)

    def words(self, item: str) -> OptionWords:
        """Return the options of a question."""
        if item not in self._words:
            found = OptionWords(self.finder.questionnaire, self.finder.items[item])
            self._words[item] = found
        return self._words[item]

    def whole(self, row: Row, item: str, cell: Cell) -> Values:
        """Return the values of a cell with the whole answer to a question; none if it is missing."""
        if cell.broken:
            self.reading.wrong(row, item, f"The cell {cell.broken}")
            return {}
        key = (item, cell.text, *cell.lines)
        if key not in self._known:
            self._known[key] = self._read(self.finder.items[item], cell)
        return self._known[key]

    def _read(self, item: Item, cell: Cell) -> Values:
        kind = type_of(item.type)
        if kind.shape in (Shape.PICK_ONE, Shape.PICK_MANY):
            return self._options(item, [cell.text], many=kind.shape is Shape.PICK_MANY)
        if kind.level is Level.WORDS:
            text = "\n".join(cell.lines) or cell.text
            return {} if cell.text in MISSING_TEXTS else {item.name: text}
        if cell.text.casefold() in MISSING_WORDS:
            return {}
        value = self._plain(item, cell) or self._answered(item, cell.text)
        return {item.name: value} if value else {}

    def several(self, item: str, texts: Iterable[str]) -> Values:
        """Return the values of a question with several options, each in a cell of its own."""
        return self._options(self.finder.items[item], list(texts), many=True)

    def _options(self, item: Item, texts: list[str], *, many: bool) -> Values:
        words = self.words(item.name)
        codes: set[str] = set()
        others: list[str] = []
        for text in texts:
            found = words.many(text) if many else words.one(text)
            if found.unknown and text.casefold() in MISSING_WORDS:
                continue
            codes |= found.codes
            others += [found.other] if found.other else []
            for word in found.unknown:
                said = self._meant(words, word)
                codes |= said.codes
                others += [said.other] if said.other else []
        if not codes:
            return {}
        values = {item.name: words.stored(codes)}
        return values | ({f"{item.name}_{OTHER}": " ".join(others)} if others else {})

    def _meant(self, words: OptionWords, word: str) -> Chosen:
        """Return what the answer to the question about a word says; nothing while it is open."""
        item = words.item.name
        answer = self.answers.get(_key(item, word), "")
        several = type_of(words.item.type).shape is Shape.PICK_MANY
        said = (words.many if several else words.one)(answer) if answer else Chosen()
        if said.codes == {OTHER} and words.has_other:
            return Chosen(frozenset({OTHER}), word)
        if said.codes and not said.unknown:
            return said
        if answer != MISSING:
            self._ask(item, word, tuple(_choices(words)))
        return Chosen()

    def tick(self, row: Row, item: str, option: str, cell: Cell) -> tuple[bool, str]:
        """Return whether an option is ticked in a column of its own, and the text of another answer."""
        text = cell.text.casefold()
        if cell.broken:
            self.reading.wrong(row, f"{item}/{option}", f"The cell {cell.broken}")
        if text in NO or text in MISSING_WORDS:
            return False, ""
        words = self.words(item)
        if text in YES or words.code(cell.text) == option:
            return True, ""
        if option == OTHER and words.has_other:
            return True, cell.text
        answer = self.answers.get(_key(f"{item}/{option}", cell.text), "")
        if answer not in (TICKED, NOT_TICKED):
            choices = [Choice("Ticked", TICKED), Choice("Not ticked", NOT_TICKED)]
            self._ask(f"{item}/{option}", cell.text, choices)
        return answer == TICKED, ""

    def _plain(self, item: Item, cell: Cell) -> str:
        """Return the value of a number or a day; '' if the text is none, or beyond its bounds."""
        if type_of(item.type).level is Level.DAY:
            value = _day(cell, self.orders.get(item.name, ""))
        else:
            value = _number(item, cell, self.now)
        bound = item.constraint if "${" not in item.constraint else ""
        asking = Interview(self.finder.questionnaire, self.now)
        return "" if value and bound and refusal(asking, Route(), item, value) else value

    def _answered(self, item: Item, text: str) -> str:
        answer = self.answers.get(_key(item.name, text), "")
        value = self._plain(item, Cell(answer)) if answer not in ("", MISSING) else ""
        if not value and answer != MISSING:
            self._ask(item.name, text, ())
        return value

    def _ask(self, where: str, word: str, choices: Sequence[Choice]) -> None:
        seen = self._unknown.setdefault(where, set())
        seen.add(word)
        if len(seen) == MOST_UNKNOWN + 1:
            message = f"has more than {MOST_UNKNOWN} words that the question does not know."
            fix = "Name another column for it, or leave the column out."
            self.reading.error("", message, where, fix)
        if len(seen) <= MOST_UNKNOWN:
            text = f'What does "{word[:LONGEST_WORD]}" mean as an answer to {where}?'
            missing = Choice("No answer", MISSING)
            key = _key(where, word)
            self.questions[key] = Question(key, text, (*choices, missing), any_words=not choices)


def _key(where: str, word: str) -> str:
    return f"{where}: {word[:LONGEST_WORD]}"


def _choices(words: OptionWords) -> Iterator[Choice]:
    options = words.questionnaire.options(words.item)
    labels = {one.name: words.questionnaire.text(one.label, "en") for one in options}
    for code in words.codes:
        yield Choice(labels.get(code) or code, code)


def _number(item: Item, cell: Cell, now: datetime) -> str:
    """Return the value of a number, also with signs of thousands where there is one meaning only."""
    text = cell.text.removesuffix(".0") if cell.number is not None else cell.text
    if GROUPED_POINT.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif GROUPED_COMMA.fullmatch(text):
        text = text.replace(",", "")
    value = type_of(item.type).read(Asked(item, (), "en", now.date()), text)
    return "" if isinstance(value, Misread) else value


def _day(cell: Cell, order: str) -> str:
    try:
        span = read_days(cell, order)
    except NoDay:
        return ""
    return span.first.isoformat() if span.first and span.first == span.last else ""
