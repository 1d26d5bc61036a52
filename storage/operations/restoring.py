"""Restore a copy of a SQLite database: checked first, with no other process, all or nothing.

Knows files and schemas. Of the tables it reads only stops and erasures, which no copy may undo.
"""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, inspect, literal, select, text, update
from sqlalchemy.exc import DatabaseError

from storage.database import Conflict, Database
from storage.due_workshops import mark_person_due
from storage.erasure.erasing import Erasure, erasures_in
from storage.files import beside, free_name, sync
from storage.operations.copying import COMPANIONS, check_integrity, copy_pages, remove
from storage.operations.upgrading import (
    RESTORING,
    TOO_NEW,
    SchemaState,
    SchemaTooNew,
    prepare,
    schema_state,
)
from storage.people.erased import Marks, marks_in
from storage.schema import enrolments, participants
from surveys.problems import BadInput, Problem

T = TypeVar("T")
IN_USE = "Another process uses the database. Stop the bot (and cron), then try again."
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True)
class Stop:
    """A person who asked for no more messages: the opaque code, when, and how the office knows."""

    participant: str
    at: datetime
    reason: str = ""


def restore(
    path: Path, copy: Path, now: datetime, ready: Callable[[Connection], T]
) -> tuple[Path | None, T]:
    """Replace a database with a copy; return where the old one is kept, and the result of `ready`.

    `ready` runs in the copy before it takes the place. Raises BadInput for a file that is no copy or
    where there is no room, SchemaTooNew for one of a later version, Conflict while another process
    uses the database. The present database is unchanged until the last step, a rename; at no moment
    is there none.
    """
    path = path.resolve()
    with _alone(path):
        pass
    staged = path.with_name(path.name + RESTORING)
    if copy.resolve() == staged:
        raise _no_copy(copy, "is what an interrupted restore has left, and may be incomplete.")
    remove(staged)
    _forget_unfinished(path)
    try:
        _stage(copy, staged)
        database = Database(f"sqlite:///{staged}")
        try:
            _check_schema(database, copy)
            earlier = prepare(database, now)
            said = database.run(ready)
        finally:
            database.close()
        if earlier is not None:
            remove(earlier)
        return _swap(staged, path, now), said
    finally:
        remove(staged)


def _forget_unfinished(path: Path) -> None:
    """Remove the second names that interrupted restores have given to the present database."""
    for kept in path.parent.glob(f"{escape(path.name)}.*.replaced"):
        if path.exists() and kept.samefile(path):
            kept.unlink()


def _stage(copy: Path, staged: Path) -> None:
    """Copy a copy and check it; BadInput if it is damaged, or if there is no room."""
    try:
        staged.touch(0o600)
        copy_pages(copy, staged)
        check_integrity(staged)
    except OSError as error:
        if error.errno == errno.EBADMSG:
            what = "is damaged, or no SQLite database, or cannot be read."
            raise _no_copy(copy, what) from None
        message = f"The copy cannot be put beside the database: {error.strerror}."
        fix = "Nothing was changed. Make room there and try again."
        raise BadInput((Problem(str(staged), "", message, fix=fix),)) from None


def _check_schema(database: Database, copy: Path) -> None:
    """Check that a copy is a database of this program, of this version or an earlier one."""
    state = schema_state(database)
    if state is SchemaState.MISSING:
        raise _no_copy(copy, "is a SQLite database, but not one of this program.")
    if state is SchemaState.NEWER:
        raise SchemaTooNew(TOO_NEW.format(database="copy"))


def check_alone(database: Database) -> None:
    """Raise Conflict if another process uses a database that other tools have restored."""
    if database.path is not None:
        with _alone(database.path):
            return
    if database.read(lambda connection: connection.scalar(text(OTHERS))):
        raise Conflict(IN_USE)


def stops_in(connection: Connection) -> list[Stop]:
    """Return all people who have asked for no more messages. An earlier version has no reasons."""
    known = {one["name"] for one in inspect(connection).get_columns(participants.name)}
    reason = participants.c.stop_reason if "stop_reason" in known else literal("")
    stopped = participants.c.stopped_at
    rows = connection.execute(
        select(participants.c.code, stopped, reason).where(stopped.is_not(None))
    )
    return [Stop(*row) for row in rows]


@dataclass(frozen=True)
class Wishes:
    """What people have asked for that no copy may undo: stops and erasures, with their marks."""

    stops: list[Stop]
    erasures: list[Erasure]
    marks: Marks


def known_wishes(path: Path) -> Wishes | None:
    """Return the wishes in a database that may be damaged; None if they cannot be read."""
    if not path.exists():
        return None
    database = Database(f"sqlite:///{path}")
    try:
        return database.read(
            lambda here: Wishes(stops_in(here), erasures_in(here), marks_in(here))
        )
    except DatabaseError:
        return None
    finally:
        database.close()


def carry_stops(connection: Connection, stops: list[Stop]) -> int:
    """Store the stops that this database lacks; return how many."""
    carried = 0
    for stop in stops:
        number = connection.execute(
            update(participants)
            .where(participants.c.code == stop.participant, participants.c.stopped_at.is_(None))
            .values(stopped_at=stop.at, stop_reason=stop.reason)
            .returning(participants.c.id)
        ).scalar_one_or_none()
        if number is None:
            continue
        connection.execute(
            update(enrolments)
            .where(enrolments.c.participant_id == number, enrolments.c.withdrawn_at.is_(None))
            .values(withdrawn_at=stop.at)
        )
        mark_person_due(connection, number)
        carried += 1
    return carried


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a database so that no other process uses it; Conflict if one does. A damaged one passes."""
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as file:
        try:
            file.execute("PRAGMA locking_mode=EXCLUSIVE")
            # SQLite leaves WAL mode only while no other process is connected; it then removes its files.
            file.execute("PRAGMA journal_mode=DELETE").fetchone()
            file.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            if "locked" in str(problem):
                raise Conflict(IN_USE) from None
        except sqlite3.DatabaseError:
            pass  # damaged, which is the reason to restore it
        yield


def _swap(staged: Path, path: Path, now: datetime) -> Path | None:
    """Replace the database with the staged file; return where the old one is kept.

    The old one gets its second name first, so that a kill at any point leaves one in the place.
    """
    sync(staged)
    kept = free_name(path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%SZ}.replaced"))
    with _alone(path):
        known = path.exists()
        if known:
            _give_name(path, kept)
            sync(path.parent)
        try:
            # What SQLite has kept beside the old one would be applied to the new one.
            _move_companions(path, kept)
            staged.replace(path)
        except BaseException:
            _move_companions(kept, path)
            kept.unlink(missing_ok=True)
            raise
    sync(path.parent)
    return kept if known else None


def _give_name(path: Path, kept: Path) -> None:
    """Give a file a second name; where the disk has no links, make a copy of that name."""
    path.chmod(0o600)
    try:
        kept.hardlink_to(path)
    except OSError:
        with beside(kept) as new:
            shutil.copyfile(path, new)


def _move_companions(path: Path, to: Path) -> None:
    for ending in COMPANIONS:
        companion = path.with_name(path.name + ending)
        if companion.exists():
            companion.replace(to.with_name(to.name + ending))


def _no_copy(copy: Path, what: str) -> BadInput:
    fix = "Name a file that `followup backup` has written."
    return BadInput((Problem(copy.name, "", f"The file {what}", fix=fix),))
