"""Folders that all workers of a run share: the first who needs one fills it."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of this name in this run, filled by `make` the first time.

    The others wait meanwhile; nobody may write to it afterwards.
    """
    here = factory.getbasetemp()
    base = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    folder, done = base / name, base / f"{name}.made"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
