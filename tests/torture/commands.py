"""kill -9 of commands at random moments: a database is as before or as after, never in between.

The commands are merge, unmerge, erase, import, publish, opening, closing, the first start and the
migration, each on a copy of the same small office, in a SQLite file or a database of PostgreSQL.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, literal, make_url, select, table, text

from bot.runtime.clock import utc_now
from storage.database import Database
from storage.operations.upgrading import SchemaState, prepare, schema_state
from storage.schema import metadata, participants
from storage.types import UtcDateTime
from tests.databases import put_earlier
from tests.postgresql import create_database
from tests.process.harness import WORKSHOP, Office, make_office

CHANGING = {"hash", "claimed_by", "secret"}
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
OPEN = f"wave open {WORKSHOP} M6 --yes"
ACTS = (
    Act("merge", MERGE),
    Act("unmerge", "participant unmerge {1}", (MERGE,)),
    Act("erase", "participant erase {2} --yes"),
    Act("import", f"participants import {WORKSHOP} more.csv"),
    Act("publish", "questionnaire publish test.yaml"),
    Act("open", OPEN),
    Act("close", f"wave close {WORKSHOP} M6 --yes", (OPEN,)),
)
FIRST = Act("first start", "check --offline --create")
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


class Copies:
    """Makes copies of an office with its database; on the server of PostgreSQL, if there is one."""

    def __init__(self, folder: Path, server: Engine | None) -> None:
        self._folder = folder
        self._server = server
        self._made = 0

    def of(self, office: Office, template: str = "") -> Office:
        """A copy with its content, or with that of another database."""
        self._made += 1
        copied = office.copied_to(self._folder / f"copy-{self._made}")
        if self._server is None:
            return copied
        template = template or str(make_url(office.url).database)
        name = f"copy_{self._made}"
        return _placed(copied, create_database(self._server, name, template))

    def moved(self, office: Office) -> Office:
        """The same office on the server."""
        if self._server is None:
            return office
        url = create_database(self._server, "office", "template0")
        database = Database(url)
        prepare(database, utc_now())
        database.close()
        return _placed(office.moved_to(url), url)

    def before_first(self, office: Office, revision: str = "") -> Office:
        """A copy without a database, or with that of an earlier version."""
        begun = self.of(office, "template0")
        if self._server is None:
            begun.database.unlink()
        if revision:
            put_earlier(_url(begun), revision).close()
        return begun


def _url(office: Office) -> str:
    return office.url.replace("sqlite:///", f"sqlite:///{office.folder}/")


def _placed(office: Office, url: str) -> Office:
    placed = replace(office, url=url)
    placed.configure()
    return placed


def kill_commands(folder: Path, seed: int, times: int, server: Engine | None = None) -> Found:
    """Kill each command so often, at moments that the seed says."""
    folder.mkdir()
    (folder / "office").mkdir()
    copies = Copies(folder, server)
    office = copies.moved(make_office(folder / "office"))
    (office.folder / "more.csv").write_text(MORE, "utf-8")
    (office.folder / "test.yaml").write_text(QUESTIONS, "utf-8")
    chance, total = random.Random(seed), Found()
    for act, begun in _begun(office, copies):
        total.add(_killed(act, begun, copies, chance, times))
    return total


def _begun(office: Office, copies: Copies) -> Iterator[tuple[Act, Office]]:
    """Each command with the office before it."""
    database = office.opened()
    codes = database.read(lambda c: list(c.scalars(select(participants.c.code).limit(3))))
    database.close()
    for act in ACTS:
        begun = copies.of(office)
        for words in act.before:
            begun.followup(*words.format(*codes).split())
        yield Act(act.name, act.words.format(*codes)), begun
    yield FIRST, copies.before_first(office)
    yield MIGRATION, copies.before_first(office, "0001")


def _killed(act: Act, begun: Office, copies: Copies, chance: random.Random, times: int) -> Found:
    """One command, killed so often after a random part of the time that it takes."""
    found = Found()
    whole = copies.of(begun)
    started = time.monotonic()
    whole.followup(*act.words.split())
    took = time.monotonic() - started
    before, after = state_of(begun), state_of(whole)
    for number in range(times):
        office = copies.of(begun)
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
    database = office.opened()
    if database.path is not None and not database.path.exists():
        return {}
    try:
        database.read(_alone)
        if schema_state(database) is not SchemaState.PRESENT:
            return database.read(_counts)
        return {
            one.name: sorted(_rows(database.read, one))
            for one in metadata.sorted_tables
            if one.name not in LEFT_OUT
        }
    finally:
        database.close()


def _alone(connection: Connection) -> None:
    """Wait until the server has noticed that a process was killed."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    while connection.dialect.name == "postgresql" and connection.scalar(others):
        connection.rollback()
        time.sleep(0.01)


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


def _difference(left: State, before: State, after: State) -> str:
    differs = [name for name in left if left[name] not in (before.get(name), after.get(name))]
    mixed = [name for name in left if left[name] != before.get(name)]
    return f"neither before nor after: {differs}; unlike before: {mixed}"
