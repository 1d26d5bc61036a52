"""A folder of files that lie outside the database: whole ones under random names, for the owner only."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.files import UNFINISHED, write_new

NAME = re.compile(r"[0-9a-f]{32}")
"""The names of the files. They say nothing of what is in them or who sent them."""


@dataclass(frozen=True)
class KeptFile:
    """A file that was checked and lies in the folder: its name there, and what it is."""

    name: str
    kind: str
    size: int
    sha256: str


def put(folder: Path, content: bytes) -> str:
    """Write a file under a new name, and wait until it is on the disk; return the name.

    Raises OSError. The folder is made if it is missing.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    write_new(folder / name, content)
    return name


def take_out(folder: Path, name: str) -> None:
    """Remove a file; nothing if it is gone already. Raises OSError."""
    (folder / name).unlink(missing_ok=True)


def names_in(folder: Path) -> set[str]:
    """Return the names of the files in a folder; none if there is no folder. Raises OSError."""
    if not folder.is_dir():
        return set()
    return {one.name for one in folder.iterdir() if NAME.fullmatch(one.name)}


def older_names(folder: Path, before: datetime) -> set[str]:
    """Return the names of files that were written before a moment, and of unfinished ones."""
    if not folder.is_dir():
        return set()
    ours = [one for one in folder.iterdir() if _is_ours(one.name)]
    return {one.name for one in ours if _written(one) < before.timestamp()}


def _is_ours(name: str) -> bool:
    return NAME.fullmatch(name) is not None or name.startswith(UNFINISHED)


def _written(path: Path) -> float:
    """Return when a file was written; for ever ahead if it is gone by now."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
