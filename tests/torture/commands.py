"""kill -9 of commands at random moments: a database is as before or as after, never in between.

A list of people is stored in slices. What was killed between two of them goes on when it is imported
again, and is then as after.

The commands are merge, unmerge, erase, import, publish, opening, closing, the first start and the
migration, each on a copy of the same small office, in a SQLite file or a database of PostgreSQL.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine, make_url, select

from bot.runtime.clock import utc_now
from storage.database import Database
from storage.operations.upgrading import prepare
from storage.schema import participants
from tests.databases import put_earlier
from tests.postgresql import create_database
from tests.process.harness import WORKSHOP, Office, make_office
from tests.torture.states import as_in_one_run, difference, state_of

MORE = "name,administration\n" + "".join(f"Newcomer{n} Test,XA\n" for n in range(300))
QUESTIONS = """
spec: 1
key: T1
title: A test
survey:
  - {type: text, name: first, label: "What did you learn?"}
"""


@dataclass(frozen=True)
class Act:
    """A command, and what comes before it; `{0}` to `{2}` in them are the codes of people.

    `goes_on` says that it is done in slices, and goes on when it is said again.
    """

    name: str
    words: str
    before: tuple[str, ...] = ()
    goes_on: bool = False


MERGE = "participant merge {0} {1}"
OPEN = f"wave open {WORKSHOP} M6 --yes"
ACTS = (
    Act("merge", MERGE),
    Act("unmerge", "participant unmerge {1}", (MERGE,)),
    Act("erase", "participant erase {2} --yes"),
    Act("import", f"participants import {WORKSHOP} more.csv", goes_on=True),
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
    went_on: int = 0
    half: tuple[str, ...] = ()

    def add(self, other: "Found") -> None:
        self.kills += other.kills
        self.before += other.before
        self.after += other.after
        self.went_on += other.went_on
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
        yield replace(act, words=act.words.format(*codes)), begun
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
        if act.goes_on and left not in (before, after):
            office.followup(*act.words.split())
            left = as_in_one_run(state_of(office), after)
            found.went_on += left == after
        found.kills += 1
        found.before += left == before
        found.after += left == after and left != before
        if left not in (before, after):
            found.half += (f"{act.name}, kill {number}: {difference(left, before, after)}",)
    return found


def _kill_after(office: Office, act: Act, seconds: float) -> None:
    out = office.folder / "killed.log"
    process = office.start(act.words.split(), out, out)
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    process.kill()
    process.wait(10)
