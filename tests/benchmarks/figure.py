"""One measured figure: its value, its unit, and the target if it has one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Figure:
    """`target` is in words such as "at least 28.5"; `met` says whether it was reached.

    `value` is None for what has a goal and is not measured; the unit then says why. `spread` is the
    least and the greatest value of several runs.
    """

    value: float | None
    unit: str
    target: str = ""
    met: bool | None = None
    spread: tuple[float, float] | None = None

    @property
    def missed_by(self) -> float | None:
        """How many percent of the target are missing, or too much; None if it has no number."""
        numbers = re.findall(r"\d+\.?\d*", self.target.replace(",", ""))
        if self.met is not False or self.value is None or not numbers or not float(numbers[0]):
            return None
        return abs(100 * (self.value / float(numbers[0]) - 1))


def middle(runs: Sequence[Figure]) -> Figure:
    """The figure of several runs whose value is the median, with the spread of all."""
    known = sorted((one.value, place) for place, one in enumerate(runs) if one.value is not None)
    if len(known) < 2:
        return runs[known[0][1]] if known else runs[0]
    values = [value for value, _ in known]
    return replace(runs[known[len(known) // 2][1]], spread=(values[0], values[-1]))
