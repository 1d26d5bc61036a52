"""Words of other tables as codes of one question: by code, by label, by both, several in a cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from bot.importing.answers.targets import OTHER
from surveys.items import type_of
from surveys.items.base import plain
from surveys.questionnaire import Item, Questionnaire

BOTH = re.compile(r"^\[?\s*([\w.\-]+?)\s*(?:\]|\[|\)|[-–:.=]\s|\()\s*(.+?)\s*[\])]?$")
"""A code with its label: "4 - agree", "[4] agree", "4 [agree]", "4 (agree)"."""
HARD = re.compile(r"\s*(?:[;|；]|\n)\s*")
SOFT = re.compile(r"\s*[,،，、]\s*")
NUMBERS = re.compile(r"\d+(?: \d+)+")
"""Numbers of options that another tool gave them: each is asked about alone."""
OTHERWISE = re.compile(r"^(.+?)\s*[:：–-]\s*(.+)$")
YES = frozenset(
    ["1", "x", "yes", "y", "true", "checked", "selected", "ticked", "✓", "✔", "☑", "☒"]
)
NO = frozenset(["", "0", "no", "n", "false", "unchecked", "not selected", "-", "☐"])


@dataclass(frozen=True)
class Chosen:
    """The codes of a cell, what follows "Other:", and the words that no option has."""

    codes: frozenset[str] = frozenset()
    other: str = ""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionWords:
    """The options of a question by their codes and their labels in all languages."""

    questionnaire: Questionnaire
    item: Item
    _seen: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the order of the list or scale."""
        options = [one.name for one in self.questionnaire.options(self.item)]
        return tuple(options or (one.code for one in type_of(self.item.type).choices(self.item)))

    @cached_property
    def _by_word(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {plain(code): {code} for code in self.codes}
        for option in self.questionnaire.options(self.item):
            for label in option.label.values():
                found.setdefault(plain(label), set()).add(option.name)
        return found

    @cached_property
    def _longest(self) -> int:
        return max((len(word.split()) for word in self._by_word), default=1)

    @property
    def has_other(self) -> bool:
        """Whether another answer can be written beside the options."""
        names = {one.name for one in self.questionnaire.items}
        return OTHER in self.codes and f"{self.item.name}_{OTHER}" in names

    def code(self, text: str) -> str | None:
        """Return the code that a text means; None if it means none, or may mean several."""
        if text not in self._seen:
            self._seen[text] = self._word(text) or self._both(text)
        return self._seen[text]

    def _word(self, text: str) -> str | None:
        word = plain(text)
        found = self._by_word.get(word) or self._by_word.get(_whole(word), set())
        return next(iter(found)) if len(found) == 1 else None

    def _both(self, text: str) -> str | None:
        """Return the code of a text that has a code and its label, or on a scale any words."""
        both = BOTH.match(text)
        if not both:
            return None
        code, label = self._word(both[1]), self._word(both[2])
        if code is None or both[1].casefold() != code.casefold():
            return None
        scale = not self.questionnaire.options(self.item)
        return code if label == code or (scale and label is None) else None

    def one(self, text: str) -> Chosen:
        """Return what a cell with one option says."""
        code = self.code(text)
        if code is not None:
            return Chosen(frozenset({code}))
        return self._otherwise(text) or Chosen(unknown=(text,))

    def many(self, text: str) -> Chosen:
        """Return what a cell with any number of options says, whatever separates them."""
        whole = self.code(text)
        if whole is not None:
            return Chosen(frozenset({whole}))
        return _together(self._part(part) for part in HARD.split(text) if part)

    def _part(self, text: str) -> Chosen:
        """Return the options of a text with commas or spaces between them; labels may have both."""
        if self.code(text) is not None or self._otherwise(text):
            return self.one(text)
        pieces = [piece for piece in SOFT.split(text) if piece]
        found, at = [], 0
        while at < len(pieces):
            ends = range(len(pieces), at, -1)
            end = next((end for end in ends if self.code(", ".join(pieces[at:end]))), None)
            found.append(self.one(", ".join(pieces[at:end])) if end else self._spaced(pieces[at]))
            at = end or at + 1
        return _together(found)

    def _spaced(self, text: str) -> Chosen:
        """Return the options of a text with spaces between them, the longest labels first."""
        words, codes, at = text.split(), set(), 0
        while at < len(words):
            ends = range(min(len(words), at + self._longest + 2), at, -1)
            end = next((end for end in ends if self._word(" ".join(words[at:end]))), None)
            if end is None and NUMBERS.fullmatch(text):
                return _together(self.one(number) for number in words)
            if end is None:
                return self._otherwise(text) or Chosen(unknown=(text,))
            codes.add(self._word(" ".join(words[at:end])) or "")
            at = end
        return Chosen(frozenset(codes))

    def _otherwise(self, text: str) -> Chosen | None:
        """Return "Other: a text" as the option and its text; None for anything else."""
        said = OTHERWISE.match(text) if self.has_other else None
        if not said or self._word(re.sub(r"\s*\(.*\)$", "", said[1])) != OTHER:
            return None
        return Chosen(frozenset({OTHER}), said[2])

    def stored(self, codes: Iterable[str]) -> str:
        """Return codes as a stored value: in the order of the list, separated by spaces."""
        wanted = set(codes)
        return " ".join(code for code in self.codes if code in wanted)


def _together(found: Iterable[Chosen]) -> Chosen:
    every = list(found)
    return Chosen(
        frozenset().union(*(one.codes for one in every)),
        " ".join(one.other for one in every if one.other),
        tuple(word for one in every for word in one.unknown),
    )


def _whole(word: str) -> str:
    """Return 4 for 4.0 and other decimals that are whole."""
    return re.sub(r"^(-?\d+)[.,]0+$", r"\1", word)
