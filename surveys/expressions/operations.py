"""The operators of expressions, as functions of a scope."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from surveys.expressions import values
from surveys.expressions.functions import Run
from surveys.expressions.scope import Scope
from surveys.expressions.values import Value, to_number, to_truth

Operation: TypeAlias = Callable[[Value, Value], Value]


def order(compare: Callable[[float, float], bool]) -> Operation:
    """Return a comparison of two values as numbers."""
    return lambda left, right: compare(float(to_number(left)), float(to_number(right)))


OPERATIONS: Final[dict[str, Operation]] = {
    "=": values.equal,
    "!=": lambda left, right: not values.equal(left, right),
    "<": order(operator.lt),
    "<=": order(operator.le),
    ">": order(operator.gt),
    ">=": order(operator.ge),
    "+": values.add,
    "-": values.subtract,
    "*": values.multiply,
    "div": values.divide,
    "mod": values.modulo,
}


def negate(run: Run) -> Run:
    """Return the negative number of a value."""
    return lambda scope: -float(to_number(run(scope)))


def fold(first: Run, steps: Sequence[tuple[Operation, Run]]) -> Run:
    """Return the operations applied from left to right: 7 - 2 - 1 is 4."""
    if len(steps) == 1:
        operation, right = steps[0]
        return lambda scope: operation(first(scope), right(scope))

    def run(scope: Scope) -> Value:
        value = first(scope)
        for operation, right in steps:
            value = operation(value, right(scope))
        return value

    return run


def any_true(runs: Sequence[Run]) -> Run:
    """Return whether any part is true. A loop: a generator costs more, at each step of a route."""

    def run(scope: Scope) -> Value:
        for part in runs:  # noqa: SIM110 - see above
            if to_truth(part(scope)):
                return True
        return False

    return run


def all_true(runs: Sequence[Run]) -> Run:
    """Return whether all parts are true; see `any_true`."""

    def run(scope: Scope) -> Value:
        for part in runs:  # noqa: SIM110 - see `any_true`
            if not to_truth(part(scope)):
                return False
        return True

    return run


def constant(value: Value) -> Run:
    """Return a function that gives this value in every scope."""
    return lambda scope: value
