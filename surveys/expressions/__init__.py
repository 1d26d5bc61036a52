"""The condition language of questionnaires: XLSForm expressions, understood once and evaluated
against a scope. It knows no interview, no storage and no clock.
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
