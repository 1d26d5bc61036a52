"""A questionnaire as a printed form: numbered questions, and where each answer leads. Pure.

Paper knows no earlier answers of the person. What depends on them is asked as if there were none, and
what could then never be asked is left out. When a question is asked is found by trying answers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import islice, product

from surveys.interview.answers import Answer, AnswerState, Interview
from surveys.interview.route import QUOTE, quoted
from surveys.items import type_of
from surveys.items.base import Choice, Shape
from surveys.items.pick_one import numbered
from surveys.questionnaire import Item, Questionnaire

LINE = "________________"
"""Stands for what is written by hand."""
END = 0
"""Stands for the end of the form, as the place to which an answer leads."""
MOST_TRIES = 400
"""The most combinations of answers that are tried for a question that needs several."""
TRIED = {Shape.NUMBER: ("0", "1", "5"), Shape.TEXT: ("x",)}
"""Answers that are tried where there are no choices."""
Given = dict[str, str]


@dataclass(frozen=True)
class PaperChoice:
    """An option. `leads_to` is the number of the question to go to, `END`, or None for the next one."""

    label: str
    leads_to: int | None = None


@dataclass(frozen=True)
class Condition:
    """A question is asked only if one of others is answered so, or not (`only` is False).

    `answers` are the numbers of its choices, or their labels where they have no numbers; empty for an
    answer in figures or words.
    """

    questions: tuple[int, ...]
    answers: tuple[str, ...]
    only: bool = True


@dataclass(frozen=True)
class PaperQuestion:
    """A question as it is printed. `most` is how many choices may be ticked, None for any number."""

    number: int
    item: str
    shape: Shape
    heading: str
    text: str
    hint: str
    choices: tuple[PaperChoice, ...]
    conditions: tuple[Condition, ...]
    numbered: bool
    most: int | None


def paper_questions(
    questionnaire: Questionnaire,
    language: str,
    facts: Mapping[tuple[str, str], str],
    now: datetime,
) -> list[PaperQuestion]:
    """Return the questions of a form in a language; `facts` are texts as for an interview."""
    form = _Form(Interview(questionnaire, now, language, facts=facts))
    return [form.question(item) for item in form.shown]


class _Form:
    """The form of one questionnaire, without any answer given."""

    def __init__(self, blank: Interview) -> None:
        self._blank = blank
        self._items = [
            one
            for one in blank.questionnaire.items
            if type_of(one.type).shape not in (None, Shape.FILE)
        ]
        self._routes: dict[frozenset[tuple[str, str]], frozenset[str]] = {}
        self._base = self._asked({})
        self._ways: dict[str, list[Given]] = {}
        """The answers with which each question is asked, each enough by itself."""
        for item in self._items:
            ways = [{}] if item.name in self._base else self._found(item)
            if ways:
                self._ways[item.name] = ways
        self.shown = [one for one in self._items if one.name in self._ways]

    def question(self, item: Item) -> PaperQuestion:
        """Return a question as it is printed."""
        shape = type_of(item.type).shape
        assert shape is not None  # noqa: S101 - only asked items are here
        choices = self._choices(item)
        printed = tuple(PaperChoice(one.label, self._leads_to(item, one.code)) for one in choices)
        most = item.parameters.get("max", "") if shape is Shape.PICK_MANY else ""
        heading, text, hint = (self._text(one) for one in (item.heading, item.label, item.hint))
        return PaperQuestion(
            self._numbers[item.name],
            item.name,
            shape,
            heading,
            text,
            hint,
            printed,
            (*self._only(item), *self._not(item)),
            numbered(choices),
            int(most) if most.isdecimal() else None,
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {one.name: number for number, one in enumerate(self.shown, 1)}

    def _text(self, texts: dict[str, str]) -> str:
        """Return a text as it is printed, with a line for what only an answer could say."""
        route = self._blank.route
        known = {name for name, value in route.live.items() if value}

        def line(match: re.Match[str]) -> str:
            return match[0] if match[1] in known else LINE

        lined = {language: QUOTE.sub(line, text) for language, text in texts.items()}
        return quoted(self._blank, route, lined)

    def _asked(self, given: Given) -> frozenset[str]:
        """Return the names of the questions that are asked after some answers."""
        key = frozenset(given.items())
        if key not in self._routes:
            at, language = self._blank.now, self._blank.language
            answers = {
                name: Answer(name, value, AnswerState.ANSWERED, language, at)
                for name, value in given.items()
            }
            route = replace(self._blank, answers=answers).route
            self._routes[key] = frozenset(route.asked)
        return self._routes[key]

    def _choices(self, item: Item) -> tuple[Choice, ...]:
        """Return all choices of an item: a filter may depend on what the person writes."""
        listed = self._blank.questionnaire.options(item)
        if not listed:
            return type_of(item.type).choices(item)
        return tuple(Choice(one.name, self._text(one.label), one.exclusive) for one in listed)

    def _tried(self, item: Item) -> tuple[str, ...]:
        """Return the answers to try for an item."""
        shape = type_of(item.type).shape
        if shape in TRIED:
            return TRIED[shape]
        return tuple(one.code for one in self._choices(item))

    def _found(self, item: Item) -> list[Given]:
        """Return the answers after which an item is asked; [] if it never is on paper."""
        before = [one for one in self._mentioned(item) if one.name in self._ways]
        singly = [
            self._ways[one.name][0] | {one.name: value}
            for one in before
            for value in self._tried(one)
        ]
        found = [given for given in singly if item.name in self._asked(given)]
        return found or [
            given for given in self._together(before) if item.name in self._asked(given)
        ]

    def _together(self, items: list[Item]) -> Iterator[Given]:
        """Yield combinations of answers to several items."""
        ways = [way for one in items for way in self._ways[one.name][:1]]
        enabling = {name: value for way in ways for name, value in way.items()}
        values = product(*(self._tried(one) for one in items))
        for combination in islice(values, MOST_TRIES):
            yield enabling | dict(zip((one.name for one in items), combination, strict=True))

    def _mentioned(self, item: Item) -> list[Item]:
        """Return the questions that the condition of an item depends on, also by calculations."""
        known, left = self._blank.questionnaire.by_name, [item.relevant]
        seen: set[str] = set()
        while left:
            for name in set(QUOTE.findall(left.pop())) - seen:
                seen.add(name)
                one = known.get(name)
                if one is not None and type_of(one.type).shape is None:
                    left += [one.calculation, one.relevant]
        return [one for one in self._items if one.name in seen]

    def _possible(self, item: Item, given: Given) -> bool:
        """Return whether an item can still be asked after some answers."""
        return any(
            item.name in self._asked(self._both(way, given)) for way in self._ways[item.name]
        )

    def _both(self, way: Given, given: Given) -> Given:
        """Return two sets of answers together; of what may be ticked several times, all ticks."""
        together = way | given
        for name in way.keys() & given.keys():
            if type_of(self._blank.questionnaire.by_name[name].type).shape is Shape.PICK_MANY:
                ticks = dict.fromkeys([*way[name].split(), *given[name].split()])
                together[name] = " ".join(ticks)
        return together

    def _leads_to(self, item: Item, code: str) -> int | None:
        """Return the number of the question that follows an answer, if it is not the next one."""
        if type_of(item.type).shape is not Shape.PICK_ONE:
            return None
        given = self._ways[item.name][0] | {item.name: code}
        after = self.shown[self._numbers[item.name] :]
        following = next((one for one in after if self._possible(one, given)), None)
        if following is None:
            return END if after else None
        return None if following is after[0] else self._numbers[following.name]

    def _only(self, item: Item) -> Iterator[Condition]:
        """Yield the answers after which alone an item is asked."""
        if item.name in self._base:
            return
        together: dict[tuple[str, ...], list[int]] = {}
        for one in self._mentioned(item):
            codes = [way[one.name] for way in self._ways[item.name] if one.name in way]
            if codes:
                together.setdefault(self._named(one, codes), []).append(self._numbers[one.name])
        for answers, numbers in together.items():
            yield Condition(tuple(numbers), answers)

    def _not(self, item: Item) -> Iterator[Condition]:
        """Yield the answers after which an item is not asked, though nothing leads past it."""
        here = self._numbers[item.name]
        for one in self._mentioned(item) if item.name in self._base else ():
            if one.name not in self._numbers or not self._choices(one):
                continue
            codes = [code for code in self._tried(one) if not self._passes(one, code, item, here)]
            if codes:
                yield Condition((self._numbers[one.name],), self._named(one, codes), only=False)

    def _passes(self, one: Item, code: str, item: Item, here: int) -> bool:
        """Return whether an item is asked after an answer, or the answer leads past it."""
        if self._possible(item, self._ways[one.name][0] | {one.name: code}):
            return True
        leads = self._leads_to(one, code)
        return leads == END or (leads is not None and leads > here)

    def _named(self, item: Item, codes: list[str]) -> tuple[str, ...]:
        """Return choices by their numbers on the form, or by their labels where they have none."""
        choices = self._choices(item)
        if not numbered(choices):
            return tuple(one.label for one in choices if one.code in codes)
        return tuple(str(n) for n, one in enumerate(choices, 1) if one.code in codes)
