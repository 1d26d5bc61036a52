"""Restores a copy again and again, each time killed one step later, and tells what is left.

`python -m tests.storage.operations.killing FOLDER` prints one JSON value per kill. It is a process
of its own, because it forks: the process of the tests has threads. A step is a call that opens,
links, renames, removes or connects to a file of the folder.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from storage.database import Database
from storage.operations.copying import check_whole
from storage.operations.restoring import restore
from storage.operations.upgrading import prepare

NOW = datetime(2018, 2, 9, 12, tzinfo=UTC)
STEPS = {"open", "os.chmod", "os.link", "os.remove", "os.rename", "sqlite3.connect"}
NAME = "followup.sqlite3"


def put(folder: Path) -> None:
    """Put a database that was killed with its last change in its log, and an older copy of it."""
    database = Database(f"sqlite:///{folder / 'live'}")
    prepare(database, NOW)
    with closing(sqlite3.connect(folder / "live")) as file:
        file.execute("CREATE TABLE marks AS SELECT 'copy' AS mark")
        file.commit()
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        shutil.copyfile(folder / "live", folder / "copy")
        file.execute("UPDATE marks SET mark = 'present'")
        file.commit()
        for ending in ("", "-wal"):
            shutil.copyfile(folder / f"live{ending}", folder / f"{NAME}{ending}")
    database.close()
    (folder / "live").unlink()


def put_back(folder: Path) -> None:
    """Restore the copy."""
    restore(folder / NAME, folder / "copy", NOW, lambda connection: None)


def killed_at(folder: Path, step: int) -> bool:
    """Restore in a process that is killed at this step; return whether it came so far."""
    child = os.fork()
    if child == 0:
        steps = count()

        def kill(event: str, values: tuple[object, ...]) -> None:
            known = event in STEPS and str(values[0]).startswith(str(folder))
            if known and next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill)
        put_back(folder)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def mark_of(path: Path) -> str:
    """Open a database as the program does; return whether it is the present one or the copy."""
    database = Database(f"sqlite:///{path}")
    prepare(database, NOW)
    mark = database.read(lambda one: one.exec_driver_sql("SELECT mark FROM marks").scalar_one())
    database.close()
    check_whole(path)
    return str(mark)


def main(folder: Path) -> None:
    """Kill at each step, until a restore ends by itself."""
    put(folder)
    for step in count():
        place = folder / str(step)
        place.mkdir()
        for one in (NAME, f"{NAME}-wal", "copy"):
            shutil.copyfile(folder / one, place / one)
        if not killed_at(place, step):
            return
        there = (place / NAME).exists()
        mark = mark_of(place / NAME)
        put_back(place)
        left = sorted(one.name.rpartition(".")[2] for one in place.iterdir())
        print(json.dumps([there, mark, mark_of(place / NAME), left]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
