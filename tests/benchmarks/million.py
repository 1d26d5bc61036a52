"""An idle round, a start and a look at the health with a million cases, beside few."""

from tests.benchmarks import idle
from tests.benchmarks.figure import Figure

SIZES = (1_000, 1_000_000)


def measure() -> dict[str, Figure]:
    """The figures of `idle` at the greatest size; it takes a minute to fill."""
    return idle.measure(SIZES)
