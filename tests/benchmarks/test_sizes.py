"""Each benchmark runs to its end on a tiny size, and its rows have the goals that are documented.

So a broken one is found before an hour of measuring. The figures of such a size say nothing.
"""

import re
from collections.abc import Callable

import pytest

from tests.benchmarks import (
    desk,
    disclosure,
    floods,
    history,
    idle,
    imports,
    over_http,
    pace,
    reports,
    sharing,
    slow_mail,
    tap,
    upgrading,
    waves,
    web,
)
from tests.benchmarks.__main__ import BENCHMARKS, BY_NAME, ONCE
from tests.benchmarks.figure import Figure
from tests.benchmarks.missed import goals_missed

pytestmark = pytest.mark.xdist_group("benchmarks")  # they share a server and offices

TINY: dict[str, Callable[[], dict[str, Figure]]] = {
    "tap": lambda: tap.measure(people=2),
    "over_http": lambda: over_http.measure(people=3),
    "pace": lambda: pace.measure(number=45),
    "idle": lambda: idle.measure(sizes=(30, 60)),
    "reports": lambda: reports.measure(sizes=(1, 2)),
    "disclosure": lambda: disclosure.measure(workshops=1),
    "imports": lambda: imports.measure(people=20, known=30, new=5),
    "waves": lambda: waves.measure(people=4),
    "slow_mail": lambda: slow_mail.measure(chats=3, letters=1),
    "history": lambda: history.measure(people=100, over=500, taps=30),
    "sharing": lambda: sharing.measure(due=4, taps=4),
    "floods": lambda: floods.measure(texts=20, accounts=5),
    "web": lambda: web.measure(rounds=12),
    "desk": lambda: desk.measure(people=30, rounds=12),
    "upgrading": lambda: upgrading.measure(workshops=2),
}
LONG = {
    "starting": "starts the program twenty times",
    "resting": "starts the bot twice",
    "others": "installs other programs",
    "demonstration": "plays the whole invented year",
    "million": "is `idle` with more cases",
    "disclosure_of_30": "is `disclosure` with more workshops",
}
"""What is not run here, and why; mypy reads it."""


def test_every_benchmark_runs_here_or_says_why_not() -> None:
    assert sorted([*TINY, *LONG]) == sorted([*BENCHMARKS, *ONCE, *BY_NAME])


@pytest.mark.parametrize("name", TINY)
def test_a_benchmark_runs_to_its_end_on_a_tiny_size(name: str) -> None:
    found = TINY[name]()
    assert found
    targets = {_without_sizes(row): figure.target for row, figure in found.items()}
    for row, goal in goals_missed().items():
        benchmark, _, figure = row.partition(": ")
        if benchmark == name:
            assert _numbers(targets[_without_sizes(figure)])[:1] == [goal], row


def _without_sizes(row: str) -> str:
    return re.sub(r"[\d,]*\d", "N", row)


def _numbers(target: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+\.?\d*", target)]
