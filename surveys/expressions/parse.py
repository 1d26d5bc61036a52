"""Compile the text of an expression into a function.

functions.py has the functions, operations.py the operators, mistakes.py the messages for authors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from lark import Token
from lark.exceptions import VisitError
from lark.visitors import Transformer_NonRecursive

from surveys.expressions import mistakes, sizes
from surveys.expressions.bounds import STEPS_OF_PART
from surveys.expressions.expression import Expression, Length
from surveys.expressions.functions import FUNCTIONS, Run
from surveys.expressions.grammar import read_tree
from surveys.expressions.mistakes import ExpressionError
from surveys.expressions.operations import OPERATIONS, all_true, any_true, constant, fold, negate
from surveys.expressions.scope import OPTION
from surveys.expressions.values import to_text

MAX_LENGTH: Final = 2_000
# Each level costs three frames of Python's stack at most; real questionnaires nest below 30.
MAX_DEPTH: Final = 100

_QUOTED_REFERENCE: Final = re.compile(r"\$\{\s*([\w.-]+)\s*\}")


def _printed_length(_: Callable[[str], int]) -> int:
    return sizes.LONGEST_PRINTED


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an expression. `name` is set for ${name}, `literal` for a quoted text.

    `code` is a quoted text or a number, as an answer is compared with it; `pulled` the source and the
    name of a pulldata() of two quoted texts.
    """

    run: Run
    depth: int
    length: Length
    name: str | None = None
    literal: str | None = None
    code: str | None = None
    pulled: tuple[str, str] | None = None


class _Builder(Transformer_NonRecursive[Token, _Part]):
    """Builds closures from the leaves up and collects what a linter needs."""

    def __init__(self, rewrite_paths: bool, allowed_columns: frozenset[str]) -> None:
        super().__init__()
        self.rewrite_paths = rewrite_paths
        self.allowed_columns = allowed_columns
        self.references: set[str] = set()
        self.columns: set[str] = set()
        self.calls: set[str] = set()
        self.pulls: set[tuple[str, str]] = set()
        self.comparisons: list[tuple[str, str]] = []
        self.pulled_comparisons: list[tuple[str, str, str]] = []
        self.uses_here = False
        self.parts = 0
        self.lengths: list[Length] = []

    def _leaf(
        self,
        run: Run,
        length: Length,
        *,
        name: str | None = None,
        literal: str | None = None,
        code: str | None = None,
    ) -> _Part:
        self.parts += 1
        return _Part(run, 1, length, name, literal, code)

    def text(self, children: list[Token]) -> _Part:
        literal = str(children[0][1:-1])
        return self._leaf(constant(literal), lambda _: len(literal), literal=literal, code=literal)

    def number(self, children: list[Token]) -> _Part:
        value = float(children[0])
        return self._leaf(constant(value), _printed_length, code=to_text(value))

    def reference(self, children: list[Token]) -> _Part:
        return self._refer(children[0][2:-1].strip())

    def path(self, children: list[Token]) -> _Part:
        if not self.rewrite_paths:
            raise mistakes.path(children[0])
        return self._refer(children[0].rpartition("/")[2])

    def _refer(self, name: str) -> _Part:
        self.references.add(name)
        return self._leaf(lambda scope: scope.answer(name), lambda of: of(name), name=name)

    def here(self, _: list[Token]) -> _Part:
        self.uses_here = True
        return self._leaf(lambda scope: scope.here(), lambda of: of("."))

    def bare_name(self, children: list[Token]) -> _Part:
        name = str(children[0])
        if name not in self.allowed_columns:
            raise mistakes.bare_name(children[0])
        self.columns.add(name)
        return self._leaf(lambda scope: scope.pull(OPTION, name), lambda _: sizes.LONGEST_OTHER)

    def disjunction(self, children: list[_Part]) -> _Part:
        runs = [child.run for child in children]
        return self._printed(any_true(runs), children)

    def conjunction(self, children: list[_Part]) -> _Part:
        runs = [child.run for child in children]
        return self._printed(all_true(runs), children)

    def negative(self, children: list[Any]) -> _Part:
        *signs, last = children
        once = negate(last.run)
        return self._printed(once if len(signs) % 2 else negate(once), [last])

    def equality(self, children: list[Token | _Part]) -> _Part:
        return self._chain(children)

    relation = sum = product = equality

    def _chain(self, children: list[Token | _Part]) -> _Part:
        parts = [child for child in children if isinstance(child, _Part)]
        signs = [child for child in children if isinstance(child, Token)]
        if signs[0].type == "EQUALS":
            self._note_comparison(parts[0], parts[1])
        steps = [
            (OPERATIONS[sign], right.run) for sign, right in zip(signs, parts[1:], strict=True)
        ]
        return self._printed(fold(parts[0].run, steps), parts)

    def _printed(self, run: Run, parts: Sequence[_Part]) -> _Part:
        """Return a part whose value is a number or a boolean."""
        self.parts += len(parts)
        return _Part(run, _deeper(parts), _printed_length)

    def _note_comparison(self, left: _Part, right: _Part) -> None:
        for asked, text in ((left, right), (right, left)):
            if text.code is None:
                continue
            if asked.name is not None:
                self.comparisons.append((asked.name, text.code))
            elif asked.pulled is not None:
                self.pulled_comparisons.append((*asked.pulled, text.code))

    def call(self, children: list[Any]) -> _Part:
        name: Token = children[0]
        parts: list[_Part] = [child for child in children[1:] if child is not None]
        function = FUNCTIONS.get(name)
        if function is None:
            raise mistakes.unknown_function(name, FUNCTIONS)
        if not function.accepts(len(parts)):
            raise mistakes.wrong_count(name, function.least, function.most, len(parts))
        objection = function.check and function.check([part.literal for part in parts])
        if objection:
            raise ExpressionError(objection, mistakes.position(name))
        self._note_call(name, parts)
        work, runs = function.run, [part.run for part in parts]
        size, lengths = function.size, [part.length for part in parts]

        def length(of: Callable[[str], int]) -> int:
            return size([one(of) for one in lengths])

        self.parts += 1
        self.lengths.append(length)
        pulled = _pulled(name, parts)
        return _Part(lambda scope: work(scope, runs), _deeper(parts), length, pulled=pulled)

    def _note_call(self, name: str, parts: Sequence[_Part]) -> None:
        self.calls.add(str(name))
        first, second = (*parts, None, None)[:2]
        if first is None or second is None or second.literal is None:
            return
        if name == "selected":
            self._note_comparison(first, second)
        elif name == "pulldata" and first.literal is not None:
            self.pulls.add((first.literal, second.literal))
        elif name == "jr:choice-name" and (quoted := _QUOTED_REFERENCE.fullmatch(second.literal)):
            self.references.add(quoted.group(1))


def _pulled(name: str, parts: Sequence[_Part]) -> tuple[str, str] | None:
    literals = [part.literal for part in parts]
    if name != "pulldata" or literals[0] is None or literals[1] is None:
        return None
    return literals[0], literals[1]


def _deeper(parts: Sequence[_Part]) -> int:
    depth = 1 + max((part.depth for part in parts), default=0)
    if depth > MAX_DEPTH:
        raise ExpressionError(
            "the expression is nested too deeply. Split it with rows of type calculate.", 1
        )
    return depth


@lru_cache(maxsize=4096)
def compile_expression(
    text: str, rewrite_paths: bool = False, columns: frozenset[str] = frozenset()
) -> Expression:
    """Compile an expression; the result is cached.

    `rewrite_paths` reads `../x` as `${x}`: pyxform writes such paths itself. `columns` are the
    names that may be bare, for a choice filter: the columns of the choices sheet, read with
    `scope.pull(OPTION, column)`. Raises ExpressionError for any mistake in the text.
    """
    if not text.strip():
        raise ExpressionError("the expression is empty. Write a condition or clear the cell.", 1)
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"the expression has {len(text)} characters, more than {MAX_LENGTH}."
            " Split it with rows of type calculate.",
            MAX_LENGTH + 1,
        )
    builder = _Builder(rewrite_paths, columns)
    try:
        whole = builder.transform(read_tree(text))
    except VisitError as error:
        raise error.orig_exc from None
    return Expression(
        text=text,
        references=frozenset(builder.references),
        uses_here=builder.uses_here,
        pulls=frozenset(builder.pulls),
        comparisons=tuple(builder.comparisons),
        pulled_comparisons=tuple(builder.pulled_comparisons),
        calls=frozenset(builder.calls),
        columns=frozenset(builder.columns),
        steps=builder.parts * STEPS_OF_PART,
        run=whole.run,
        lengths=(*builder.lengths, whole.length),
    )
