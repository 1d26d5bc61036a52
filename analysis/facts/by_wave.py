"""Responses by role and wave, each looked for once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import itemgetter

from analysis.facts.responses import Response, in_time, last_of_each
from surveys.people import Role

_Found = dict[tuple[str, ...], tuple[Response, ...]]


@dataclass(frozen=True)
class ByWave:
    """All usable responses of a report."""

    responses: tuple[Response, ...]
    _found: _Found = field(default_factory=dict, init=False, repr=False)
    _sorted: _Found = field(default_factory=dict, init=False, repr=False)

    def of(self, role: str, waves: tuple[str, ...]) -> tuple[Response, ...]:
        """Return those of a role in some waves; one of each administration that is asked."""
        key = (role, *waves)
        if key not in self._found:
            found = self._in_order(role, waves)
            self._found[key] = last_of_each(found) if role == Role.CONTACT_POINT else found
        return self._found[key]

    def in_time(self, role: str, waves: tuple[str, ...]) -> tuple[Response, ...]:
        """Return the same in the order in which they were given."""
        key = (role, *waves)
        if key not in self._sorted:
            self._sorted[key] = in_time(self.of(role, waves))
        return self._sorted[key]

    def _in_order(self, role: str, waves: tuple[str, ...]) -> tuple[Response, ...]:
        parts = (self._numbered.get((role, wave), ()) for wave in {*waves})
        return tuple(one for _, one in sorted(chain(*parts), key=itemgetter(0)))

    @cached_property
    def _numbered(self) -> Mapping[tuple[str, str], list[tuple[int, Response]]]:
        """The responses of each role in each wave, with their places among all."""
        found: dict[tuple[str, str], list[tuple[int, Response]]] = defaultdict(list)
        for number, one in enumerate(self.responses):
            found[one.role, one.wave].append((number, one))
        return found
