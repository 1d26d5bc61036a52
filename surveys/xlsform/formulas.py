"""Expressions in the cells of a form: fixed texts as expressions, and curly quotes repaired."""

import re

from surveys.expressions import ExpressionError, compile_expression
from surveys.problem_list import ProblemList
from surveys.xlsform.tables import Record

CURLY = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")


def straightened(record: Record, name: str, text: str, problem_list: ProblemList) -> str:
    """Return an expression with straight quotes if it can be read so, and warn about the change."""
    repaired = text.translate(CURLY)
    if repaired == text or not _readable(repaired):
        return text
    problem_list.warning(
        record.at(name), "has curly quotes; they are read as straight ones.", text
    )
    return repaired


def literal(text: str) -> str:
    """Return a text as an expression."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def _readable(text: str) -> bool:
    """Return whether an expression can be read; bare names are for choice filters."""
    words = frozenset(re.findall(r"[^\W\d][\w.-]*", text))
    try:
        compile_expression(text, columns=words)
    except ExpressionError:
        return False
    return True
