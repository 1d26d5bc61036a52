"""kill -9 of commands at random moments: a database is as before or as after, never in between.

The commands are merge, unmerge, erase, import, publish, opening, closing, the first start and the
migration, each on a copy of the same small office in a SQLite file.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from storage.operations.upgrading import SchemaState, schema_state
from storage.schema import metadata, participants
from storage.types import UtcDateTime
from tests.databases import put_earlier
from tests.process.harness import WORKSHOP, Office, make_office

CHANGING = {"hash", "claimed_by"}
"""Columns whose values are new in each run, beside those with a time; so are the codes of people."""
LEFT_OUT = {"process_leases", "heartbeats", "counters"}
MORE = "name,administration\n" + "".join(f"Newcomer{n} Test,XA\n" for n in range(300))
QUESTIONS = """
spec: 1
key: T1
title: A test
survey:
  - {type: text, name: first, label: "What did you learn?"}
"""
State = dict[str, list[str]]


@dataclass(frozen=True)
class Act:
    """A command, and what comes before it; `{0}` to `{2}` in them are the codes of people."""

    name: str
    words: str
    before: tuple[str, ...] = ()


MERGE = "participant merge {0} {1}"
OPEN = f"wave open {WORKSHOP} M6"
ACTS = (
    Act("merge", MERGE),
    Act("unmerge", "participant unmerge {1}", (MERGE,)),
    Act("erase", "participant erase {2} --yes"),
    Act("import", f"participants import {WORKSHOP} more.csv"),
    Act("publish", "questionnaire publish test.yaml"),
    Act("open", OPEN),
    Act("close", f"wave close {WORKSHOP} M6", (OPEN,)),
)
FIRST = Act("first start", "workshop list")
MIGRATION = Act("migration", "workshop list")


@dataclass
class Found:
    """How many kills left a database as before and as after, and what was found in between."""

    kills: int = 0
    before: int = 0
    after: int = 0
    half: tuple[str, ...] = ()

    def add(self, other: "Found") -> None:
        self.kills += other.kills
        self.before += other.before
        self.after += other.after
        self.half += other.half


def kill_commands(folder: Path, seed: int, times: int) -> Found:
    """Kill each command so often, at moments that the seed says."""
    folder.mkdir()
    (folder / "office").mkdir()
    office = make_office(folder / "office")
    (office.folder / "more.csv").write_text(MORE, "utf-8")
    (office.folder / "test.yaml").write_text(QUESTIONS, "utf-8")
    chance, total = random.Random(seed), Found()
    for act, begun in _begun(office, folder):
        total.add(_killed(act, begun, folder / "copies", chance, times))
    return total


def _begun(office: Office, folder: Path) -> Iterator[tuple[Act, Office]]:
    """Each command with the office before it."""
    database = office.opened()
    codes = database.read(lambda c: list(c.scalars(select(participants.c.code).limit(3))))
    database.close()
    for act in ACTS:
        begun = office.copied_to(folder / act.name)
        for words in act.before:
            begun.followup(*words.format(*codes).split())
        yield Act(act.name, act.words.format(*codes)), begun
    for act in (FIRST, MIGRATION):
        begun = office.copied_to(folder / act.name)
        begun.database.unlink()
        if act is MIGRATION:
            put_earlier(f"sqlite:///{begun.database}", "0001").close()
        yield act, begun


def _killed(act: Act, begun: Office, copies: Path, chance: random.Random, times: int) -> Found:
    """One command, killed so often after a random part of the time that it takes."""
    found = Found()
    whole = begun.copied_to(copies / f"{act.name}-whole")
    started = time.monotonic()
    whole.followup(*act.words.split())
    took = time.monotonic() - started
    before, after = state_of(begun), state_of(whole)
    for number in range(times):
        office = begun.copied_to(copies / f"{act.name}-{number}")
        _kill_after(office, act, took * chance.random())
        if act in (FIRST, MIGRATION):
            # A schema that is half made must be finished, or refused as a whole, by the next start.
            office.followup(*act.words.split())
        left = state_of(office)
        found.kills += 1
        found.before += left == before
        found.after += left == after and left != before
        if left not in (before, after):
            found.half += (f"{act.name}, kill {number}: {_difference(left, before, after)}",)
    return found


def _kill_after(office: Office, act: Act, seconds: float) -> None:
    out = office.folder / "killed.log"
    process = office.start(act.words.split(), out, out)
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    process.kill()
    process.wait(10)


def state_of(office: Office) -> State:
    """All rows by table, without times and secrets; nothing for a database that is not there."""
    if not office.database.exists():
        return {}
    database = office.opened()
    try:
        if schema_state(database) is not SchemaState.PRESENT:
            return _counts(office.database)
        return {
            table.name: sorted(_rows(database.read, table))
            for table in metadata.sorted_tables
            if table.name not in LEFT_OUT
        }
    finally:
        database.close()


def _rows(read: Callable[..., list[str]], table: object) -> list[str]:
    columns = [
        column
        for column in table.c  # type: ignore[attr-defined]
        if not isinstance(column.type, UtcDateTime) and column.name not in CHANGING
        if column is not participants.c.code
    ]
    return read(lambda c: [str(tuple(row)) for row in c.execute(select(*columns))])


def _counts(path: Path) -> State:
    """The number of rows by table, of a database of an earlier version."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: [str(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])]
            for (name,) in names.fetchall()
        }


def _difference(left: State, before: State, after: State) -> str:
    differs = [name for name in left if left[name] not in (before.get(name), after.get(name))]
    mixed = [name for name in left if left[name] != before.get(name)]
    return f"neither before nor after: {differs}; unlike before: {mixed}"
