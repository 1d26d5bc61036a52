"""YAML text as plain parts that remember their line, so that every complaint can name it.

All values stay texts: YAML's own guesses (no = false, 010 = 8) would change codes silently. Knows
nothing of questionnaires and plans.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from surveys.problem_list import ProblemList, did_you_mean

DEEPEST = 30
LONGEST_FILE = 1_000_000
YES = {"true": True, "yes": True, "false": False, "no": False}

Loader: TypeAlias = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
Value: TypeAlias = "str | tuple[Part, ...] | dict[str, Part]"


@dataclass(frozen=True)
class Part:
    """One value with its line (from 1) and its path, such as survey[3].label (rows from 1)."""

    path: str
    line: int
    value: Value

    @property
    def place(self) -> str:
        return f"line {self.line}, {self.path}" if self.path else f"line {self.line}"


class YamlReader:
    """Reads one YAML text; what has the wrong form is noted in `problem_list` and left out."""

    def __init__(self, problem_list: ProblemList) -> None:
        self.problem_list = problem_list

    def mapping(self, text: str) -> Part | None:
        """The whole text as one mapping, or None after noting why it cannot be read."""
        if len(text) > LONGEST_FILE:
            self.problem_list.error("", f"The file is longer than {LONGEST_FILE:,} characters.")
            return None
        loader = _loader(text)
        try:
            self._refuse_tricks(text, loader)
            if self.problem_list.failed:
                return None
            node = yaml.compose(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            self._note_syntax(error)
            return None
        except yaml.YAMLError as error:
            self.problem_list.error("", f"The file is not YAML: {' '.join(str(error).split())}.")
            return None
        if not isinstance(node, yaml.MappingNode):
            self.problem_list.error("line 1", "The file must be a list of keys and values.")
            return None
        return self._part("", 1, node)

    def fields(self, part: Part | None, known: Collection[str]) -> dict[str, Part]:
        """The parts of a mapping by key; other keys than the known ones are noted."""
        entries = self.entries(part)
        for key, entry in entries.items():
            if key not in known:
                fix = did_you_mean(key, known)
                self.problem_list.error(entry.place, "is not a key that is used here.", key, fix)
        return {key: entry for key, entry in entries.items() if key in known}

    def entries(self, part: Part | None) -> dict[str, Part]:
        """The parts of a mapping with keys of any name; {} for a missing part."""
        if part is None or isinstance(part.value, dict):
            return part.value if part and isinstance(part.value, dict) else {}
        self.problem_list.error(part.place, "This must be keys with values, such as 'name: job'.")
        return {}

    def rows(self, part: Part | None) -> tuple[Part, ...]:
        """The parts of a list; () for a missing part."""
        if part is None or isinstance(part.value, tuple):
            return part.value if part and isinstance(part.value, tuple) else ()
        self.problem_list.error(
            part.place, "This must be a list: one line each, beginning with '- '."
        )
        return ()

    def text(self, part: Part | None, default: str = "") -> str:
        """A single value as text."""
        if part is None or isinstance(part.value, str):
            return part.value.strip() if part and isinstance(part.value, str) else default
        self.problem_list.error(part.place, "This must be a single text.")
        return default

    def number(self, part: Part | None, default: int) -> int:
        """A whole number that is not negative."""
        text = self.text(part)
        if part is None or (text.isdecimal() and len(text) < 7):
            return int(text) if part else default
        self.problem_list.error(part.place, "is not a whole number.", text, "Write one such as 5.")
        return default

    def flag(self, part: Part | None) -> bool:
        """true or false; false for a missing part."""
        text = self.text(part).lower()
        if part is None or text in YES:
            return YES.get(text, False)
        self.problem_list.error(
            part.place, "is neither true nor false.", text, "Write true or false."
        )
        return False

    def _refuse_tricks(self, text: str, loader: Loader) -> None:
        """Note references and deep nesting: a small file must not unfold into a huge one."""
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            line = f"line {event.start_mark.line + 1}" if event.start_mark else ""
            if isinstance(event, yaml.AliasEvent):
                self.problem_list.error(
                    line, f"References such as *{event.anchor} are not supported."
                )
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                self.problem_list.error(line, "Lists and keys are nested too deeply here.")
                return

    def _note_syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            self.problem_list.error("", f"The file is not YAML: {error}.")
            return
        what = " ".join(part for part in (error.context, error.problem) if part)
        self.problem_list.error(
            f"line {mark.line + 1}, column {mark.column + 1}",
            f"The file is not YAML: {what}.",
            fix="Check the indentation, and put texts with signs such as : # ? in quotes.",
        )

    def _part(self, path: str, line: int, node: yaml.Node) -> Part:
        if isinstance(node, yaml.SequenceNode):
            rows = enumerate(node.value, start=1)
            parts = (self._part(f"{path}[{n}]", _line(row), row) for n, row in rows)
            return Part(path, line, tuple(parts))
        if isinstance(node, yaml.MappingNode):
            return Part(path, line, dict(self._pairs(path, node)))
        return Part(path, line, str(node.value))

    def _pairs(self, path: str, node: yaml.MappingNode) -> Iterator[tuple[str, Part]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), _line(key_node)
            part = self._part(f"{path}.{key}" if path else key, line, value_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem_list.error(f"line {line}", "A key must be a single word.")
            elif key in seen:
                fix = "Keep one of the two."
                self.problem_list.error(
                    part.place, f"stands already in line {seen[key]}.", key, fix
                )
            else:
                seen[key] = line
                yield key, part


def _loader(text: str) -> Loader:
    """Return the loader in C, which is ten times as fast; for a text that it refuses the other one.

    The messages of the one in Python name the mistake and its place better.
    """
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    except (yaml.YAMLError, UnicodeEncodeError):
        return yaml.SafeLoader
    return yaml.CSafeLoader


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
