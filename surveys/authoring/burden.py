"""Burden: the longest way of one person through a questionnaire, found by trying answers.

It follows the route for made-up answers; it knows no person and changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeAlias

from surveys.authoring.answering_times import seconds_of
from surveys.authoring.uses import filter_columns
from surveys.expressions import Expression, compile_expression
from surveys.interview.route import EarlierResponse, Route, find_route, refusal
from surveys.items import BY_NAME
from surveys.items.base import Shape
from surveys.questionnaire import Item, Questionnaire

MOST_STEPS = 40_000_000
"""The work of trying answers: about two seconds. Packaged questionnaires take up to a quarter."""
ANY_MOMENT = datetime(2018, 6, 8, 10, 0, tzinfo=UTC)
Key: TypeAlias = "str | tuple[str, str]"
"""What can be varied: an answer by its item, or a looked-up value by source and name."""


@dataclass(frozen=True)
class Trial:
    """Answers and looked-up values for a walk through a questionnaire; an `Asking` for the route."""

    questionnaire: Questionnaire
    values: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    earlier: Mapping[str, EarlierResponse] = field(default_factory=dict)
    language: str = "en"
    now: datetime = ANY_MOMENT
    asks_files: bool = True

    @property
    def answered(self) -> frozenset[str]:
        return frozenset(self.values)

    @property
    def asked(self) -> tuple[str, ...]:
        """The items that are asked with these answers, in order."""
        return find_route(self).asked


def longest_path(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the items of the longest way found, in seconds; a person can need at least so long.

    Starting without answers, one value after the other is changed while the way grows. This takes
    milliseconds where trying all combinations would take hours. Each trial follows the route itself,
    so that loops count with their conditions. It ends after MOST_STEPS of work.
    """
    everything = [item.name for item in questionnaire.items if BY_NAME[item.type].shape]
    choices = dict(_choices(questionnaire))
    best: dict[Key, str] = {}
    begun = _route(questionnaire, best)
    way, left, grown = begun.asked, MOST_STEPS - begun.steps, True
    longest = seconds_of(questionnaire, way)
    while grown and len(way) < len(everything):
        grown = False
        for key, value in ((key, value) for key, values in choices.items() for value in values):
            tried = _route(questionnaire, {**best, key: value})
            left -= tried.steps
            if left < 0:
                return way
            if (taken := seconds_of(questionnaire, tried.asked)) > longest:
                best, way, grown, longest = {**best, key: value}, tried.asked, True, taken
    return way


def _route(questionnaire: Questionnaire, chosen: Mapping[Key, str]) -> Route:
    """Return the route with these values, without answers that their constraints refuse."""
    values = {key: value for key, value in chosen.items() if isinstance(key, str)}
    facts = {key: value for key, value in chosen.items() if not isinstance(key, str)}
    trial = Trial(questionnaire, values, facts)
    route = find_route(trial)
    refused = {name for name, value in route.live.items() if _refused(trial, route, name, value)}
    if not refused:
        return route
    accepted = {name: value for name, value in values.items() if name not in refused}
    return find_route(replace(trial, values=accepted))


def _refused(trial: Trial, route: Route, name: str, value: str) -> bool:
    item = trial.questionnaire.by_name[name]
    return bool(item.constraint) and refusal(trial, route, item, value) is not None


def _choices(questionnaire: Questionnaire) -> Iterator[tuple[Key, list[str]]]:
    """Return the values worth trying for each answer or looked-up value that an expression uses."""
    items = questionnaire.items
    used = [one for item in items for one in _expressions(questionnaire, item)]
    literals = [literal for one in used for *_, literal in _comparisons(one)]
    for key in dict.fromkeys(pull for one in used for pull in sorted(one.pulls)):
        yield key, list(dict.fromkeys(["", *literals, "1", "1 2"]))
    for name in dict.fromkeys(name for one in used for name in sorted(one.references)):
        item = questionnaire.by_name[name]
        if BY_NAME[item.type].shape:
            yield name, _answers(questionnaire, item)


def _comparisons(expression: Expression) -> Iterator[tuple[str, ...]]:
    yield from expression.comparisons
    yield from expression.pulled_comparisons


def _answers(questionnaire: Questionnaire, item: Item) -> list[str]:
    options = questionnaire.options(item)
    several = [option.name for option in options if not option.exclusive]
    codes = [option.name for option in options]
    points = [choice.code for choice in BY_NAME[item.type].choices(item)]
    if BY_NAME[item.type].shape is not Shape.PICK_MANY:
        return codes or points or ["1"]
    return codes + [" ".join(several[:count]) for count in range(2, len(several) + 1)]


def _expressions(questionnaire: Questionnaire, item: Item) -> Iterator[Expression]:
    columns = filter_columns(questionnaire.options(item))
    for text in (item.relevant, item.calculation):
        if text:
            yield compile_expression(text)
    if item.choice_filter:
        yield compile_expression(item.choice_filter, columns=columns)
