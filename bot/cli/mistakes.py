"""Mistakes of people in words, on the error output, with exit code 2 and never with a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError

from bot.cli.common import fail
from bot.messaging.messages import DeliveryError
from storage.database import Conflict, NotFound
from storage.operations.upgrading import SchemaTooNew
from surveys.problems import BadInput


@contextmanager
def in_words() -> Iterator[None]:
    """What is said when a command inside meets what a person can put right."""
    try:
        yield
    except (BadInput, NotFound, Conflict, SchemaTooNew) as error:
        fail(str(error))
    except DatabaseError as error:
        # The driver's own words: the library's would repeat what was to be stored.
        if isinstance(error, OperationalError) or type(error) is DatabaseError:
            words = " ".join(str(error.orig).split())
            fail(f"The database cannot be used: {words}. Check `database` in the configuration.")
        raise
    except DeliveryError as error:
        fail(f"The messenger cannot be reached ({error.reason}). Check the network and try again.")
