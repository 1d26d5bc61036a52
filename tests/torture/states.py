"""What a database holds, to compare one with another: without times, secrets and new numbers."""

import time
from collections.abc import Callable

from sqlalchemy import Connection, func, inspect, literal, select, table, text

from storage.operations.upgrading import SchemaState, schema_state
from storage.schema import metadata, participants
from storage.types import UtcDateTime
from tests.process.harness import Office

CHANGING = {"hash", "claimed_by", "secret"}
"""Columns whose values are new in each run, beside those with a time; so are the codes of people."""
HISTORY = {"audit", "imports", "import_changes"}
"""Tables that say in how many runs something was done."""
LEFT_OUT = {"process_leases", "heartbeats", "counters"}
State = dict[str, list[str]]


def state_of(office: Office) -> State:
    """All rows by table, without times and secrets; nothing for a database that is not there."""
    database = office.opened()
    if database.path is not None and not database.path.exists():
        return {}
    try:
        while database.read(_others):
            time.sleep(0.01)
        if schema_state(database) is not SchemaState.PRESENT:
            return database.read(_counts)
        return {
            one.name: sorted(_rows(database.read, one))
            for one in metadata.sorted_tables
            if one.name not in LEFT_OUT
        }
    finally:
        database.close()


def _others(connection: Connection) -> int:
    """Return how many processes are connected; a server notices only later that one was killed."""
    if connection.dialect.name != "postgresql":
        return 0
    others = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return connection.scalar(others) or 0


def _rows(read: Callable[..., list[str]], table: object) -> list[str]:
    columns = [
        column
        for column in table.c  # type: ignore[attr-defined]
        if not isinstance(column.type, UtcDateTime) and column.name not in CHANGING
        if column is not participants.c.code
    ]
    # A table may have secrets and times only: its rows count.
    shown = columns or [literal(1)]
    found = select(*shown).select_from(table)  # type: ignore[arg-type]
    return read(lambda c: [str(tuple(row)) for row in c.execute(found)])


def _counts(connection: Connection) -> State:
    """The number of rows by table, of a database of an earlier version."""
    names = inspect(connection).get_table_names()
    counted = {name: select(func.count()).select_from(table(name)) for name in names}
    return {name: [str(connection.scalar(query))] for name, query in counted.items()}


def difference(left: State, before: State, after: State) -> str:
    differs = [name for name in left if left[name] not in (before.get(name), after.get(name))]
    mixed = [name for name in left if left[name] != before.get(name)]
    return f"neither before nor after: {differs}; unlike before: {mixed}"


def as_in_one_run(left: State, after: State) -> State:
    """A state without the history of two runs, if all else is as after one that did as much."""
    done = [name for name in after if name not in HISTORY]
    same = all(left[name] == after[name] for name in done)
    as_much = len(left["import_changes"]) == len(after["import_changes"])
    return after if same and as_much else left
