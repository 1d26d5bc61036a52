"""`make torture`: many random schedules of crashes and faults, on SQLite and on PostgreSQL.

Most crash in memory, on a real database file or server; some kill the real process with -9. Ends
with exit code 1 when anybody was invited twice, or a confirmed answer was lost, and prints the seed
and what has happened. Put such a seed into `SEEDS` of `test_slice.py`.
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import structlog

from storage.database import Database
from storage.operations.upgrading import prepare
from tests.places import quick_folder
from tests.postgresql import create_database, server_in
from tests.torture.commands import Found, kill_commands
from tests.torture.figures import Figures
from tests.torture.killing import kill_some
from tests.torture.process import careless
from tests.torture.schedule import MADE_AT, furnish, run_schedule

SHOWN = 3
"""So many traces are printed."""
BETWEEN_LINES = 25
"""So many schedules lie between two lines of progress."""


def main() -> int:
    """Run all schedules and print what came of them."""
    words = argparse.ArgumentParser(prog="torture", description=__doc__)
    words.add_argument("--schedules", type=int, default=200, help="on each database")
    words.add_argument(
        "--kills", type=int, default=6, help="of the bot on each database, and of each command"
    )
    words.add_argument("--seed", type=int, default=1, help="the seed of the first schedule")
    wanted = words.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="followup-torture-", dir=quick_folder()) as name:
        folder = Path(name)
        with server_in(folder / "pg") as server, ProcessPoolExecutor(2) as pool:
            places = {
                "SQLite": (
                    f"sqlite:///{folder / 'torture.sqlite3'}",
                    folder / "killed-sqlite",
                    "",
                ),
                "PostgreSQL": (
                    create_database(server, "torture", "template0"),
                    folder / "killed-postgresql",
                    create_database(server, "killed", "template0"),
                ),
            }
            running = {
                label: pool.submit(torture, *place, wanted) for label, place in places.items()
            }
            place = folder / "commands"
            commands = pool.submit(kill_commands, place, wanted.seed, wanted.kills)
            found = {label: one.result() for label, one in running.items()}
            half = commands.result()
            half.add(kill_commands(folder / "on-server", wanted.seed, wanted.kills, server))
    for label, figures in found.items():
        show(label, figures)
    show_commands(half)
    print(f"{time.monotonic() - began:.0f} seconds")
    return 1 if half.half or any(figures.faults for figures in found.values()) else 0


def torture(url: str, folder: Path, killed: str, wanted: argparse.Namespace) -> Figures:
    """All schedules on one database, one after the other."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    database = careless(Database(url))
    prepare(database, MADE_AT)
    database.run(furnish)
    total = Figures()
    began = time.process_time()
    for seed in range(wanted.seed, wanted.seed + wanted.schedules):
        total.add(run_schedule(database, seed))
        show_progress(database, total, wanted.schedules)
    total.seconds = time.process_time() - began
    database.close()
    if wanted.kills:
        total.add(kill_some(folder, killed, wanted.seed, wanted.kills))
    return total


def show_progress(database: Database, total: Figures, of: int) -> None:
    """A line now and then, which names the seeds with a fault so far."""
    if total.schedules % BETWEEN_LINES == 0:
        seeds = " ".join(map(str, total.seeds)) or "none"
        name = database.url.get_backend_name()
        print(f"{name}: {total.schedules} of {of}, seeds with a fault: {seeds}", flush=True)


def show(label: str, figures: Figures) -> None:
    """The figures of one database as lines."""
    print(
        f"{label}: {figures.schedules} schedules, {figures.crashes} crashes, "
        f"{figures.killed} of them kill -9 of the real process; "
        f"{figures.seconds:.0f} seconds of processor time"
    )
    print(
        f"  invitations sent {figures.invitations}, reminders sent {figures.reminders}, "
        f"answers confirmed {figures.confirmed}, outcomes unknown {figures.unknown}"
    )
    print(
        f"  duplicates {figures.duplicates}, lost confirmed answers {figures.lost_answers}, "
        f"answers nobody gave {figures.wrong_answers}, never contacted {figures.never_contacted}, "
        f"stored as sent and never taken {figures.said_sent_and_was_not}"
    )
    if figures.seeds:
        print(f"  seeds with a fault: {' '.join(map(str, figures.seeds))}")
        print("\n".join(figures.traces[:SHOWN]))


def show_commands(found: Found) -> None:
    """What kills of commands have left."""
    print(
        f"Commands: {found.kills} killed; {found.before} databases as before, {found.after} as after "
        f"({found.went_on} in a second run), {len(found.half)} half done"
    )
    print("".join(f"  {one}\n" for one in found.half), end="")


if __name__ == "__main__":
    sys.exit(main())
