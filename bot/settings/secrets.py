"""Secrets from files or from the environment, and which of the files others can read."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from surveys.problems import BadInput, Problem


def read_secret(file: Path | None, key: str, variable: str) -> str | None:
    """Return a secret from its file if there is one, else from the environment; None if none."""
    if file is None:
        return os.environ.get(variable, "").strip() or None
    try:
        return file.read_text("utf-8").strip() or None
    except OSError as error:
        message = f"cannot be read: {error.strerror}."
        fix = "Check the path and who may read it."
        raise BadInput((Problem("configuration", key, message, str(file), fix),)) from None


def open_secrets(files: Iterable[Path | None]) -> list[str]:
    """Return a warning for each file that its group or others can read."""
    return [
        f"{file} can be read by others on this machine. Make it private: chmod 600 {file}"
        for file in files
        if file is not None and _is_open(file)
    ]


def _is_open(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
    except OSError:
        return False
