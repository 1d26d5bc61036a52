"""`make bench`: measures what has a target, prints one table and writes JSON. Fails on nothing.

Each benchmark runs three times, all of them in turn, so that what else the machine does meets all alike;
the long ones run once. The table has the median of each row and the spread. To add one: a module beside
this with `measure() -> dict[str, Figure | float]`, its name in BENCHMARKS, and a line in test_sizes.py.
"""

import argparse
import importlib
import json
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.figure import Figure, middle
from tests.benchmarks.missed import missed_since

BENCHMARKS = (
    "tap",
    "over_http",
    "pace",
    "idle",
    "disclosure",
    "slow_mail",
    "history",
    "sharing",
    "floods",
    "web",
    "desk",
    "starting",
    "others",
)
RUNS = 3
ONCE = ("reports", "imports", "waves", "resting", "demonstration")
"""What takes long and hardly varies, because it is processor time, memory or statements."""
BY_NAME = ("upgrading", "million", "disclosure_of_30")
"""What runs only when it is named: it takes a minute or more."""
Runs = dict[tuple[str, str], list[Figure]]


def main() -> None:
    """Measure all, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    known = ", ".join((*BENCHMARKS, *ONCE, *BY_NAME))
    parser.add_argument("names", nargs="*", metavar="name", help="which: " + known)
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    parser.add_argument("--runs", type=int, default=RUNS)
    chosen = parser.parse_args()
    begun = time.monotonic()
    found = _measured(chosen.names or (*BENCHMARKS, *ONCE), chosen.runs)
    since = missed_since()
    for (name, what), figure in found.items():
        print(_line(name, what, figure, since.get(f"{name}: {what}", "")))
    minutes, (load, *_) = (time.monotonic() - begun) / 60, os.getloadavg()
    print(f"{minutes:.1f} minutes; load {load:.1f} on {os.cpu_count()} processors")
    plain: dict[str, dict[str, object]] = {}
    for (name, what), figure in found.items():
        plain.setdefault(name, {})[what] = asdict(figure)
    chosen.out.write_text(json.dumps(plain, indent=2) + "\n", "utf-8")


def _measured(names: Iterable[str], times: int) -> dict[tuple[str, str], Figure]:
    """The median figure of each row, in the order of the first run."""
    runs: Runs = {}
    for number in range(times):
        for name in names:
            if number and name in (*ONCE, *BY_NAME):
                continue
            begun, worked = time.monotonic(), _processor_time()
            measured = importlib.import_module(f"tests.benchmarks.{name}").measure()
            for what, value in measured.items():
                runs.setdefault((name, what), []).append(_figure(value))
            taken, worked = time.monotonic() - begun, _processor_time() - worked
            told = f"run {number + 1}: {name}, {taken:.0f} s, {worked:.0f} of the processor"
            print(told, file=sys.stderr)
    return {row: middle(some) for row, some in runs.items()}


def _processor_time() -> float:
    """Seconds of this process and of those it has started, as far as they have ended."""
    return sum(os.times()[:4])


def _line(name: str, what: str, figure: Figure, since: str) -> str:
    """A row of the table; one that misses its target says by how much, and since when."""
    value = "not measured" if figure.value is None else f"{figure.value:10.2f}"
    spread = "" if figure.spread is None else "{:.2f} to {:.2f}".format(*figure.spread)
    verdict = "" if figure.met is None else ("   ok" if figure.met else "   MISSED")
    if (percent := figure.missed_by) is not None:
        verdict += f" by {percent:.0f} %"
    if figure.met is False:
        verdict += f", since {since}" if since else ", not noted in docs/performance.md"
    return f"{name:13} {what:52} {value} {figure.unit:12} {spread:20} {figure.target}{verdict}"


def _figure(value: Figure | float) -> Figure:
    return value if isinstance(value, Figure) else Figure(value, "")


if __name__ == "__main__":
    main()
