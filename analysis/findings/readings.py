"""The readings of all published sets of workshops, of which questions are asked."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts


class Readings(dict[str, "ReportFacts"]):
    """Readings by set. Many questions need the sets whose replies are told: these are found once."""

    def __init__(self, readings: Mapping[str, "ReportFacts"]) -> None:
        super().__init__(readings)
        self._told: dict[str, frozenset[str]] = {}

    def told(self, name: str, find: Callable[["Readings"], frozenset[str]]) -> frozenset[str]:
        """Return the sets in which something of a name is told, as `find` has found them first."""
        if name not in self._told:
            self._told[name] = find(self)
        return self._told[name]
