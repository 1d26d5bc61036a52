"""How long commands take to start, and how much memory the help takes."""

import subprocess
import sys
import time
from functools import cache
from importlib.resources import files
from pathlib import Path

from tests.benchmarks.figure import Figure
from tests.benchmarks.worlds import new_folder
from tests.process.starting import surroundings

MOST_TIMES = 3.0
BARE = [
    sys.executable,
    "-c",
    "import sys, typer; app = typer.Typer(); sys.argv.append('--help')\n"
    "app.command('one')(lambda: None); app.command('two')(lambda: None); app()",
]
FOLLOWUP = [sys.executable, "-m", "bot"]
HELP = [*FOLLOWUP, "--help"]
HELPS, COMMANDS = 0.4, 0.6
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
    """Seconds and megabytes of `--help` beside the bare library, and seconds of commands."""
    office = _office()
    bare, full = _started(BARE), _started(HELP)
    taken = [sys.executable, "-c", MEMORY]
    ended = subprocess.run(taken, env=surroundings(), capture_output=True, text=True, check=True)
    starts = {f"followup {line}": _start(office, line, goal) for line, goal in STARTS.items()}
    times = full / bare
    return {
        "followup --help": within(full, HELPS),
        **starts,
        "followup --help, memory": Figure(int(ended.stderr) / 1024, "MB"),
        "to a bare typer": Figure(times, "times", f"at most {MOST_TIMES}", times <= MOST_TIMES),
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
