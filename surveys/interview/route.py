"""The route through a questionnaire: which items are asked now, with which choices and texts.

Computes relevance, filters, calculations and quoted answers. It works on anything that has the data
of an interview (`Asking`), and decides nothing about moves.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.bidi import isolated, right_to_left
from surveys.expressions import (
    LONGEST_TEXT,
    MOST_STEPS_OF_WALK,
    BeyondBoundsError,
    Budget,
    compile_expression,
)
from surveys.interview.scope import AnswerScope, Asking, EarlierResponse, option_label
from surveys.items import type_of
from surveys.items.base import Asked, Choice, Shape
from surveys.questionnaire import Item, Option, Texts
from surveys.wording import N_, Remark, Words

__all__ = [
    "Asking",
    "EarlierResponse",
    "Route",
    "asked_item",
    "beyond_bounds",
    "choices_of",
    "find_route",
    "label_of",
    "quoted",
    "refusal",
]

BLANK = "…"
"""Replaces the label of a choice that quotes a missing answer, and quotes that are too long."""
STEPS_OF_ITEM = 50
"""The work of placing an item, beside that of its expressions."""
DOES_NOT_FIT = Remark(N_("We could not use that answer. Please check it and send it again."))
QUOTE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_.-]*)\}")


@dataclass(frozen=True)
class Route:
    """`asked`: names on the route in order; `gone`: answers that no longer fit; `live`: values.

    `beyond` are items with an expression that goes beyond its bounds. Such a calculation is empty, and
    such a condition does not hold, but no answer is lost by it. `steps` is the work of the walk.
    """

    asked: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    live: Mapping[str, str] = field(default_factory=dict)
    beyond: tuple[str, ...] = ()
    steps: int = field(default=0, compare=False)


@dataclass
class _Walk:
    """A walk through the items in order; expressions see what it has found so far."""

    asking: Asking
    budget: Budget = field(default_factory=Budget)
    live: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    steps: int = 0

    def __post_init__(self) -> None:
        self.scope = AnswerScope(self.asking, self.live, budget=self.budget)

    def route(self) -> Route:
        """Return what the walk has found."""
        steps = self.steps + MOST_STEPS_OF_WALK - self.budget.left
        return Route(tuple(self.asked), tuple(self.gone), self.live, tuple(self.beyond), steps)

    def take(self, item: Item) -> None:
        """Place one item: asked, gone or calculated."""
        self.steps += STEPS_OF_ITEM
        if not _holds(item.relevant, self.scope, otherwise=False):
            if item.name in self.asking.answered and not self.budget.exceeded:
                self.gone.append(item.name)
        elif type_of(item.type).shape is None:
            self.live[item.name] = _worked_out(item, self.scope)
        elif self._is_not_asked(item):
            return
        else:
            self.asked.append(item.name)
            self._judge(item)
        if self.budget.exceeded:
            self.beyond.append(item.name)
            self.budget.exceeded = False

    def _is_not_asked(self, item: Item) -> bool:
        """Return whether an item asks for a file where files are not asked for, and has no answer."""
        asks = type_of(item.type).shape is Shape.FILE
        return asks and not self.asking.asks_files and item.name not in self.asking.answered

    def _judge(self, item: Item) -> None:
        value = self.asking.values.get(item.name, "")
        if value and not _offered(self.asking, self.live, item, value, self.budget):
            self.gone.append(item.name)
        elif value:
            self.live[item.name] = value


def find_route(asking: Asking) -> Route:
    """Compute which items are asked, in order, and which answers no longer fit.

    A constraint is not looked at: it was judged when the answer was given.
    """
    walk = _Walk(asking)
    for item in asking.questionnaire.items:
        walk.take(item)
    return walk.route()


def _holds(condition: str, scope: AnswerScope, *, otherwise: bool) -> bool:
    """Return whether a condition holds; `otherwise` if it goes beyond its bounds."""
    try:
        return not condition or compile_expression(condition).truth(scope)
    except BeyondBoundsError:
        return otherwise


def _worked_out(item: Item, scope: AnswerScope) -> str:
    """Return the value of a calculation; '' if it goes beyond its bounds."""
    try:
        return compile_expression(item.calculation).text_value(scope) if item.calculation else ""
    except BeyondBoundsError:
        return ""


def _offered(
    asking: Asking, live: Mapping[str, str], item: Item, value: str, budget: Budget
) -> bool:
    """Return whether a stored value is among the open choices, for an item that has choices."""
    kind = type_of(item.type)
    if kind.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return True
    codes = [option.name for option in _open_options(asking, live, item, budget)]
    codes = codes or [choice.code for choice in kind.choices(item)]
    return set(codes).issuperset(value.split())


def choices_of(asking: Asking, live: Mapping[str, str], item: Item) -> tuple[Choice, ...]:
    """Return the open choices of an item: its list after the filter, or those of its type."""
    listed = tuple(
        Choice(
            option.name,
            _choice_label(asking, live, option),
            option.exclusive,
        )
        for option in _open_options(asking, live, item, Budget())
    )
    return listed or type_of(item.type).choices(item)


def _choice_label(asking: Asking, live: Mapping[str, str], option: Option) -> str:
    text = _quote(asking, live, asking.questionnaire.text(option.label, asking.language))
    return text if text.strip() else BLANK


def _open_options(
    asking: Asking, live: Mapping[str, str], item: Item, budget: Budget
) -> Sequence[Option]:
    """Return the options of an item that pass its filter; all that it cannot decide pass."""
    options = asking.questionnaire.options(item)
    if not item.choice_filter:
        return options
    return [option for option in options if _open(asking, live, item, option, budget)]


def _open(
    asking: Asking, live: Mapping[str, str], item: Item, option: Option, budget: Budget
) -> bool:
    """Return whether an option passes the filter of an item; the filter reads the option's columns."""
    columns = {"name": option.name} | option.extra
    scope = AnswerScope(asking, live, columns=columns, budget=budget)
    filtering = compile_expression(item.choice_filter, columns=frozenset(columns))
    try:
        return filtering.truth(scope)
    except BeyondBoundsError:
        return True


def asked_item(asking: Asking, route: Route, item: Item) -> Asked:
    """Return an item as it is asked now."""
    return Asked(item, choices_of(asking, route.live, item), asking.language, asking.now.date())


def refusal(asking: Asking, route: Route, item: Item, value: str) -> Remark | None:
    """Return why a new value cannot be stored (its constraint fails), or None."""
    if _holds(item.constraint, AnswerScope(asking, route.live, this=value), otherwise=True):
        return None
    message = asking.questionnaire.text(item.constraint_message, asking.language)
    return Remark("{message}", {"message": message}) if message else DOES_NOT_FIT


def beyond_bounds(asking: Asking, route: Route, item: Item, value: str) -> bool:
    """Return whether the constraint or the filter of an item goes beyond its bounds with a value."""
    scope = AnswerScope(asking, route.live, this=value)
    _holds(item.constraint, scope, otherwise=True)
    _open_options(asking, route.live, item, scope.budget)
    return scope.budget.exceeded


def quoted(asking: Asking, route: Route, texts: Texts) -> str:
    """Return a text in the language of the interview with answers inserted for `${name}`."""
    return _quote(asking, route.live, asking.questionnaire.text(texts, asking.language))


def _quote(asking: Asking, live: Mapping[str, str], text: str) -> str:
    within_rtl = right_to_left(asking.language)
    left = LONGEST_TEXT

    def shown(match: re.Match[str]) -> str:
        nonlocal left
        item = asking.questionnaire.by_name.get(match[1])
        if item is None:
            return match[0]
        told = label_of(asking, item, live.get(match[1], ""))
        left -= len(told)
        return isolated(told, within_rtl) if left >= 0 else BLANK

    return QUOTE.sub(shown, text)


def label_of(asking: Asking, item: Item, value: str) -> str:
    """Return a value as people read it: labels for codes (own words for "other"), days in words."""
    options = asking.questionnaire.options(item)
    if not value or not options:
        return type_of(item.type).shown(value, asking.language) if value else ""
    labels = [
        (asking.values.get(f"{item.name}_other", "") if code == "other" else "")
        or option_label(asking.questionnaire, options, code, asking.language)
        for code in value.split()
    ]
    return Words(asking.language).listed(labels)
