"""The bounds of expressions: how long a text they may make, and how much work they may be.

Work is counted in steps, not in time, so that the same answers always give the same result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NoReturn

LONGEST_TEXT: Final = 10_000
"""The longest text that an expression may make. A message of a messenger has 4,096 characters."""
LONGEST_NUMBER: Final = 1_000
"""The longest text that is read as a number."""
STEPS_OF_PART: Final = 10
"""The steps of one function, operator or value. A step takes about 50 nanoseconds."""
MOST_STEPS: Final = 5_000_000
"""The steps of one evaluation."""
MOST_STEPS_OF_WALK: Final = 20_000_000
"""The steps of all evaluations of one walk through a questionnaire: about a second."""


class BeyondBoundsError(Exception):
    """An expression makes a text that is too long, or is too much work."""


@dataclass
class Budget:
    """The steps that are left for a walk, and for the evaluation under way.

    `exceeded` is set when a bound is reached, until somebody takes note and resets it.
    """

    left: int = MOST_STEPS_OF_WALK
    now: int = MOST_STEPS
    exceeded: bool = False

    def begin(self, steps: int) -> None:
        """Begin an evaluation that takes at least these steps."""
        self.left -= steps
        self.now = MOST_STEPS - steps
        if self.left < 0 or self.now < 0:
            self._stop()

    def spend(self, steps: int) -> None:
        """Count steps before they are taken. Raises BeyondBoundsError if they are too many."""
        self.left -= steps
        self.now -= steps
        if self.left < 0 or self.now < 0:
            self._stop()

    def read(self, *texts: str) -> None:
        """Count the steps of reading texts."""
        self.spend(sum(map(len, texts)) // 5)

    def made(self, length: int) -> None:
        """Check the length of a text before it is made. Raises BeyondBoundsError if it is too long."""
        if length > LONGEST_TEXT:
            self._stop()

    def _stop(self) -> NoReturn:
        self.exceeded = True
        raise BeyondBoundsError
