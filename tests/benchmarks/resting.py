"""How long the bot takes to start, and how much memory it takes while nothing happens."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from tests.benchmarks.crowd import Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.starting import FOLLOWUP, around, within
from tests.benchmarks.worlds import copy_of_crowd
from tests.standin.control import StandIn

CASES = 10_000
MOST_EACH_THOUSAND = 1.0
LISTENS = 2.0
"""Seconds, on a machine that does nothing else."""
PATIENCE = 120


def measure(cases: int = CASES) -> dict[str, Figure]:
    """Seconds until an idle `run` listens, and its megabytes without cases and for each thousand."""
    with TemporaryDirectory() as folder:
        empty, listens = _resting(Path(folder), 0)
        crowd, _ = _resting(Path(folder), cases)
    each, most = (crowd - empty) / (cases / 1000), f"at most {MOST_EACH_THOUSAND}"
    return {
        "followup run, listens": within(listens, LISTENS),
        "followup run, idle, memory": Figure(empty, "MB"),
        "more for 1,000 open cases": Figure(each, "MB", most, each <= MOST_EACH_THOUSAND),
    }


def _resting(folder: Path, cases: int) -> tuple[float, float]:
    """Megabytes of a running bot after its first rounds, and seconds until it listened."""
    here = folder / str(cases)
    here.mkdir()
    copy_of_crowd(here, "followup", Crowd(cases)).close()
    with _running(here) as (process, log):
        begun = time.perf_counter()
        _wait_for(log, '"started"', 1)
        listened = time.perf_counter() - begun
        _wait_for(log, '"tick"', 3)
        return resident(process.pid), listened


@contextmanager
def _running(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A bot in a folder with its log."""
    log = folder / "log"
    with StandIn() as tg, log.open("wb") as out:
        told = {"database": "sqlite:///followup.sqlite3", "fieldwork": {"tick_seconds": 1}}
        told["telegram"] = {"base_url": tg.base_url}
        (folder / "config.yaml").write_text(yaml.safe_dump(told), "utf-8")
        environment = around() | {"FOLLOWUP_TELEGRAM_TOKEN": tg.token}
        command = [*FOLLOWUP, "run"]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
        try:
            yield process, log
        finally:
            process.terminate()
            process.wait(60)


def _wait_for(log: Path, words: str, times: int) -> None:
    """Wait until a log has words so many times; give up after `PATIENCE` seconds."""
    end = time.perf_counter() + PATIENCE
    while log.read_text("utf-8").count(words) < times:
        assert time.perf_counter() < end, log.read_text("utf-8")
        time.sleep(0.01)


def resident(process: int) -> float:
    """The megabytes that a process holds in memory now (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
