"""How long commands and the bot take to start, and how much memory they take."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from tests.benchmarks.crowd import Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.worlds import copy_of_crowd, new_folder
from tests.process.starting import surroundings
from tests.standin.control import StandIn

CASES = 10_000
MOST_TIMES = 3.0
MOST_EACH_THOUSAND = 1.0
BARE = [
    sys.executable,
    "-c",
    "import sys, typer; app = typer.Typer(); sys.argv.append('--help')\n"
    "app.command('one')(lambda: None); app.command('two')(lambda: None); app()",
]
FOLLOWUP = [sys.executable, "-m", "bot"]
HELP = [*FOLLOWUP, "--help"]
HELPS, COMMANDS, LISTENS = 0.4, 0.6, 2.0
"""Goals in seconds, on a machine that does nothing else."""
STARTS = {
    "workshop --help": HELPS,
    "report --help": HELPS,
    "staff --help": HELPS,
    "workshop list": COMMANDS,
    "wave preview IPR-OC-2017 M6": COMMANDS,
    "doctor": COMMANDS,
}
SAMPLE = files("bot.demo.samples") / "workshops_2017.csv"
PEOPLE = "name,administration\nAda Vea,TO\nBen Qalo,FJ\nChi Lan,VU\n"
PATIENCE = 120
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""With this setting each start would compile all modules again."""
MEMORY = """
import atexit, re, sys
from bot.cli import main
def told():
    print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
atexit.register(told)
sys.argv = ["followup", "--help"]
main()
"""
"""What the help itself takes; a child's own figure counts what its parent took before."""


def measure() -> dict[str, Figure]:
    """Seconds and megabytes of `--help` beside the bare library, and of an idle `run`."""
    office = _office()
    bare, full = _started(BARE), _started(HELP)
    taken = [sys.executable, "-c", MEMORY]
    ended = subprocess.run(taken, env=surroundings(), capture_output=True, text=True, check=True)
    starts = {f"followup {line}": _start(office, line, goal) for line, goal in STARTS.items()}
    with TemporaryDirectory() as folder:
        empty, listens = _resting(Path(folder), 0)
        crowd, _ = _resting(Path(folder), CASES)
    each = (crowd - empty) / (CASES / 1000)
    times, least = full / bare, f"at most {MOST_EACH_THOUSAND}"
    return {
        "followup --help": within(full, HELPS),
        **starts,
        "followup run, listens": within(listens, LISTENS),
        "followup --help, memory": Figure(int(ended.stderr) / 1024, "MB"),
        "to a bare typer": Figure(times, "times", f"at most {MOST_TIMES}", times <= MOST_TIMES),
        "followup run, idle, memory": Figure(empty, "MB"),
        "more for 1,000 open cases": Figure(each, "MB", least, each <= MOST_EACH_THOUSAND),
    }


def within(seconds: float, goal: float) -> Figure:
    return Figure(seconds, "seconds", f"at most {goal:g}", seconds <= goal)


def around() -> dict[str, str]:
    """The variables of a user, whose modules are compiled once."""
    return {name: one for name, one in surroundings().items() if name != UNCOMPILED}


def _started(command: list[str], folder: Path | None = None) -> float:
    """Seconds until a command has ended. The doctor of a bot that does not run ends with 2."""
    begun = time.perf_counter()
    quiet = subprocess.DEVNULL
    done = subprocess.run(command, stdout=quiet, stderr=quiet, cwd=folder, env=around())
    assert done.returncode in (0, 2), command
    return time.perf_counter() - begun


@cache
def _office() -> Path:
    """A folder with workshops and people in its database; all that starts in it is compiled."""
    folder = new_folder()
    (folder / "workshops.csv").write_bytes(SAMPLE.read_bytes())
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    _started([*FOLLOWUP, "check", "--offline", "--create"], folder)
    _started([*FOLLOWUP, "workshop", "import", "workshops.csv"], folder)
    _started([*FOLLOWUP, "participants", "import", "IPR-OC-2017", "people.csv"], folder)
    for command in (BARE, HELP, *([*FOLLOWUP, *line.split()] for line in STARTS)):
        _started(command, folder)
    return folder


def _start(office: Path, line: str, goal: float) -> Figure:
    return within(_started([*FOLLOWUP, *line.split()], office), goal)


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
