"""`make mutants`: puts small faults into the code, one at a time, and counts those that a test notices.

The faults are those of cosmic-ray, and one more: a call is left out. The tool's own runner is not
used. It has no sample, and 60 faults of a package tell enough; it starts an interpreter for each of
them, which takes longer than most tests here; it writes into the checkout. mutmut was looked at as
well: it leaves out decorated functions and everything that stands outside functions.

Each fault is put into a copy of the project below build/. It counts as killed when a test fails, and
as timed out when the tests need more than twice the processor time that they need without a fault, or
far longer by the clock, without the time for which other programs kept them from running.
A survivor is a gap in the tests, or a fault that changes nothing: only reading it tells which.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutants.faults import sample
from tests.mutants.packages import PACKAGES, Package

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "mutants"
OUTPUT = BUILD / "output.txt"
FIRST_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
LEFT_OUT = shutil.ignore_patterns(".*", "build", "demo-out", "*.egg-info", "__pycache__")
PYTEST = (
    "-x -q -p no:cacheprovider -n 0 -k 'not postgresql' "
    "--hypothesis-seed=0 -W ignore::pytest.PytestAssertRewriteWarning"
)
PASSED = 0
STARTING_SECONDS = 5


class Copy:
    """A copy of the project whose tests can be run with a fault in one file."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.folder = BUILD / "project"
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(ROOT, self.folder, ignore=LEFT_OUT)
        self.seconds = 600
        # Bytecode is written before there is any fault, and never of a file with one.
        self._server = self._start(PYTHONDONTWRITEBYTECODE="")
        self.usual = self.run()
        if self.usual["status"] != PASSED:
            raise SystemExit(f"The tests fail without any fault: see {OUTPUT}.")
        self.seconds = STARTING_SECONDS + int(2 * self.usual["processor"])
        self.close()
        self._server = self._start(PYTHONDONTWRITEBYTECODE="1")

    def _start(self, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [ROOT / ".venv/bin/python", "-P", "tests/mutants/server.py"],
            cwd=self.folder,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def sources(self) -> list[Path]:
        """Return the files of the package, each of which may get a fault."""
        return [
            file
            for source in self.package.sources
            for path in [self.folder / source]
            for file in (path.rglob("*.py") if path.is_dir() else [path])
        ]

    def _tests(self) -> list[str]:
        found = (sorted(self.folder.glob(pattern)) for pattern in self.package.tests)
        return [str(path) for paths in found for path in paths]

    def run(self) -> dict[str, float]:
        """Return how the tests of the package end as the files are now."""
        asked = {
            "arguments": [*shlex.split(PYTEST), *self._tests()],
            "output": str(OUTPUT),
            "seconds": self.seconds,
        }
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        ended: dict[str, float] = json.loads(self._server.stdout.readline())
        return ended

    def run_with(self, path: Path, text: str) -> dict[str, float]:
        """Return how they end with another text in one of the files."""
        kept = path.with_suffix(".kept")
        path.rename(kept)  # with its time of change, which the bytecode is known by
        try:
            path.write_text(text)
            return self.run()
        finally:
            kept.replace(path)

    def close(self) -> None:
        """End the process that runs the tests."""
        self._server.communicate()


@dataclass
class Score:
    """How many faults of a package ended in each way, and the survivors as text."""

    ends: Counter[str] = field(default_factory=Counter)
    survivors: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def share(self) -> float:
        """Return the share of faults that were noticed, in percent."""
        return 100 * (1 - self.ends["survived"] / max(1, self.ends.total()))


def ending(status: float) -> str:
    """Return "survived", "killed" or "timed out" by how pytest ended; a signal is below zero."""
    if status == PASSED:
        return "survived"
    return "timed out" if status < 0 else "killed"


def measure(package: Package, seed: int, size: int) -> Score:
    """Return the score of a sample of the faults of a package; print each as it ends."""
    began, score, copy = time.monotonic(), Score(), Copy(package)
    sources = copy.sources()
    if copy.run_with(sources[0], "raise RuntimeError")["status"] == PASSED:
        raise SystemExit(f"No test uses {sources[0].relative_to(copy.folder)}.")
    for number, fault in enumerate(sample(sources, seed, size), 1):
        source = fault.path.read_text()
        found = copy.run_with(fault.path, fault.applied(source))
        end = ending(found["status"])
        score.ends[end] += 1
        where = f"{fault.path.relative_to(copy.folder)}:{fault.line}"
        by = FIRST_FAILED.search(OUTPUT.read_text(errors="replace"))
        print(f"{number:4} {end:9} {found['processor']:6.1f} s  {where}  {fault.kind}", end="")
        print(f"  by {by[1]}" if by and end == "killed" else "", flush=True)
        if end == "survived":
            score.survivors.append(f"{where}  {fault.kind}\n{fault.diff(source)}\n")
    if copy.run()["status"] != PASSED:
        raise SystemExit(f"The tests fail without any fault, but not always: see {OUTPUT}.")
    copy.close()
    score.seconds = time.monotonic() - began
    return score


def main() -> int:
    """Measure one package or all, and print the survivors and a table."""
    words = argparse.ArgumentParser(prog="mutants", description=__doc__)
    words.add_argument("package", nargs="?", choices=PACKAGES)
    words.add_argument("--sample", type=int, default=60, help="faults of each package")
    words.add_argument("--seed", type=int, default=2017, help="chooses the sample")
    given = words.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    scores = {}
    for name in [given.package] if given.package else PACKAGES:
        print(f"{name}:")
        scores[name] = measure(PACKAGES[name], given.seed, given.sample)
    show(scores)
    return 0


def show(scores: dict[str, Score]) -> None:
    """Print each survivor with its place and the changed lines, and the table."""
    for name, score in scores.items():
        print(f"\nSurvivors of {name}:" if score.survivors else f"\nNo survivor of {name}.")
        print("\n".join(score.survivors))
    width = max(len(name) for name in scores)
    print(f"{'package':{width}} mutants killed survived timed out  score seconds")
    for name, score in scores.items():
        ends = score.ends
        print(
            f"{name:{width}} {ends.total():7} {ends['killed']:6} {ends['survived']:8} "
            f"{ends['timed out']:9} {score.share:5.0f} % {score.seconds:7.0f}"
        )


if __name__ == "__main__":
    sys.exit(main())
