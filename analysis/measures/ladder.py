"""The institutionalisation ladder as pure rules: from what is known of a change to its points.

Six stages, after the scale the reports use: 0 not used, 1 individual use, 2 shared, 3 proposed and
accepted, 4 routine of the unit, 5 embedded in a formal anchor. The points are a convention.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

KINDS = ("rule", "training", "unit", "budget", "system")
"""The five anchors that score; a law scores only as part of a rule, together with a procedure."""

POINTS = (0, 15, 30, 45, 60, 60)
"""Points of each stage; an embedded change gets `PER_ANCHOR` more for each scoring anchor."""

PER_ANCHOR = 8
PAPER_CAP = 45
PAPER_STAGE = 3
"""The stage that is worth `PAPER_CAP`: a rule that nobody uses is no higher."""


class Grade(IntEnum):
    """How good the evidence is: claimed, described (title, date or unit), verified by another."""

    CLAIMED = 1
    DESCRIBED = 2
    VERIFIED = 3

    @property
    def letter(self) -> str:
        return "_CDV"[self]


@dataclass(frozen=True)
class Knowledge:
    """What the answers say of one change at one time; None is "not known", never "no".

    `use` is the best use of the planned changes: not_yet, stopped, preparing, tried, regular or
    improved. `anchors` are the kinds in force with their grade; `anchored` says whether anything
    formal is in force that scores.
    """

    use: str | None = None
    shared: bool | None = None
    accepted: bool | None = None
    routine: bool | None = None
    anchors: tuple[tuple[str, Grade], ...] = ()
    anchored: bool | None = None
    continues: str | None = None

    @property
    def used(self) -> bool | None:
        return None if self.use is None else self.use in ("tried", "regular", "improved")

    @property
    def supports(self) -> tuple[bool | None, ...]:
        """Whether the answers support each of the stages 1 to 5."""
        return (self.used, self.shared, self.accepted, self.routine, self.anchored)


@dataclass(frozen=True)
class Rung:
    """The place of a change on the ladder. `supported` is the highest stage its answers support.

    `stage` is the same, except for paper only, which is at stage 3 as its points are. `points`
    counts all anchors, `points_described` those graded D or V, `points_verified` those graded V.
    """

    stage: int
    supported: int
    points: int
    points_described: int
    points_verified: int
    paper_only: bool = False
    person_dependent: bool = False
    gap_below: bool = False


@lru_cache(
    maxsize=4096
)  # Cached: thousands of people give few different answers, and the rule is pure.
def rung(known: Knowledge) -> Rung | None:
    """Return the rung of a change, or None when its stage is not known (missing is missing)."""
    supported = _highest(known.supports)
    if supported is None:
        return None
    paper_only = bool(known.anchored) and known.use in ("not_yet", "stopped")
    stage = min(supported, PAPER_STAGE) if paper_only else supported
    return Rung(
        stage=stage,
        supported=supported,
        points=_points(known, Grade.CLAIMED, paper_only),
        points_described=_points(known, Grade.DESCRIBED, paper_only),
        points_verified=_points(known, Grade.VERIFIED, paper_only),
        paper_only=paper_only,
        person_dependent=1 <= supported <= PAPER_STAGE and known.continues == "stops",
        gap_below=any(below is False for below in known.supports[: max(supported - 1, 0)]),
    )


def _highest(supports: tuple[bool | None, ...]) -> int | None:
    """Return the highest supported stage; 0 only if the answers say that it is not used."""
    for stage in range(len(supports), 0, -1):
        if supports[stage - 1]:
            return stage
    return 0 if supports[0] is False else None


def _points(known: Knowledge, at_least: Grade, paper_only: bool) -> int:
    """Return points when only anchors of a grade count; lower stages rest on what people say."""
    anchors = sum(grade >= at_least for _, grade in known.anchors)
    stage = _highest((*known.supports[:-1], anchors > 0)) or 0
    points = POINTS[stage] + (PER_ANCHOR * anchors if stage == len(POINTS) - 1 else 0)
    return min(points, PAPER_CAP) if paper_only else points
