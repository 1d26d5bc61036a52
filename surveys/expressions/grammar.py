"""The grammar of expressions: a text becomes a tree, or an error message for its author."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from surveys.expressions import mistakes


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    text = resources.files("surveys.expressions").joinpath("grammar.lark").read_text("utf-8")
    return Lark(text, parser="lalr", lexer="basic", postlex=mistakes.Watch())


def read_tree(text: str) -> Tree[Token]:
    """Return the tree of an expression. Raises ExpressionError for a mistake in the text."""
    try:
        return _grammar().parse(text)
    except UnexpectedToken as error:
        operand_missing = "STRING" in (error.accepts or error.expected)
        raise mistakes.unexpected(error.token, text, operand_missing) from None
    except UnexpectedCharacters as error:
        index = error.pos_in_stream or 0
        raise mistakes.stray(text[index], index) from None
