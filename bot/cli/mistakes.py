"""Mistakes of people in words, on the error output, with exit code 2 and never with a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.common import fail

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
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        # The driver's own words: the library's would repeat what was to be stored.
        words = " ".join(str(error.orig).split())
        return f"The database cannot be used: {words}. Check `database` in the configuration."
    if isinstance(error, DeliveryError):
        return (
            f"The messenger cannot be reached ({error.reason}). Check the network and try again."
        )
    return ""
