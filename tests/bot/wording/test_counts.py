"""One of a thing is said in the singular, wherever a text for staff counts something."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import bot
from bot.wording.counts import counted

SOURCES = Path(bot.__file__).parent
MANY = (
    "people", "addresses", "enrolments", "accounts", "texts", "messages", "waves", "cases", "codes",
    "items", "questions", "workshops", "administrations", "values", "rows", "answers", "problems",
)  # fmt: skip


@pytest.mark.parametrize(("number", "said"), [(0, "0 people"), (1, "1 person"), (2, "2 people")])
def test_a_number_stands_with_its_noun(number: int, said: str) -> None:
    assert counted(number, "person", "people") == said


def counts_of(text: ast.JoinedStr) -> Iterator[str]:
    """The nouns in the plural behind a number that is no bound of this program, and no code."""
    for value, noun in pairwise(text.values):
        if isinstance(value, ast.FormattedValue) and isinstance(noun, ast.Constant):
            words = re.match(r" (\w+)", str(noun.value))
            number = ast.unparse(value.value)
            no_number = number.endswith(("code", "key")) or number.startswith("counted(")
            if words and words[1] in MANY and not (number.isupper() or no_number):
                yield words[1]


def test_no_text_has_a_plural_behind_a_number_that_may_be_one() -> None:
    found = {
        f"{path.relative_to(SOURCES)}:{node.lineno}: {noun}"
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for noun in counts_of(node)
    }
    assert found == set()
