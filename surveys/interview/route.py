"""The route through a questionnaire: which items are asked now, with which choices and texts.

Computes relevance, filters, calculations and quoted answers. It works on anything that has the data
of an interview (`Asking`), and decides nothing about moves.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from surveys.bidi import isolated, right_to_left
from surveys.expressions import OPTION, compile_expression
from surveys.items import type_of
from surveys.items.base import Asked, Choice, Shape
from surveys.questionnaire import Item, Option, Questionnaire, Texts
from surveys.wording import N_, Remark, Words

BLANK = "…"
"""Replaces the label of a choice that quotes a missing answer."""
DOES_NOT_FIT = Remark(N_("That does not fit here. Please check it and send it again."))
QUOTE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_.-]*)\}")


class Asking(Protocol):
    """What a route needs of an interview; `now` is the person's local time."""

    @property
    def questionnaire(self) -> Questionnaire: ...
    @property
    def language(self) -> str: ...
    @property
    def now(self) -> datetime: ...
    @property
    def answered(self) -> frozenset[str]: ...
    @property
    def values(self) -> Mapping[str, str]: ...
    @property
    def earlier(self) -> Mapping[str, "EarlierResponse"]: ...
    @property
    def facts(self) -> Mapping[tuple[str, str], str]: ...


@dataclass(frozen=True)
class EarlierResponse:
    """The answers of the same person in an earlier wave; `answered_on` is its last local day."""

    questionnaire: Questionnaire
    values: Mapping[str, str]
    answered_on: date

    def pull(self, name: str) -> str:
        """Return the stored value of an item, or '' when it has none."""
        if name == "answered_on":
            return self.answered_on.isoformat()
        return self.values.get(name, "")


@dataclass(frozen=True)
class Route:
    """`asked`: names on the route in order; `gone`: answers that no longer fit; `live`: values."""

    asked: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    live: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Scope:
    """What an expression can see: live answers, '.', earlier waves, the registry, the clock."""

    asking: Asking
    live: Mapping[str, str]
    this: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def answer(self, name: str) -> str:
        return self.live.get(name, "")

    def here(self) -> str:
        return self.this

    def now(self) -> datetime:
        return self.asking.now

    def pull(self, source: str, name: str) -> str:
        if source == OPTION:
            return self.columns.get(name, "")
        response = self.asking.earlier.get(source)
        return response.pull(name) if response else self.asking.facts.get((source, name), "")

    def choice_name(self, code: str, place: str) -> str:
        """Return the label of a code in a list of this questionnaire or an earlier one (M6.anchors)."""
        wave, dot, name = place.removeprefix("${").removesuffix("}").partition(".")
        if not dot:
            item = self.asking.questionnaire.by_name.get(wave)
            options = self.asking.questionnaire.options(item) if item else ()
            options = options or self.asking.questionnaire.choices.get(wave, ())
            return _label(self.asking.questionnaire, options, code, self.asking.language) or code
        return self._earlier_choice(code, wave, name)

    def _earlier_choice(self, code: str, wave: str, name: str) -> str:
        response = self.asking.earlier.get(wave)
        item = response.questionnaire.by_name.get(name) if response else None
        if response is None or item is None:
            return code
        own_words = response.values.get(f"{name}_{code}", "") if code == "other" else ""
        options = response.questionnaire.options(item)
        return own_words or _label(response.questionnaire, options, code, self.asking.language)

    def uuid(self) -> str:
        """Return ''. Interviews have no randomness: the same answers give the same route."""
        return ""

    def random(self) -> float:
        return 0.0


def find_route(asking: Asking) -> Route:
    """Compute which items are asked, in order, and which answers no longer fit."""
    live: dict[str, str] = {}
    asked: list[str] = []
    gone: list[str] = []
    scope = _Scope(asking, live)  # reads `live` while it is filled
    for item in asking.questionnaire.items:
        name = item.name
        if not _holds(item.relevant, scope):
            if name in asking.answered:
                gone.append(name)
        elif type_of(item.type).shape is None:
            live[name] = _worked_out(item, scope)
        else:
            asked.append(name)
            value = asking.values.get(name, "")
            if value and not _fits(asking, live, item, value):
                gone.append(name)
            elif value:
                live[name] = value
    return Route(tuple(asked), tuple(gone), live)


def _holds(condition: str, scope: _Scope) -> bool:
    return not condition or compile_expression(condition).truth(scope)


def _worked_out(item: Item, scope: _Scope) -> str:
    return compile_expression(item.calculation).text_value(scope) if item.calculation else ""


def _fits(asking: Asking, live: Mapping[str, str], item: Item, value: str) -> bool:
    """Return whether a stored value is among the open choices and meets its constraint."""
    kind = type_of(item.type)
    if kind.shape in (Shape.PICK_ONE, Shape.PICK_MANY):
        codes = [option.name for option in _open_options(asking, live, item)]
        codes = codes or [choice.code for choice in kind.choices(item)]
        if not set(codes).issuperset(value.split()):
            return False
    return _holds(item.constraint, _Scope(asking, live, this=value))


def choices_of(asking: Asking, live: Mapping[str, str], item: Item) -> tuple[Choice, ...]:
    """Return the open choices of an item: its list after the filter, or those of its type."""
    listed = tuple(
        Choice(
            option.name,
            _choice_label(asking, live, option),
            option.exclusive,
        )
        for option in _open_options(asking, live, item)
    )
    return listed or type_of(item.type).choices(item)


def _choice_label(asking: Asking, live: Mapping[str, str], option: Option) -> str:
    text = _quote(asking, live, asking.questionnaire.text(option.label, asking.language))
    return text if text.strip() else BLANK


def _open_options(asking: Asking, live: Mapping[str, str], item: Item) -> Sequence[Option]:
    """Return the options of an item that pass its filter."""
    options = asking.questionnaire.options(item)
    if not item.choice_filter:
        return options
    return [
        option
        for option in options
        if _open(_Scope(asking, live, columns={"name": option.name} | option.extra), item)
    ]


def _open(scope: _Scope, item: Item) -> bool:
    """Return whether an option passes the filter of an item; the filter reads the option's columns."""
    return compile_expression(item.choice_filter, columns=frozenset(scope.columns)).truth(scope)


def asked_item(asking: Asking, route: Route, item: Item) -> Asked:
    """Return an item as it is asked now."""
    return Asked(item, choices_of(asking, route.live, item), asking.language, asking.now.date())


def refusal(asking: Asking, route: Route, item: Item, value: str) -> Remark | None:
    """Return why a new value cannot be stored (its constraint fails), or None."""
    if _holds(item.constraint, _Scope(asking, route.live, this=value)):
        return None
    message = asking.questionnaire.text(item.constraint_message, asking.language)
    return Remark("{message}", {"message": message}) if message else DOES_NOT_FIT


def quoted(asking: Asking, route: Route, texts: Texts) -> str:
    """Return a text in the language of the interview with answers inserted for `${name}`."""
    return _quote(asking, route.live, asking.questionnaire.text(texts, asking.language))


def _quote(asking: Asking, live: Mapping[str, str], text: str) -> str:
    within_rtl = right_to_left(asking.language)

    def shown(match: re.Match[str]) -> str:
        item = asking.questionnaire.by_name.get(match[1])
        if item is None:
            return match[0]
        return isolated(label_of(asking, item, live.get(match[1], "")), within_rtl)

    return QUOTE.sub(shown, text)


def label_of(asking: Asking, item: Item, value: str) -> str:
    """Return a value as people read it: labels for codes (own words for "other"), days in words."""
    options = asking.questionnaire.options(item)
    if not value or not options:
        return type_of(item.type).shown(value, asking.language) if value else ""
    labels = [
        (asking.values.get(f"{item.name}_other", "") if code == "other" else "")
        or _label(asking.questionnaire, options, code, asking.language)
        for code in value.split()
    ]
    return Words(asking.language).listed(labels)


def _label(
    questionnaire: Questionnaire, options: tuple[Option, ...], code: str, language: str
) -> str:
    option = next((option for option in options if option.name == code), None)
    return questionnaire.text(option.label, language) if option else code
