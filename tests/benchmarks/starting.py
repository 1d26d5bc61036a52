"""How long a command takes to start and how much memory it and a running bot take."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import yaml

from tests.benchmarks.crowd import Crowd, crowded, sqlite_url
from tests.benchmarks.figure import Figure
from tests.process.harness import surroundings
from tests.standin.control import StandIn

ROUNDS = 5
CASES = 10_000
MOST_TIMES = 3.0
MOST_EACH_THOUSAND = 1.0
BARE = [
    sys.executable,
    "-c",
    "import sys, typer; app = typer.Typer(); sys.argv.append('--help')\n"
    "app.command('one')(lambda: None); app.command('two')(lambda: None); app()",
]
HELP = [sys.executable, "-m", "bot", "--help"]
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
    # The first time the modules are compiled.
    runs = [(_started(BARE), _started(HELP)) for _ in range(ROUNDS + 1)][1:]
    bare, full = (median(run[place] for run in runs) for place in (0, 1))
    taken = [sys.executable, "-c", MEMORY]
    ended = subprocess.run(taken, env=surroundings(), capture_output=True, text=True, check=True)
    with TemporaryDirectory() as folder:
        empty = _resting(Path(folder), 0)
        crowd = _resting(Path(folder), CASES)
    each = (crowd - empty) / (CASES / 1000)
    times, least = full / bare, f"at most {MOST_EACH_THOUSAND}"
    return {
        "followup --help": Figure(full, "seconds"),
        "followup --help, memory": Figure(int(ended.stderr) / 1024, "MB"),
        "to a bare typer": Figure(times, "times", f"at most {MOST_TIMES}", times <= MOST_TIMES),
        "followup run, idle, memory": Figure(empty, "MB"),
        "more for 1,000 open cases": Figure(each, "MB", least, each <= MOST_EACH_THOUSAND),
    }


def _started(command: list[str]) -> float:
    """Seconds until a command has ended."""
    begun = time.perf_counter()
    around = {name: one for name, one in surroundings().items() if name != UNCOMPILED}
    subprocess.run(command, stdout=subprocess.DEVNULL, env=around, check=True)
    return time.perf_counter() - begun


def _resting(folder: Path, cases: int) -> float:
    """Megabytes of a running bot after its first rounds."""
    here = folder / str(cases)
    here.mkdir()
    crowded(sqlite_url(here, "followup"), Crowd(cases)).close()
    log = here / "log"
    with StandIn() as tg, log.open("wb") as out:
        told = {"database": "sqlite:///followup.sqlite3", "fieldwork": {"tick_seconds": 1}}
        told["telegram"] = {"base_url": tg.base_url}
        (here / "config.yaml").write_text(yaml.safe_dump(told), "utf-8")
        environment = surroundings() | {"FOLLOWUP_TELEGRAM_TOKEN": tg.token}
        command = [sys.executable, "-m", "bot", "run"]
        process = subprocess.Popen(command, cwd=here, env=environment, stdout=out, stderr=out)
        try:
            tg.wait_until(lambda: log.read_text("utf-8").count('"tick"') >= 3, timeout=120)
            return resident(process.pid)
        finally:
            process.terminate()
            process.wait(60)


def resident(process: int) -> float:
    """The megabytes that a process holds in memory now (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
