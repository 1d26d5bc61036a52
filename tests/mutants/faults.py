"""Every small fault that can be put into a source file, and a sample of them that stays the same.

A fault is known by the text of its line, not by the number of it: the same seed chooses the same
faults before and after a file moves, and the scores of two versions can be compared.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.operators.provider import OperatorProvider

Place = tuple[int, int]


class RemoveStatement(Operator):  # type: ignore[misc]  # the tool says no types
    """Puts `pass` where something is called for its effect alone."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Place, Place]]:
        """Return the place of the call, if `node` is a line with nothing but a call."""
        if node.type == "simple_stmt" and node.children[0].type == "atom_expr":
            yield node.children[0].start_pos, node.children[0].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Return the line with `pass` instead."""
        prefix = node.children[0].get_first_leaf().prefix
        node.children[0] = parso.parse(f"{prefix}pass")
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        """Return nothing: only the tool's own tests ask for examples."""
        return ()


EQUIVALENT = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq")
"""Members of enumerations and None are equal only to themselves: such a fault changes nothing."""
FASTER = re.compile(r"\s*@(?:lru_)?cache\b")
"""A decorator without which a function only takes longer."""
KINDS = {
    name: operator
    for name, operator in ((name, OperatorProvider()[name]) for name in OperatorProvider())
    if not operator.arguments() and not name.endswith(EQUIVALENT)
} | {"RemoveStatement": RemoveStatement}


@dataclass(frozen=True)
class Fault:
    """One change of one file. `key` orders the faults of a package by chance."""

    path: Path
    line: int
    kind: str
    occurrence: int
    key: str

    def applied(self, source: str) -> str:
        """Return the source with the fault in it."""
        changed: str | None = mutate_code(source, KINDS[self.kind](), self.occurrence)
        assert changed is not None
        return changed

    def diff(self, source: str) -> str:
        """Return the changed lines alone."""
        lines = unified_diff(
            source.splitlines(), self.applied(source).splitlines(), n=0, lineterm=""
        )
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def sample(paths: Iterable[Path], seed: int, size: int) -> list[Fault]:
    """Return `size` faults chosen by chance, at most one at each place in the code."""
    seen: Counter[str] = Counter()
    places: dict[tuple[Path, Place], Fault] = {}
    for path in sorted(paths):
        for place, fault in _faults_in(path, seed, seen):
            known = places.get((path, place))
            if known is None or fault.key < known.key:
                places[path, place] = fault
    # The chance of a place must not grow with the number of faults that are possible there.
    found = sorted(places.values(), key=lambda fault: sha256(fault.key.encode()).digest())
    return list(islice(filter(_can_be_applied, found), size))


def _can_be_applied(fault: Fault) -> bool:
    """Return whether the tool can make a fault: it knows no exception with a dot in its name."""
    try:
        fault.applied(fault.path.read_text())
    except AttributeError:
        return False
    return True


def _faults_in(path: Path, seed: int, seen: Counter[str]) -> Iterator[tuple[Place, Fault]]:
    source = path.read_text()
    lines, passed_over = source.splitlines(), list(_passed_over(source))
    nodes = list(ast_nodes(get_ast(source)))
    for kind, operator in KINDS.items():
        positions = (at for node in nodes for at, _ in operator().mutation_positions(node))
        for occurrence, at in enumerate(positions):
            if any(start <= at < end for start, end in passed_over):
                continue
            if kind == "RemoveDecorator" and FASTER.match(lines[at[0] - 1]):
                continue
            name = f"{seed} {lines[at[0] - 1].strip()} {kind}"
            seen[name] += 1
            key = sha256(f"{name} {seen[name]}".encode()).hexdigest()
            yield at, Fault(path, at[0], kind, occurrence, key)


def _passed_over(source: str) -> Iterator[tuple[Place, Place]]:
    """Yield the places of types, which mypy checks, and of arguments like `frozen` and `maxsize`."""
    for node in ast.walk(ast.parse(source)):
        typed = [getattr(node, name, None) for name in ("annotation", "returns")]
        for found in (*typed, *getattr(node, "decorator_list", ())):
            if found is not None:
                yield (found.lineno, found.col_offset), (found.end_lineno, found.end_col_offset)
