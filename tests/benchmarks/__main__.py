"""`make bench`: measures what has a target, prints one table and writes JSON. Fails on nothing.

To add one: a module beside this with `measure() -> dict[str, Figure | float]`, its name in BENCHMARKS.
"""

import argparse
import importlib
import json
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.figure import Figure

BENCHMARKS = (
    "tap",
    "over_http",
    "pace",
    "idle",
    "reports",
    "disclosure",
    "imports",
    "waves",
    "history",
    "sharing",
    "floods",
    "web",
    "desk",
    "starting",
    "others",
)
"""What runs when none is named; `upgrading` does not: it takes a minute to fill its database."""


def main() -> None:
    """Measure all, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help="which: " + ", ".join(BENCHMARKS))
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    chosen = parser.parse_args()
    found: dict[str, dict[str, Figure]] = {}
    for name in chosen.names or BENCHMARKS:
        measured = importlib.import_module(f"tests.benchmarks.{name}").measure()
        found[name] = {what: _figure(value) for what, value in measured.items()}
        for what, figure in found[name].items():
            met = "" if figure.met is None else ("   ok" if figure.met else "   MISSED")
            value = "not measured" if figure.value is None else f"{figure.value:10.2f}"
            print(f"{name:9} {what:42} {value} {figure.unit:12} {figure.target}{met}")
    plain = {
        name: {what: asdict(one) for what, one in some.items()} for name, some in found.items()
    }
    chosen.out.write_text(json.dumps(plain, indent=2) + "\n", "utf-8")


def _figure(value: Figure | float) -> Figure:
    return value if isinstance(value, Figure) else Figure(value, "")


if __name__ == "__main__":
    main()
