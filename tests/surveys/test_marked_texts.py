"""Every text that is said through a variable is marked for the catalogues where it is written.

The code is read: what a call of `words(...)` or `say(...)` says is followed to constants of modules,
local names and loops over tables. What cannot be followed is left to the stories in the
pseudo-language. It takes some seconds, because all modules are imported and read.
"""

import ast
import importlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import ModuleType

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords

from tests.places import ROOT

KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(["N_", "words", "say", "plural:1,2"])
TEMPLATES = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
SAYING = {"words", "say"}
MAKING = {"Words", "ReportWords", "words_of", "words_for"}
"""Functions whose result says texts: `words_of(context)(...)`."""
FOLDERS = ("surveys", "bot", "analysis")
Strings = Iterator[str]


@lru_cache
def marked() -> frozenset[str]:
    found = set()
    for folder in FOLDERS:
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, TEMPLATES, keywords=KEYWORDS):
            found |= {message} if isinstance(message, str) else set(message)
    return frozenset(found)


def strings_of(value: object) -> Strings:
    """Yield the texts in a constant: a text, a table or rows of texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings_of(one)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from strings_of(one)


class Said:
    """What the calls of one function may say."""

    def __init__(self, module: ModuleType, function: ast.AST) -> None:
        self._module = module
        self._nodes = list(ast.walk(function))
        self._seen: set[str] = set()

    def texts(self) -> Strings:
        for node in self._nodes:
            if isinstance(node, ast.Call) and node.args and _says(node.func):
                yield from self._of(node.args[0])

    def _of(self, node: ast.expr) -> Strings:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=one, orelse=other):
                yield from (*self._of(one), *self._of(other))
            case ast.BoolOp(values=several):
                for one in several:
                    yield from self._of(one)
            case (
                ast.Subscript(value=table) | ast.Call(func=ast.Attribute(value=table, attr="get"))
            ):
                yield from strings_of(self._constant(table))
            case ast.Attribute():
                yield from strings_of(self._constant(node))
            case ast.Name(id=name):
                local = list(self._local(name))
                yield from local or strings_of(self._constant(node))

    def _local(self, name: str) -> Strings:
        """Yield what a name of the function is: assigned there, or taken from a table by a loop."""
        if name in self._seen:
            return
        self._seen.add(name)
        for node in self._nodes:
            if isinstance(node, ast.Assign) and name in {_id(one) for one in node.targets}:
                yield from self._of(node.value)
            elif isinstance(node, ast.For | ast.comprehension):
                yield from self._looped(name, node.target, node.iter)
        self._seen.discard(name)

    def _looped(self, name: str, target: ast.expr, table: ast.expr) -> Strings:
        places = target.elts if isinstance(target, ast.Tuple) else [target]
        at = next((n for n, one in enumerate(places) if _id(one) == name), None)
        if at is None:
            return
        of_pairs = isinstance(table, ast.Call) and isinstance(table.func, ast.Attribute)
        if of_pairs and table.func.attr in ("items", "values"):  # type: ignore[attr-defined]
            found = self._constant(table.func.value)  # type: ignore[attr-defined]
            if isinstance(found, Mapping):
                keys = table.func.attr == "items" and at == 0  # type: ignore[attr-defined]
                yield from strings_of(tuple(found) if keys else found)
        else:
            found = self._constant(table)
            rows = found if isinstance(found, tuple | list) else tuple(found or ())  # type: ignore
            nested = isinstance(target, ast.Tuple)
            yield from strings_of([row[at] for row in rows] if nested else list(rows))

    def _constant(self, node: ast.expr) -> object:
        """Return the value of a name of the module, or of a name in an imported module."""
        match node:
            case ast.Name(id=name):
                found = getattr(self._module, name, None)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                holder = getattr(self._module, owner, None)
                found = getattr(holder, name, None) if isinstance(holder, ModuleType) else None
            case _:
                found = None
        return found if isinstance(found, str | Mapping | tuple | list | frozenset) else None


def _id(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _says(function: ast.expr) -> bool:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_") in SAYING
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in MAKING
    return False


def unmarked_in(module: ModuleType, tree: ast.AST) -> set[str]:
    functions = [
        n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    said = {text for one in functions for text in Said(module, one).texts()}
    return {text for text in said - marked() if any(letter.isalpha() for letter in text)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_said_through_a_variable_is_marked(folder: str) -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        source = path.read_text("utf-8")
        if "words" in source or "say" in source:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            module = importlib.import_module(name.removesuffix(".__init__"))
            if left := unmarked_in(module, ast.parse(source)):
                found[name] = left
    assert found == {}


SAMPLE = """
TABLE = {"a": "First of a table"}
LINES = ("One of some lines",)
ALONE = "Alone"

def told(words, key, many):
    text = "Assigned" if many else ALONE
    words(text)
    words(TABLE[key])
    words(TABLE.get(key, key))
    Words("fr")("Literal")
    return [words(line) for line in LINES]
"""


def test_texts_are_found_through_names_tables_and_loops() -> None:
    module = ModuleType("sample")
    exec(SAMPLE, module.__dict__)
    wanted = {"First of a table", "One of some lines", "Alone", "Assigned", "Literal"}
    assert unmarked_in(module, ast.parse(SAMPLE)) == wanted


SHOWN = {"Button", "Card", "Reply", "ViewLink", "said"}
TO_PARTICIPANTS = ("participants", "wording", "web/interview", "outbox", "reception.py")


def written_out(tree: ast.AST) -> Iterator[str]:
    """Yield the letters that stand in a card, a button or a reply without `words`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _id(node.func) in SHOWN:
            for given in (*node.args, *(one.value for one in node.keywords)):
                parts = given.values if isinstance(given, ast.JoinedStr) else [given]
                texts = [str(p.value) for p in parts if isinstance(p, ast.Constant)]
                yield from (text for text in texts if text not in ("True", "False", "None"))


def test_no_card_for_participants_is_written_without_words() -> None:
    places = [ROOT / "bot" / one for one in TO_PARTICIPANTS]
    files = [path for one in places for path in ([one] if one.is_file() else one.rglob("*.py"))]
    found = {
        (path.name, text)
        for path in files
        for text in written_out(ast.parse(path.read_text("utf-8")))
        if any(letter.isalpha() for letter in text)
    }
    assert found == set()
    assert list(written_out(ast.parse('Card(f"Until {day}.")'))) == ["Until ", "."]
