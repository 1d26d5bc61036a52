"""Problems in a file or a list that a person wrote, described so that the person can correct them.

Knows no file format: readers name the place in their own words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

LONGEST_VALUE = 60


@dataclass(frozen=True)
class Problem:
    """One problem: its place, the value found there, and what to write instead.

    `place` reads like "row 4, column timezone". `message` and `fix` are whole sentences; with a
    `value`, `message` continues it ("is not a time zone."). An error stops the reading; a warning
    does not.
    """

    source: str
    place: str
    message: str
    value: str = ""
    fix: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Return one line, whatever the value contains; a long value is cut."""
        where = ", ".join(part for part in (self.source, self.place) if part)
        value = " ".join(self.value.split())
        if len(value) > LONGEST_VALUE:
            value = value[: LONGEST_VALUE - 1] + "…"
        what = [f"'{value}'" if self.value else "", self.message, self.fix]
        said = " ".join(part for part in what if part)
        return f"{where}: {said}" if where else said

    def within(self, most: int) -> str:
        """Return the line in about `most` letters: what is wrong may be cut, what to do never is."""
        line = str(self)
        if len(line) <= most:
            return line
        what = line.removesuffix(self.fix)[: max(most - len(self.fix) - 2, LONGEST_VALUE)]
        return f"{what.rstrip()}… {self.fix}".rstrip()


class BadInput(Exception):
    """All problems of one input at once. `str()` gives one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
