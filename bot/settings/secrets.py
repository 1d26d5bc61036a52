"""Secrets from files or from the environment, keys, and which of the files others can read."""

import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from storage.files import write_file
from surveys.problems import BadInput, Problem

KEY_BYTES = 32


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


def kept_key(file: Path, key: str) -> bytes:
    """Return the key in a file; a new random one is written if there is no such file.

    Raises BadInput if that cannot be read or written.
    """
    try:
        if not file.exists():
            write_file(file, f"{secrets.token_hex(KEY_BYTES)}\n".encode())
        return bytes.fromhex(file.read_text("ascii"))
    except OSError as error:
        message = f"cannot be read or written: {error.strerror}."
        fix = "Check the path and who may write there."
        raise BadInput((Problem("configuration", key, message, str(file), fix),)) from None
    except ValueError:
        message, fix = "is not a key of one-time codes.", "Put the file of the office back."
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
