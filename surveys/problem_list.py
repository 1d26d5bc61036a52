"""Collect the problems of one source while it is read to its end, to report them all at once.

Knows no file format and no rule.
"""

import difflib
from collections.abc import Iterable

from surveys.problems import BadInput, Problem


class ProblemList:
    """The problems of one source, in the order found, each once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._found: dict[Problem, None] = {}

    def error(self, place: str, message: str, value: str = "", fix: str = "") -> None:
        """Add a problem that must be corrected before the source can be used."""
        self._found[Problem(self.source, place, message, value, fix)] = None

    def warning(self, place: str, message: str, value: str = "", fix: str = "") -> None:
        """Add a problem that may stay but should be checked."""
        self._found[Problem(self.source, place, message, value, fix, "warning")] = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._found)

    @property
    def failed(self) -> bool:
        """Whether there is an error; warnings alone do not fail."""
        return any(problem.severity == "error" for problem in self._found)

    def refuse(self) -> BadInput:
        """Return the exception that carries the errors."""
        return BadInput(problem for problem in self._found if problem.severity == "error")


def did_you_mean(word: str, known: Iterable[str], pattern: str = "'{}'") -> str:
    """Return the nearest known word as a suggestion, else the known ones if they are few, else ''."""
    words = list(known)
    small = {known_word.casefold(): known_word for known_word in words}
    near = difflib.get_close_matches(word.casefold(), small, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {pattern.format(small[near[0]])}?"
    if 0 < len(words) <= 12:
        return f"Known here: {', '.join(words)}."
    return ""
