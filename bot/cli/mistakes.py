"""Mistakes of people in words, on the error output, with exit code 2 and never with a traceback."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.common import fail

OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
"""Errors of the system that a person can put right by making room."""
COMMAND_LINE = ("click", "typer")
"""Libraries whose own errors carry on, also the end of a help."""
LIBRARY_SAYS = "Value error, "


@contextmanager
def in_words() -> Iterator[None]:
    """End with words where a command inside meets what a person can put right."""
    try:
        yield
    except Exception as error:
        if type(error).__module__.partition(".")[0] in COMMAND_LINE:
            _without_kind(error)
        elif words := words_for(error):
            _drop_unwritten()
            fail(words)
        raise


def _without_kind(error: Exception) -> None:
    """Take the library's kind of error from what is said about a wrong word of a command line."""
    if isinstance(message := getattr(error, "message", None), str):
        error.message = message.removeprefix(LIBRARY_SAYS)  # type: ignore[attr-defined]


def words_for(error: Exception) -> str:
    """Return what to say to the person at the terminal, or '' for a fault of the program."""
    from bot.messaging.messages import DeliveryError
    from storage.database import Conflict, NotFound
    from storage.operations.upgrading import SchemaTooNew
    from surveys.problems import BadInput

    if isinstance(error, BadInput | NotFound | Conflict | SchemaTooNew):
        return str(error)
    if isinstance(error, DeliveryError):
        return (
            f"The messenger cannot be reached ({error.reason}). Check the network and try again."
        )
    if isinstance(error, OSError):
        return _of_file(error)
    return _of_database(error)


def _of_file(error: OSError) -> str:
    """Return what to say about a file or a disk that cannot be used; '' for any other error."""
    if error.errno in OF_THE_DISK:
        place = f"{error.filename}" if error.filename else "The result"
        return f"{place} cannot be written: {error.strerror}. Make room and try again."
    return f"{error.filename}: {error.strerror}." if error.filename else ""


def _of_database(error: Exception) -> str:
    """Return what to say about a database that cannot be used; '' for any other error."""
    import sqlite3

    from sqlalchemy.exc import DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

    from storage.database import trouble_of

    ours = (IntegrityError, NotSupportedError, ProgrammingError)
    if isinstance(error, DBAPIError) and not isinstance(error, ours):
        words = " ".join(str(error.orig).split())
        return f"{trouble_of(error)} Check `database` in the configuration. The error was: {words}"
    if isinstance(error, sqlite3.OperationalError):
        return f"The file of the database cannot be used: {error}. Try again."
    return ""


def _drop_unwritten() -> None:
    """Drop what the output cannot take; at the end of the process it would be written again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
