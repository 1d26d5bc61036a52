"""What the report of the invented year says, beside what is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.demo.cast import PLACES, Cast

if TYPE_CHECKING:
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
    "points off",
    "at most",
    "bounds",
    "workshops held",
)


@dataclass(frozen=True)
class Beside:
    """One figure beside the truth: of how many delegations it is true, and of how many it is said.

    `replied` is of how many delegations somebody has replied, `held` in how many of `workshops` the
    truth of the workshop lies in the bounds.
    """

    months: int
    figure: str
    delegations: int
    true: int
    said: int
    replied: int
    at_most: int
    held: int
    workshops: int

    @property
    def difference(self) -> int:
        return self.said - self.true

    @property
    def points_off(self) -> int:
        """How far the share of those that replied lies above the true share of all, in points."""
        return round(_share(self.said, self.replied) - _share(self.true, self.delegations))

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
            f"{self.said} of {self.replied}",
            f"{self.difference:+}",
            f"{self.points_off:+}",
            str(self.at_most),
            "hold" if self.holds else "miss",
            f"{self.held} of {self.workshops}",
        )


def _share(part: int, base: int) -> float:
    return 100 * part / base if base else 0


@dataclass(frozen=True)
class Told:
    """What the report says of a figure, at least and at most, and how many have replied."""

    at_least: int
    at_most: int
    replied: int

    def holds(self, true: int) -> bool:
        """Whether the truth lies in the bounds."""
        return self.at_least <= true <= self.at_most


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
    of_each = {code: _told(units, MOMENTS[months]) for code, units in said.items()}
    return [
        Beside(
            months=months,
            figure=figure,
            delegations=len(everything),
            true=sum(truths[code][figure] for code in WORKSHOPS),
            said=told.at_least,
            replied=told.replied,
            at_most=told.at_most,
            held=sum(of_each[code][figure].holds(truths[code][figure]) for code in WORKSHOPS),
            workshops=len(WORKSHOPS),
        )
        for figure, told in _told(everything, MOMENTS[months]).items()
    ]


def _truths(cast: Cast, code: str, months: int) -> dict[str, int]:
    from analysis.measures.delegations.headlines import FIGURES

    units = cast.delegations(code).values()
    true = {figure: sum(one.is_true(figure, months) for one in units) for figure in FIGURES}
    return true | {MORE_THAN_CLAIMED: true["embedded"]}


def _told(units: Sequence[Delegation], moment: str) -> dict[str, Told]:
    from analysis.measures.delegations.headlines import outcome

    found = outcome(units, moment).headlines
    told = {
        figure: Told(one.bounds.at_least, one.bounds.at_most, one.replied)
        for figure, one in found.items()
    }
    better = found["embedded"].bounds.at_least_better
    return told | {MORE_THAN_CLAIMED: replace(told["embedded"], at_least=better)}
