"""Runs one transaction in the middle of another one: after that has read, before it writes."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import get_ident
from typing import Any

from sqlalchemy import Connection, event, text

from storage.database import Conflict, Database, NotFound
from tests.patience import PATIENCE

A_MOMENT = 0.01
"""Seconds between two looks at what the second act does."""
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def meanwhile(
    database: Database, first: Callable[[], Any], before: str, second: Callable[[], Any]
) -> tuple[Any, Any]:
    """Return what two acts return on a PostgreSQL database; a refusal is returned too.

    The second begins when the first is about to run a statement that begins like `before`. It ends
    before the first goes on, unless it waits for a row that the first holds.
    """
    mine, begun = get_ident(), list[Future[Any]]()
    with ThreadPoolExecutor(1) as other:

        def interrupts(_connection: Connection, _cursor: object, said: str, *_: object) -> None:
            if get_ident() != mine or begun or not said.startswith(before):
                return
            begun.append(other.submit(_outcome, second))
            while wait(begun, timeout=A_MOMENT).not_done and not _waits(database):
                pass

        event.listen(database.engine, "before_cursor_execute", interrupts)
        try:
            done = _outcome(first)
        finally:
            event.remove(database.engine, "before_cursor_execute", interrupts)
        return done, begun[0].result(timeout=PATIENCE)


def _outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (Conflict, NotFound) as refused:
        return refused


def _waits(database: Database) -> bool:
    with database.engine.connect() as connection:
        return bool(connection.scalar(_WAITING))
