"""Error messages for authors of expressions: plain words, the place, what to do.

Knows the names of the grammar's tokens, and nothing of values.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from typing import Final

from lark import Token


class ExpressionError(Exception):
    """A mistake in an expression: `message` for the author, `position` the column, from 1."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return f"{self.message} (column {self.position})"


_PATHS: Final = "paths such as '../' are not supported. Write ${question_name}."
_TOKENS: Final = {
    "DOUBLE_EQUALS": "'==' is not understood. Write one = sign.",
    "UNEQUAL": "'<>' is not understood. Write !=.",
    "AMPERSAND": "'&' is not understood. Write and; to put texts together write concat(a, b).",
    "BAR": "'|' is not understood. Write or.",
    "EXCLAMATION": "'!' is not understood here. Write not(...), or != for 'is not equal'.",
    "PERCENT": "'%' is not understood. For the rest of a division write mod.",
    "SLASH": _PATHS,
    "BRACKET": "square brackets are not supported. Write ${question_name}.",
    "BRACE": "a brace is only used in ${question_name}.",
    "DOLLAR": "'$' is not followed by a question name. Write ${question_name}, with both braces.",
    "OPEN_QUOTE": "this quote has no partner. Put the same quote before and after each text.",
}
_SYMBOLS: Final = {"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "div"}
_WORDS: Final = {
    "null": "To ask whether an answer is missing write ${question_name} = ''.",
    "none": "To ask whether an answer is missing write ${question_name} = ''.",
    "true": "Write true().",
    "false": "Write false().",
    "and": "Write and in small letters.",
    "or": "Write or in small letters.",
    "not": "Write not(...).",
    "mod": "Write mod in small letters.",
    "div": "Write div in small letters.",
}


def mistake(token: Token) -> ExpressionError | None:
    """Return the error for a token that is never right, or None."""
    if token.type == "REVERSED":
        message: str | None = f"'{token}' is not understood. Write {token[::-1]}."
    elif token.type == "SYMBOL":
        message = f"the sign '{token}' is not understood. Write {_SYMBOLS.get(token, '-')}."
    else:
        message = _TOKENS.get(token.type)
    return ExpressionError(message, position(token)) if message else None


def path(token: Token) -> ExpressionError:
    return ExpressionError(_PATHS, position(token))


def bare_name(token: Token) -> ExpressionError:
    """Return the error for a word that is neither in quotes nor in ${}."""
    fallback = f"To use an answer write ${{{token}}}; to use a text write '{token}' in quotes."
    way_out = _WORDS.get(token.lower(), fallback)
    return ExpressionError(f"'{token}' is not understood here. {way_out}", position(token))


def unknown_function(token: Token, known: Collection[str]) -> ExpressionError:
    near = difflib.get_close_matches(token.lower(), known, n=1)
    hint = f" Did you mean {near[0]}()?" if near else ""
    return ExpressionError(f"there is no function {token}() here.{hint}", position(token))


def wrong_count(token: Token, least: int, most: int | None, given: int) -> ExpressionError:
    """Return the error for a function with too few or too many arguments."""
    if most is None:
        wanted = f"at least {least}"
    else:
        wanted = str(least or "no") if least == most else f"{least} to {most}"
    parts = "part" if wanted in ("1", "at least 1") else "parts"
    text = f"{token}() takes {wanted} {parts} between its parentheses, and here it has {given}."
    return ExpressionError(text, position(token))


def unexpected(token: Token, text: str, operand_missing: bool) -> ExpressionError:
    """Return the error for a token in the wrong place. `operand_missing`: a value is missing there."""
    if token.type == "$END":
        return ExpressionError(
            "the expression stops too early: something is missing at its end.",
            len(text.rstrip()) + 1,
        )
    if token.type == "NAME":
        return bare_name(token)
    if operand_missing:
        message = f"something is missing before {_shown(token)}."
    elif token.type == "_COMMA":
        message = (
            "a comma is not understood here. It stands between the parts of a function;"
            " write 0.5, not 0,5."
        )
    else:
        message = f"a sign such as = or a word such as and is missing before {_shown(token)}."
    return ExpressionError(message, position(token))


def stray(sign: str, index: int) -> ExpressionError:
    """Return the error for a sign that the language does not have; `index` counts from 0."""
    return ExpressionError(f"the sign '{sign}' is not understood here. Remove it.", index + 1)


def position(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _shown(token: Token) -> str:
    return str(token) if token[0] in "'\"“”‘’„‚‛‟" else f"'{token}'"


class Watch:
    """Stops the parser at tokens that are never right, and at parentheses that do not pair.
    parentheses that do not pair.
    """

    always_accept: Final = ("REVERSED", "SYMBOL", *_TOKENS)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        tokens = list(stream)
        error = next(filter(None, map(mistake, tokens)), None)
        if error:
            raise error
        opened: list[Token] = []
        for token in tokens:
            if token.type == "_OPEN":
                opened.append(token)
            elif token.type == "_CLOSE" and not opened:
                raise ExpressionError("this ) has no ( before it. Remove it.", position(token))
            elif token.type == "_CLOSE":
                opened.pop()
            yield token
        if opened:
            raise ExpressionError(
                "this ( is not closed. Add a ) where it ends.", position(opened[-1])
            )
