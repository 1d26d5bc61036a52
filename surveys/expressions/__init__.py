"""The expressions of questionnaires: XLSForm expressions, compiled once and evaluated in a scope.

Knows no interview, no storage and no clock.
"""

from surveys.expressions.mistakes import ExpressionError
from surveys.expressions.parse import Expression, compile_expression
from surveys.expressions.scope import OPTION, Scope
from surveys.expressions.values import Date, Value

__all__ = [
    "OPTION",
    "Date",
    "Expression",
    "ExpressionError",
    "Scope",
    "Value",
    "compile_expression",
]
