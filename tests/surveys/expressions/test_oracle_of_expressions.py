"""The same random expressions, evaluated by an independent engine.

Left out because the two differ on purpose: dates (the other engine reads untyped ones as NaN),
coalesce with more than two parts, join and once, and functions that the other engine does not
have. An answer standing alone as a condition is given to the other engine as string(...),
because it asks whether the question exists; we ask whether it was answered.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import rxeval

from surveys.expressions import compile_expression
from surveys.expressions.values import to_text
from tests.surveys.expressions.scopes import Answers

EXPRESSIONS = 1_000
"""With five sets of answers each, 5,000 cases."""
INSTANCES = [
    {"a": "", "b": "", "n": "", "m": ""},
    {"a": "yes", "b": "no", "n": "3", "m": "map talk"},
    {"a": "no", "b": "no", "n": "-2.5", "m": "map"},
    {"a": "12", "b": "x1 y", "n": "0", "m": "form map talk"},
    {"a": "  pad ded ", "b": "0.5", "n": "1000", "m": "talk"},
]
TEXTS = ("yes", "no", "map", "talk", "3", "", "0.5", "a b")
NUMBERS = ("0", "1", "2", "3", "10", "0.5", "2.5", "1000")


@dataclass(frozen=True)
class Pair:
    """One expression in both spellings: ours, and with paths for the other engine."""

    ours: str
    theirs: str


def join(template: str, *parts: Pair) -> Pair:
    return Pair(
        template.format(*[p.ours for p in parts]), template.format(*[p.theirs for p in parts])
    )


class Grower:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def text(self, depth: int) -> Pair:
        if depth <= 0 or self.chance.random() < 0.3:
            if self.chance.random() < 0.6:
                name = self.chance.choice("abnm")
                return Pair(f"${{{name}}}", f"/data/{name}")
            return join(f"'{self.chance.choice(TEXTS)}'")
        template, kinds = self.chance.choice(
            [
                ("concat({0}, {1})", "vv"),
                ("string({0})", "v"),
                ("normalize-space({0})", "t"),
                ("substr({0}, 1)", "t"),
                ("substr({0}, 0, 2)", "t"),
                ("substr({0}, -2)", "t"),
                ("selected-at({0}, 1)", "t"),
                ("coalesce({0}, {1})", "tt"),
                ("if({0}, {1}, {2})", "ctt"),
            ]
        )
        return self.fill(template, kinds, depth)

    def number(self, depth: int) -> Pair:
        if depth <= 0 or self.chance.random() < 0.25:
            # Answers too, one of them below zero: constants alone never meet a blank or a sign.
            if self.chance.random() < 0.5:
                return Pair("number(${n})", "number(/data/n)")
            return join(self.chance.choice(NUMBERS))
        template, kinds = self.chance.choice(
            [
                *[(f"({{0}} {sign} {{1}})", "vv") for sign in ["+", "-", "*", "div", "mod"]],
                *[(f"({{0}} {sign} {{1}})", "nn") for sign in ["+", "-", "*", "div", "mod"]],
                ("-{0}", "v"),
                ("number({0})", "v"),
                ("int({0})", "v"),
                ("round({0})", "v"),
                ("round({0}, 1)", "v"),
                ("floor({0})", "v"),
                ("ceiling({0})", "v"),
                ("abs({0})", "v"),
                ("min({0}, {1})", "vv"),
                ("max({0}, {1}, {2})", "vvv"),
                ("string-length({0})", "t"),
                ("count-selected({0})", "t"),
                ("if({0}, {1}, {2})", "cnn"),
            ]
        )
        return self.fill(template, kinds, depth)

    def condition(self, depth: int) -> Pair:
        if depth <= 0:
            return join(self.chance.choice(["true()", "false()"]))
        template, kinds = self.chance.choice(
            [
                *[(f"({{0}} {sign} {{1}})", "vv") for sign in ("=", "!=", "<", "<=", ">", ">=")],
                *[(f"({{0}} {sign} {{1}})", "vv") for sign in ("=", "!=")],
                ("({0} = {1})", "cs"),
                ("({0} != {1})", "nc"),
                ("({0} and {1})", "cc"),
                ("({0} or {1})", "cs"),
                ("{0} or {1} and {2}", "ccc"),
                ("not({0})", "s"),
                ("boolean({0})", "s"),
                ("selected({0}, {1})", "tt"),
                ("contains({0}, {1})", "tt"),
                ("starts-with({0}, {1})", "tt"),
                ("ends-with({0}, {1})", "tt"),
                ("regex({0}, '[a-z]+')", "t"),
                ("regex({0}, '[0-9]{{1,3}}([.][0-9])?')", "t"),
                ("if({0}, {1}, {2})", "scc"),
            ]
        )
        return self.fill(template, kinds, depth)

    def stringed(self, depth: int) -> Pair:
        """Text in the place of a condition."""
        part = self.text(depth)
        return Pair(part.ours, f"string({part.theirs})")

    def any_value(self, depth: int) -> Pair:
        return self.chance.choice([self.text, self.number])(depth)

    def fill(self, template: str, kinds: str, depth: int) -> Pair:
        growers = {
            "t": self.text,
            "n": self.number,
            "c": self.condition,
            "s": self.stringed,
            "v": self.any_value,
        }
        return join(template, *[growers[kind](depth - 1) for kind in kinds])


def grow(count: int) -> list[Pair]:
    grower = Grower(2017)
    grown: dict[str, Pair] = {}
    while len(grown) < count:
        kind = grower.chance.choice([grower.text, grower.number, grower.condition])
        pair = kind(grower.chance.choice([1, 2, 3, 4]))
        grown[pair.ours] = pair
    return list(grown.values())


def submission(answers: dict[str, str]) -> str:
    return "<data>" + "".join(f"<{k}>{v}</{k}>" for k, v in answers.items()) + "</data>"


def test_it_agrees_with_an_independent_engine(scope: type[Answers]) -> None:
    different = []
    for pair in grow(EXPRESSIONS):
        expression = compile_expression(pair.ours)
        for answers in INSTANCES:
            ours = to_text(expression.value(scope(answers)))
            theirs = rxeval.eval_expression(pair.theirs, submission(answers))
            if ours != theirs:
                different.append((pair.ours, answers, ours, theirs))
    assert different == []
