"""Invented workshops whose truth is known: how far bounds and evidence can be trusted.

Who uses it answers more often, so silence says something. Some officers say more than is true.
"""

from dataclasses import dataclass
from random import Random

import pytest

from analysis.measures.delegations.headlines import Outcome, outcome
from analysis.measures.delegations.units import Delegation, Seat, Told

KINDS = ("procedure", "training", "unit")
ANSWERS = {"not_yet": 0.45, "stopped": 0.55, "tried": 0.7, "regular": 0.85}
"""How likely it is that an officer answers, by use."""
WORKSHOPS = 60


@dataclass(frozen=True)
class Truth:
    """How many delegations of a workshop have tried it, use it regularly, and have embedded it."""

    tried: int
    in_regular_use: int
    embedded: int

    def held(self, found: Outcome, figure: str) -> bool:
        """Whether the truth lies in the bounds."""
        bounds = found.headlines[figure].bounds
        return bounds.at_least <= int(getattr(self, figure)) <= bounds.at_most


def workshop(chance: Random, error: float) -> tuple[Truth, list[Delegation]]:
    """A workshop of 6 to 20 delegations, and what its people say of it."""
    numbers = iter(range(1000))
    truth, units = [], []
    for place in range(chance.randint(6, 20)):
        fresh = [kind for kind in KINDS if chance.random() < 0.15]
        before = [kind for kind in KINDS if kind not in fresh and chance.random() < 0.2]
        weights = (2, 1, 3, 6) if fresh else (4, 2, 3, 4)
        uses = chance.choices([*ANSWERS], weights, k=chance.choice((1, 1, 2, 3)))
        members = tuple(
            Seat(next(numbers), _answered(chance, use, fresh, before, error)) for use in uses
        )
        statuses = {kind: _status(kind, fresh, before) for kind in KINDS}
        told = {f"seen_{kind}": status for kind, status in statuses.items()}
        point = Seat(next(numbers), {"NCP12": Told(told)} if chance.random() < 0.6 else {})
        units.append(Delegation("W", f"P{place}", members, (point,)))
        used = {"tried", "regular"} & {*uses}
        truth.append((bool(used), "regular" in uses, bool(fresh)))
    return Truth(*(sum(column) for column in zip(*truth, strict=True))), units


def _status(kind: str, fresh: list[str], before: list[str]) -> str:
    return "new" if kind in fresh else "before" if kind in before else "not_in_force"


def _answered(
    chance: Random, use: str, fresh: list[str], before: list[str], error: float
) -> dict[str, Told]:
    if chance.random() > ANSWERS[use]:
        return {}
    if use in ("not_yet", "stopped") and chance.random() < error:
        use = "tried"
    said = {kind: "new" for kind in fresh if chance.random() < 0.8}
    said |= {
        kind: "new" if chance.random() < error else "before"
        for kind in before
        if chance.random() < 0.6
    }
    statuses = {f"new_status_{kind}": status for kind, status in said.items()}
    # Who has ticked less than there is leaves boxes open; who knows of nothing says so.
    nothing = "dont_know" if fresh else "none"
    ticked = {"anchors_new": " ".join(said) or nothing}
    return {"M12": Told({"use_any": use} | ticked | statuses)}


def simulated(error: float) -> list[tuple[Truth, Outcome]]:
    chance = Random(20181110)
    made = (workshop(chance, error) for _ in range(WORKSHOPS))
    return [(truth, outcome(units, "M12")) for truth, units in made]


def test_where_answers_are_true_the_bounds_always_hold() -> None:
    for truth, found in simulated(error=0):
        assert truth.held(found, "tried")
        assert truth.held(found, "in_regular_use")
        assert truth.held(found, "embedded")


@pytest.mark.parametrize("figure", ["tried", "in_regular_use", "embedded"])
def test_with_one_wrong_answer_in_twenty_the_bounds_hold_in_nine_of_ten_workshops(
    figure: str,
) -> None:
    held = [truth.held(found, figure) for truth, found in simulated(error=0.05)]
    assert sum(held) >= 0.9 * len(held)


def test_what_is_more_than_claimed_is_a_floor_and_no_rate() -> None:
    pairs = [
        (truth.embedded, found.headlines["embedded"].bounds.at_least_better)
        for truth, found in simulated(error=0.05)
    ]
    above = [better for embedded, better in pairs if better > embedded]
    assert len(above) <= 0.05 * len(pairs)
    assert sum(better for _, better in pairs) < sum(embedded for embedded, _ in pairs)
