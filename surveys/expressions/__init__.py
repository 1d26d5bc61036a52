"""The expressions of questionnaires: XLSForm expressions, compiled once and evaluated in a scope.

Knows no interview, no storage and no clock.
"""

from surveys.expressions.bounds import LONGEST_TEXT, MOST_STEPS_OF_WALK, BeyondBoundsError, Budget
from surveys.expressions.expression import Expression
from surveys.expressions.mistakes import ExpressionError
from surveys.expressions.parse import compile_expression
from surveys.expressions.scope import OPTION, Scope
from surveys.expressions.values import Date, Value

__all__ = [
    "LONGEST_TEXT",
    "MOST_STEPS_OF_WALK",
    "OPTION",
    "BeyondBoundsError",
    "Budget",
    "Date",
    "Expression",
    "ExpressionError",
    "Scope",
    "Value",
    "compile_expression",
]
