"""How long the demonstration takes until its first line, and as a whole."""

import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figure import Figure
from tests.benchmarks.starting import FOLLOWUP, around, within

FIRST_LINE, WHOLE = 5.0, 40.0
"""Goals in seconds, on a machine that does nothing else."""


def measure() -> dict[str, Figure]:
    """Seconds until the demonstration shows its first line, and until it has ended."""
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [*FOLLOWUP, "demo", "--out", str(Path(folder) / "demo")],
            env=around() | {"FORCE_COLOR": "1"},  # as in a terminal, where the progress is shown
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert process.stderr is not None
        process.stderr.read(1)
        first = time.perf_counter() - begun
        process.communicate()
        whole = time.perf_counter() - begun
    return {
        "followup demo, first line": within(first, FIRST_LINE),
        "followup demo, whole": within(whole, WHOLE),
    }
