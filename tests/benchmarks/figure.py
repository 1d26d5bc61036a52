"""One measured figure: its value, its unit, and the target if it has one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`target` is in words such as "at least 28.5"; `met` says whether it was reached.

    `value` is None for what has a goal and is not measured; the unit then says why.
    """

    value: float | None
    unit: str
    target: str = ""
    met: bool | None = None
