"""Numbers that arrive in another order: a later one waits a moment for those before it.

A messenger that pushes over several connections may bring the second of two texts first.
"""

PATIENCE = 0.3
"""Seconds that a number waits for a lower one."""


class Gaps:
    """Lets numbers pass in their order. `last` is the highest that has passed, None if unknown."""

    def __init__(self, last: int | None = None) -> None:
        self._next = None if last is None else last + 1
        self._held: set[int] = set()

    def arrive(self, number: int) -> list[int]:
        """Note a number; return those that may pass now, in order. A number below all may at once."""
        if self._next is not None and number < self._next:
            return [number]
        self._held.add(number)
        return self._passing()

    def expire(self, number: int) -> list[int]:
        """Return the numbers that pass because this one has waited long enough."""
        if number not in self._held:
            return []
        late = sorted(held for held in self._held if held <= number)
        self._held.difference_update(late)
        self._next = number + 1
        return late + self._passing()

    def _passing(self) -> list[int]:
        passing = []
        while self._next in self._held:
            self._held.remove(self._next)
            passing.append(self._next)
            self._next += 1
        return passing
