"""What the report of the invented year says, beside what is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.demo.cast import PLACES, Cast

if TYPE_CHECKING:
    from analysis.measures.delegations.bounds import Bounds
    from analysis.measures.delegations.units import Delegation

MOMENTS = {6: "M6", 12: "M12"}
"""By months after the workshop."""
WORKSHOPS = tuple(code for code, (_, places) in PLACES.items() if places > 1)
"""Those with delegations to count; in the others there are people of one administration."""
MORE_THAN_CLAIMED = "embedded, more than claimed"
HEADING = (
    "months",
    "figure",
    "true",
    "report says",
    "difference",
    "at most",
    "bounds",
    "workshops held",
)


@dataclass(frozen=True)
class Beside:
    """One figure beside the truth: of how many delegations it is true, and of how many it is said.

    `held` says in how many of `workshops` the truth of the workshop lies in the bounds.
    """

    months: int
    figure: str
    delegations: int
    true: int
    said: int
    at_most: int
    held: int
    workshops: int

    @property
    def difference(self) -> int:
        return self.said - self.true

    @property
    def holds(self) -> bool:
        """Whether the truth lies in the bounds."""
        return self.said <= self.true <= self.at_most

    @property
    def row(self) -> tuple[str, ...]:
        """The cells below `HEADING`."""
        return (
            str(self.months),
            self.figure.replace("_", " "),
            f"{self.true} of {self.delegations}",
            str(self.said),
            f"{self.difference:+}",
            str(self.at_most),
            "hold" if self.holds else "miss",
            f"{self.held} of {self.workshops}",
        )


def compare(connection: Connection, cast: Cast, now: datetime) -> tuple[Beside, ...]:
    """Return all figures of all delegations beside the truth, after 6 and after 12 months."""
    return tuple(
        one
        for months, moment in MOMENTS.items()
        for one in _at(months, _said(connection, moment, now), cast)
    )


def _said(
    connection: Connection, moment: str, now: datetime
) -> Mapping[str, Sequence[Delegation]]:
    """Return the delegations by workshop, with what their people have told."""
    from analysis.facts.as_of import until
    from analysis.facts.frames import load
    from analysis.facts.responses import responses, with_facts
    from analysis.measures.delegations.reading import delegations

    frames = until(load(connection, WORKSHOPS), now)
    found = delegations(frames, responses(frames, with_facts(frames)), moment)
    return {code: [one for one in found if one.workshop == code] for code in WORKSHOPS}


def _at(months: int, said: Mapping[str, Sequence[Delegation]], cast: Cast) -> list[Beside]:
    truths = {code: _truths(cast, code, months) for code in WORKSHOPS}
    everything = [one for units in said.values() for one in units]
    bounds = _bounds(everything, MOMENTS[months])
    of_each = {code: _bounds(units, MOMENTS[months]) for code, units in said.items()}
    return [
        Beside(
            months=months,
            figure=figure,
            delegations=len(everything),
            true=sum(truths[code][figure] for code in WORKSHOPS),
            said=least,
            at_most=most,
            held=sum(_within(of_each[code][figure], truths[code][figure]) for code in WORKSHOPS),
            workshops=len(WORKSHOPS),
        )
        for figure, (least, most) in bounds.items()
    ]


def _within(bounds: tuple[int, int], true: int) -> bool:
    return bounds[0] <= true <= bounds[1]


def _truths(cast: Cast, code: str, months: int) -> dict[str, int]:
    from analysis.measures.delegations.headlines import FIGURES

    units = cast.delegations(code).values()
    true = {figure: sum(one.is_true(figure, months) for one in units) for figure in FIGURES}
    return true | {MORE_THAN_CLAIMED: true["embedded"]}


def _bounds(units: Sequence[Delegation], moment: str) -> dict[str, tuple[int, int]]:
    from analysis.measures.delegations.headlines import outcome

    found: dict[str, Bounds] = {
        key: one.bounds for key, one in outcome(units, moment).headlines.items()
    }
    better = found["embedded"].at_least_better
    told = {figure: (one.at_least, one.at_most) for figure, one in found.items()}
    return told | {MORE_THAN_CLAIMED: (better, found["embedded"].at_most)}
