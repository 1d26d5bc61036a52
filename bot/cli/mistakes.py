"""Mistakes of people in words, on the error output, with exit code 2 and never with a traceback."""

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.common import fail

DISK_FULL = "53100"
"""The error code of PostgreSQL for a full disk."""
OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
"""Errors of the system that a person can put right by making room."""
COMMAND_LINE = ("click", "typer")
"""Libraries whose own errors carry on, also the end of a help."""


@contextmanager
def in_words() -> Iterator[None]:
    """End with words where a command inside meets what a person can put right."""
    try:
        yield
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in COMMAND_LINE:
            words = _words_for(error)
            if words:
                _drop_unwritten()
                fail(words)
        raise


def _words_for(error: Exception) -> str:
    """Return what to say to the person at the terminal, or '' for a fault of the program."""
    from sqlalchemy.exc import DatabaseError, OperationalError

    from bot.messaging.messages import DeliveryError
    from storage.database import Conflict, NotFound
    from storage.operations.upgrading import SchemaTooNew
    from surveys.problems import BadInput

    if isinstance(error, BadInput | NotFound | Conflict | SchemaTooNew):
        return str(error)
    if isinstance(error, OperationalError) and _disk_is_full(error.orig):
        return "The database cannot be written: the disk may be full. Make room and try again."
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        # The driver's own words: the library's would repeat what was to be stored.
        words = " ".join(str(error.orig).split())
        return f"The database cannot be used: {words}. Check `database` in the configuration."
    if isinstance(error, OSError) and error.errno in OF_THE_DISK:
        place = f"{error.filename}" if error.filename else "The result"
        return f"{place} cannot be written: {error.strerror}. Make room and try again."
    if isinstance(error, DeliveryError):
        return (
            f"The messenger cannot be reached ({error.reason}). Check the network and try again."
        )
    return ""


def _drop_unwritten() -> None:
    """Drop what the output cannot take; at the end of the process it would be written again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _disk_is_full(error: object) -> bool:
    """Return whether a driver of a database says that it has no room."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    state = getattr(error, "sqlstate", "")
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) or state == DISK_FULL
