"""A copy of a SQLite database made in a process of its own, which says how far it is.

`python -m bot.operations.copy_process DATABASE COPY` writes a line for each step: "DONE TOTAL" in
pages, and at a failure "! NUMBER" with the error number of the system. Knows no settings.
"""

import asyncio
import errno
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

from sqlalchemy import URL

from bot.runtime.sandbox import environment
from storage.database import Database
from storage.operations.copying import Progress, backup

FAILED = "!"


async def copy_apart(database: Path, to: Path, tell: Progress) -> None:
    """Copy a database in another process. Raises OSError, and nothing is left of the copy."""
    words = (sys.executable, "-m", __name__, str(database), str(to))
    working = await asyncio.create_subprocess_exec(
        *words, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, env=environment()
    )
    try:
        number = await _followed(working, tell)
    finally:
        if working.returncode is None:
            working.terminate()
            await working.wait()
    if number:
        raise OSError(number, os.strerror(number), str(to))


async def _followed(working: Process, tell: Progress) -> int:
    """Tell how far the process is until it ends; return the number of its error, 0 for none."""
    number = 0
    while working.stdout and (line := await working.stdout.readline()):
        first, second = line.decode().split()
        if first == FAILED:
            number = int(second)
        else:
            tell(int(first), int(second))
    return number or (errno.EIO if await working.wait() else 0)


def _say(first: object, second: int) -> None:
    sys.stdout.write(f"{first} {second}\n")
    sys.stdout.flush()


def main(source: str, to: str) -> int:
    """Copy a database to a file; return the exit code."""
    database = Database(URL.create("sqlite", database=source).render_as_string())
    try:
        backup(database, Path(to), tell=_say)
    except OSError as error:
        _say(FAILED, error.errno or errno.EIO)
        return 1
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
