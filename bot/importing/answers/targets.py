"""What a column of answers holds: a question, one option of a question, or a fact about the row.

Headings are understood by the names of questions and options, and by their texts in any language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from surveys.items import type_of
from surveys.items.base import Level, Shape, plain
from surveys.questionnaire import Item, Questionnaire

OTHER = "other"
"""The option of a question for another answer, which has a text in `NAME_other`."""
FIELDS: dict[str, str] = {
    "person": "person|participant|code|participant code|person code|token",
    "email": "email|e-mail|email address|e-mail address|mail|your email|adresse e-mail",
    "name": "name|full name|participant name|your name|nom|ชื่อ|姓名|họ tên|ឈ្មោះ|نام",
    "administration": "administration|country|member|customs administration|pays|ประเทศ|国家",
    "date": "date|submitted at|answered at|timestamp|submission time|end date|date submitted"
    "|submitdate|submitted|completed|completed at|horodateur|ประทับเวลา|时间戳记",
    "workshop": "workshop|event|course",
    "wave": "wave|round|redcap event name",
    "question": "question|item|variable|question code",
    "answer": "answer|value|response value|reply",
    "respondent": "respondent|respondent id|response id|record id|id|case|_id|row|submission id",
}
"""The headings of columns that hold no answers, by what they hold."""
IDENTITY = ("person", "email", "name")
"""The columns that say who a row is about, the surest first."""
META = (
    "start|end|today|deviceid|uuid|_uuid|username|phonenumber|collector id|start date|ip address|first"
    " name|last name|custom data 1|_validation_status|_notes|_status|_submitted_by|__version__|_tags"
    "|_index|formhub/uuid|meta/instanceid|lastpage|startlanguage|seed|startdate|datestamp|ipaddr"
    "|refurl|redcap survey identifier|survey complete|no|no.|#|email sent"
)
"""Headings that survey tools add by themselves; they are told, and not asked about."""
QUOTE = re.compile(r"\W*\$\{[^}]*\}\W*")
LEAST_WORDS = 15
"""Letters beside what a question quotes: fewer could be any heading."""
RESPONSE = frozenset({"response", "open-ended response", "open ended response"})
NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\s*)?\d+[a-z]?\s*[.):]\s*", re.IGNORECASE)
CODED = re.compile(r"^\s*\[?([A-Za-z_][\w-]*)\]?\s*[.:]\s+(.+)$", re.DOTALL)
BRACKETED = re.compile(r"^(.*?)\s*\[([^\[\]]+)\]\s*$", re.DOTALL)
JOINED = (re.compile(r"^(.+)___(\w+)$"), re.compile(r"^(.+)/([^/]+)$"))
"""How tools name a column of one option: `name___code`, `name/code`; with brackets `name[code]`."""


@dataclass(frozen=True)
class Field:
    """A column of a fact about the row, such as the person or the moment."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Whole:
    """A column with the whole answer to a question."""

    item: str

    def __str__(self) -> str:
        return self.item


@dataclass(frozen=True)
class Tick:
    """A column that says whether one option of a question was chosen."""

    item: str
    option: str

    def __str__(self) -> str:
        return f"{self.item}/{self.option}"


@dataclass(frozen=True)
class Left:
    """A column that is not read: left out, or added by a survey tool by itself."""


Target = Field | Whole | Tick | Left


def _same(text: str) -> str:
    """Return a heading for comparing: `plain`, and `_` and `-` are spaces."""
    return plain(re.sub(r"[_\-]+", " ", text))


_FIELDS = {_same(word): key for key, words in FIELDS.items() for word in words.split("|")}
_META = frozenset(_same(word) for word in META.split("|"))


@dataclass(frozen=True)
class Finder:
    """Finds what the columns of a table hold, for the questions of one questionnaire."""

    questionnaire: Questionnaire

    @cached_property
    def items(self) -> dict[str, Item]:
        """The questions that can have answers, by name."""
        return {
            item.name: item
            for item in self.questionnaire.items
            if type_of(item.type).level is not Level.NOTHING
            and type_of(item.type).shape not in (None, Shape.NOTE, Shape.FILE)
        }

    @cached_property
    def _texts(self) -> dict[str, set[str]]:
        """The names of questions by their names and texts, as headings are compared."""
        found: dict[str, set[str]] = {}
        for item in self.items.values():
            for text in (item.name, *item.label.values()):
                found.setdefault(_same(text), set()).add(item.name)
        found.pop("", None)
        return found

    @cached_property
    def _quoting(self) -> list[tuple[re.Pattern[str], str]]:
        """Patterns of the texts of questions that quote something, such as the workshop's title."""
        return [
            (re.compile(".+".join(re.escape(_same(part)) for part in QUOTE.split(text))), name)
            for name, item in self.items.items()
            for text in item.label.values()
            if "${" in text and len(QUOTE.sub("", text)) >= LEAST_WORDS
        ]

    def item_named(self, heading: str) -> str | None:
        """Return the one question that a heading names; None if none or several have that text."""
        for text in _forms(heading):
            found = self._texts.get(_same(text), set())
            exact = {name for name in found if name.casefold() == text.strip().casefold()}
            one = exact or found
            if len(one) == 1:
                return next(iter(one))
        wanted = _same(heading)
        quoting = {name for pattern, name in self._quoting if pattern.fullmatch(wanted)}
        return quoting.pop() if len(quoting) == 1 else None

    def option_named(self, item: str, text: str) -> str | None:
        """Return the option of a question that a heading names by code or label; None if none."""
        wanted = _same(text)
        named = re.sub(r"\s*\(.*\)$", "", text)
        for option in self.questionnaire.options(self.items[item]):
            labels = [option.name, *option.label.values()]
            if wanted in {_same(label) for label in labels}:
                return option.name
            if option.name == OTHER and _same(named) in {OTHER, *map(_same, labels)}:
                return option.name
        return None

    def named(self, name: str) -> Target | None:
        """Return what a name stands for: a question, an option as "tools/map", a kind of column."""
        if name in self.items:
            return Whole(name)
        item, slash, option = name.rpartition("/")
        if slash and item in self.items and (known := self.option_named(item, option)):
            return Tick(item, known)
        return Field(name) if name in FIELDS else None

    def names(self) -> list[str]:
        """Return the names of all that a column may hold."""
        ticks = [
            str(Tick(name, option.name))
            for name, item in self.items.items()
            for option in self.questionnaire.options(item)
        ]
        return [*self.items, *FIELDS, *ticks]

    def options_named(self, heading: str) -> list[Tick]:
        """Return the options that a heading names of questions with any number of them."""
        found = ((name, self._option(name, heading)) for name in self.items)
        return [Tick(name, option) for name, option in found if option]

    def target(self, heading: str, below: str = "") -> Target | None:
        """Return what a column holds by its heading and the one below; None if that must be asked."""
        if not heading:
            return self._single(below)
        if not below or _same(below) in RESPONSE:
            return self._single(heading)
        item = self.item_named(heading)
        if item and (option := self._option(item, below)):
            return Tick(item, option)
        inner = self.item_named(below)
        return Whole(inner) if inner else None

    def _single(self, heading: str) -> Target | None:
        item = self.item_named(heading)
        if item:
            return Whole(item)
        for outer, inner in _parts(heading):
            of = self.item_named(outer)
            if of and (option := self._option(of, inner)):
                return Tick(of, option)
            if name := self.item_named(inner):
                return Whole(name)
        key = _FIELDS.get(_same(heading)) or _FIELDS.get(_same(heading.rpartition("/")[2]))
        if key:
            return Field(key)
        return Left() if _same(heading) in _META else None

    def _option(self, item: str, text: str) -> str | None:
        many = type_of(self.items[item].type).shape is Shape.PICK_MANY
        return self.option_named(item, text) if many else None


def _forms(heading: str) -> Iterator[str]:
    """Yield the forms in which a heading may name a question: whole, without number, by its code."""
    yield heading
    bare = NUMBERED.sub("", heading)
    if bare != heading:
        yield bare
    coded = CODED.match(heading)
    if coded:
        yield from (coded[1], coded[2])
    yield re.sub(r"\s*\([^()]*\)\s*$", "", bare)
    if "/" in heading and " " not in heading:
        yield heading.rpartition("/")[2]


def _parts(heading: str) -> Iterator[tuple[str, str]]:
    """Yield a heading as the name of a question and one of its options."""
    bracketed = BRACKETED.match(heading)
    if bracketed:
        yield bracketed[1].rstrip(" .:"), bracketed[2]
    for pattern in JOINED:
        joined = pattern.match(heading)
        if joined:
            yield joined[1], joined[2]
