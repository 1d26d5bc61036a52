"""Why the last copy of the database failed, kept for `followup doctor`.

It is a heartbeat whose name ends with the name of an error of the system, such as "backup ENOSPC".
"""

import errno
import os
from datetime import datetime

from sqlalchemy import Connection

from storage.operations.copying import DAMAGED
from storage.operations.heartbeats import (
    BACKUP,
    clear_heartbeats,
    last_heartbeats,
    record_heartbeat,
)

FAILED = f"{BACKUP} "
LONGEST = 16
"""The length of the names of heartbeats."""


def record_failure(connection: Connection, number: int, now: datetime) -> None:
    """Store that a copy failed with this error number."""
    name = FAILED + errno.errorcode.get(number, "EIO")
    record_heartbeat(connection, name if len(name) <= LONGEST else f"{FAILED}EIO", now)


def forget_failures(connection: Connection) -> None:
    """Delete what is stored about failures, once a copy is made."""
    clear_heartbeats(connection, FAILED)


def backup_failure(connection: Connection, now: datetime) -> tuple[str, datetime] | None:
    """Return why and when a copy failed last; None if one was made since."""
    found = last_heartbeats(connection, now).items()
    failed = [(at, name.removeprefix(FAILED)) for name, at in found if name.startswith(FAILED)]
    if not failed:
        return None
    at, name = max(failed)
    number: int = getattr(errno, name, errno.EIO)
    return (DAMAGED if number == errno.EBADMSG else os.strerror(number)), at
