"""The readings of all published sets of workshops, of which questions are asked."""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts


class Readings(dict[str, "ReportFacts"]):
    """Readings by set. Many questions need the sets whose replies are told: these are found once.

    `groups` are keys of groups of a year, of which reports tell how far administrations are and nothing
    else.
    """

    def __init__(
        self, readings: Mapping[str, "ReportFacts"], groups: Collection[str] = ()
    ) -> None:
        super().__init__(readings)
        self.groups = frozenset(groups)
        self._told: dict[str, frozenset[str]] = {}

    @cached_property
    def of_sets(self) -> "Readings":
        """The readings without those of groups."""
        if not self.groups:
            return self
        return Readings({key: one for key, one in self.items() if key not in self.groups})

    def told(self, name: str, find: Callable[["Readings"], frozenset[str]]) -> frozenset[str]:
        """Return the sets in which something of a name is told, as `find` has found them first."""
        if name not in self._told:
            self._told[name] = find(self)
        return self._told[name]
