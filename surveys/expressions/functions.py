"""The functions that an expression may call: one table from name to arity and function.

Knows no grammar. Names and meanings are those of the ODK XForms specification.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from surveys.expressions import dates, patterns, sizes
from surveys.expressions.scope import Scope
from surveys.expressions.sizes import Size
from surveys.expressions.values import (
    Date,
    Value,
    date_at,
    date_of,
    round_half_up,
    to_date,
    to_number,
    to_text,
    to_truth,
)

Run = Callable[[Scope], Value]
Check = Callable[[Sequence[str | None]], str | None]


@dataclass(frozen=True)
class Function:
    """A function of expressions. `most` None means any number of arguments.

    `check` sees the literal arguments (None for others) and may return an objection. `size` gives
    the length of the longest result, from those of the arguments.
    """

    least: int
    most: int | None
    run: Callable[[Scope, Sequence[Run]], Value]
    check: Check | None = None
    size: Size = sizes.number

    def accepts(self, parts: int) -> bool:
        return self.least <= parts and (self.most is None or parts <= self.most)


def _plain(work: Callable[..., Value]) -> Callable[[Scope, Sequence[Run]], Value]:
    """Return a function of values: all arguments are evaluated first."""
    return lambda scope, parts: work(*[part(scope) for part in parts])


def _texts(work: Callable[..., Value]) -> Callable[[Scope, Sequence[Run]], Value]:
    """Return a function of texts; reading them is counted as work."""

    def run(scope: Scope, parts: Sequence[Run]) -> Value:
        texts = [to_text(part(scope)) for part in parts]
        scope.budget.read(*texts)
        return work(*texts)

    return run


def _numbers(work: Callable[..., Value]) -> Callable[[Scope, Sequence[Run]], Value]:
    """Return a function of numbers; dates arrive as Date."""
    return lambda scope, parts: work(*[to_number(part(scope)) for part in parts])


def _if(scope: Scope, parts: Sequence[Run]) -> Value:
    return parts[1](scope) if to_truth(parts[0](scope)) else parts[2](scope)


def _coalesce(scope: Scope, parts: Sequence[Run]) -> Value:
    for part in parts:
        value = part(scope)
        if to_text(value) != "":
            return value
    return ""


def _once(scope: Scope, parts: Sequence[Run]) -> Value:
    return scope.here() or parts[0](scope)


def _selected(codes: str, code: str) -> bool:
    return code.strip() in codes.split()


def _selected_at(scope: Scope, parts: Sequence[Run]) -> Value:
    codes, number = to_text(parts[0](scope)), to_number(parts[1](scope))
    scope.budget.read(codes)
    words = codes.split()
    return words[int(number)] if 0 <= number < len(words) else ""


def _regex(scope: Scope, parts: Sequence[Run]) -> Value:
    text, pattern = to_text(parts[0](scope)), to_text(parts[1](scope))
    return patterns.matches(text, pattern, scope.budget)


def _concat(scope: Scope, parts: Sequence[Run]) -> Value:
    return _join(scope, [lambda _: "", *parts])


def _join(scope: Scope, parts: Sequence[Run]) -> Value:
    """Return texts with the first one between them. Raises BeyondBoundsError if that is too long."""
    glue, *texts = (to_text(part(scope)) for part in parts)
    scope.budget.made(sum(map(len, texts)) + len(glue) * max(0, len(texts) - 1))
    scope.budget.read(*texts)
    return glue.join(texts)


def _substr(text: Value, start: Value, end: Value | None = None) -> str:
    whole = to_text(text)
    first = to_number(start)
    last = len(whole) if end is None else to_number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return whole[_index(first, len(whole)) : _index(last, len(whole))]


def _index(number: float, length: int) -> int:
    """Return a position inside the text; a negative one counts from its end."""
    clamped = int(max(-length, min(length, number)))
    return clamped + length if clamped < 0 else clamped


def _int(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else float(number)


def _floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else float(number)


def _ceiling(number: float) -> float:
    return float(math.ceil(number)) if math.isfinite(number) else float(number)


def _round(number: float, places: float = 0.0) -> float:
    return math.nan if not math.isfinite(places) else round_half_up(float(number), int(places))


def _least(*numbers: float) -> float:
    return math.nan if any(math.isnan(n) for n in numbers) else min(numbers)


def _greatest(*numbers: float) -> float:
    return math.nan if any(math.isnan(n) for n in numbers) else max(numbers)


def _date(value: Value) -> Value:
    dated = to_date(value)
    return "" if dated is None else Date(math.floor(dated))


def _date_time(value: Value) -> Value:
    dated = to_date(value)
    return "" if dated is None else dated


def _decimal_date_time(value: Value) -> float:
    dated = to_date(value)
    return math.nan if dated is None else float(dated)


def _format_date(scope: Scope, parts: Sequence[Run]) -> Value:
    # No code is more than twice as long as it is written.
    dated, pattern = to_date(parts[0](scope)), to_text(parts[1](scope))
    scope.budget.made(2 * len(pattern))
    scope.budget.read(pattern)
    return "" if dated is None else dates.format_moment(dated.moment(), pattern)


def _today(scope: Scope, _: Sequence[Run]) -> Value:
    return date_at(math.floor(date_of(scope.now())))


def _choice_name(scope: Scope, parts: Sequence[Run]) -> Value:
    return scope.choice_name(to_text(parts[0](scope)), to_text(parts[1](scope)))


def _pulldata(scope: Scope, parts: Sequence[Run]) -> Value:
    return scope.pull(to_text(parts[0](scope)), to_text(parts[1](scope)))


def _check_second(check: Callable[[str], str | None]) -> Check:
    def second(literals: Sequence[str | None]) -> str | None:
        return None if literals[1] is None else check(literals[1])

    return second


_check_pattern: Final = _check_second(patterns.complaint)
_check_format: Final = _check_second(dates.complaint)

FUNCTIONS: Final[dict[str, Function]] = {
    # choices
    "selected": Function(2, 2, _texts(_selected)),
    "count-selected": Function(1, 1, _texts(lambda codes: float(len(codes.split())))),
    "selected-at": Function(2, 2, _selected_at, size=sizes.first),
    "jr:choice-name": Function(2, 2, _choice_name, size=sizes.other_or_first),
    # logic
    "if": Function(3, 3, _if, size=sizes.longest_but_first),
    "coalesce": Function(2, None, _coalesce, size=sizes.longest),
    "once": Function(1, 1, _once, size=sizes.other_or_first),
    "not": Function(1, 1, _plain(lambda value: not to_truth(value))),
    "true": Function(0, 0, lambda _, __: True),
    "false": Function(0, 0, lambda _, __: False),
    "boolean": Function(1, 1, _plain(to_truth)),
    # texts
    "regex": Function(2, 2, _regex, _check_pattern),
    "string": Function(1, 1, _plain(to_text), size=sizes.first),
    "string-length": Function(1, 1, _texts(lambda text: float(len(text)))),
    "concat": Function(1, None, _concat, size=sizes.together),
    "join": Function(2, None, _join, size=sizes.joined),
    "contains": Function(2, 2, _texts(lambda text, part: part in text)),
    "starts-with": Function(2, 2, _texts(str.startswith)),
    "ends-with": Function(2, 2, _texts(str.endswith)),
    "substr": Function(2, 3, _plain(_substr), size=sizes.first),
    "normalize-space": Function(
        1, 1, _texts(lambda text: " ".join(text.split())), size=sizes.first
    ),
    "count-non-empty": Function(1, None, _texts(lambda *texts: float(sum(map(bool, texts))))),
    # numbers
    "number": Function(1, 1, _numbers(float)),
    "int": Function(1, 1, _numbers(_int)),
    "round": Function(1, 2, _numbers(_round)),
    "floor": Function(1, 1, _numbers(_floor)),
    "ceiling": Function(1, 1, _numbers(_ceiling)),
    "abs": Function(1, 1, _numbers(lambda number: abs(float(number)))),
    "min": Function(1, None, _numbers(_least)),
    "max": Function(1, None, _numbers(_greatest)),
    # dates
    "today": Function(0, 0, _today),
    "now": Function(0, 0, lambda scope, _: date_of(scope.now())),
    "date": Function(1, 1, _plain(_date)),
    "date-time": Function(1, 1, _plain(_date_time)),
    "decimal-date-time": Function(1, 1, _plain(_decimal_date_time)),
    "format-date": Function(2, 2, _format_date, _check_format, size=sizes.pattern),
    "format-date-time": Function(2, 2, _format_date, _check_format, size=sizes.pattern),
    # other
    "pulldata": Function(2, 2, _pulldata, size=sizes.answer),
    "uuid": Function(0, 0, lambda scope, _: scope.uuid()),
    "random": Function(0, 0, lambda scope, _: scope.random()),
}
