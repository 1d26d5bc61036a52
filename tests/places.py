"""Where the project and the data of the tests lie, and where tests may write."""

import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes: a run of all tests writes half of that at most at the same time."""


def quick_folder() -> Path:
    """Return the folder for files that a run makes and throws away: in memory where there is room.

    A disk takes ten times as long to make and remove a PostgreSQL database.
    """
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM:
        return MEMORY
    return Path(tempfile.gettempdir())
