"""One life of the bot in memory: everything it knows is gone when its fuse has burnt down.

The database, the use cases and the order of updates are the real ones. A crash comes before a
commit, after it, before a message leaves, or after it was taken.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError

from bot.fieldwork.holding import hold_after_gap
from bot.inbox.replies import speak
from bot.messaging.messages import Card, File, Inbound, Leave, check_time
from bot.service.wiring import Application, build_application
from bot.settings.office import Office
from storage.database import Database
from storage.operations.heartbeats import record_heartbeat
from storage.operations.inbox import Arrival, insert_rows
from storage.schema import inbox
from tests.torture.outside import BOSS, NAME, Messenger

TRIES = 3


class Crash(BaseException):
    """The process is dead: nothing in it can catch this, and nothing it does counts any more."""


class Fuse:
    """Burns down at the moments that matter; None never does. `trouble` is the share of faults."""

    def __init__(self, length: int | None, chance: random.Random, trouble: float) -> None:
        self._left = length
        self._chance = chance
        self._trouble = trouble
        self.dead = False

    def burn(self) -> None:
        """One more moment has come."""
        if self._left is not None:
            self._left -= 1
            self.dead = self.dead or self._left <= 0
        if self.dead:
            raise Crash

    def passing(self, what: str) -> None:
        """A fault of the database that passes, perhaps."""
        self.burn()
        if self._chance.random() < self._trouble:
            raise OperationalError("", {}, Exception(what))


class FragileDatabase(Database):
    """A database whose process may die just before a commit or just after it.

    It may also be locked, refuse the commit, or lose the connection when the commit was made.
    All lives use the engine of the world: half of the time of a life went into connecting and
    compiling the same statements again. What a process holds beyond a transaction is its lease.
    """

    def __init__(self, world: Database, fuse: Fuse) -> None:
        super().__init__(world.url.render_as_string(hide_password=False))
        self.engine, self.reading = world.engine, world.reading
        self._fuse = fuse

    def patient(self) -> Database:
        return self

    def close(self) -> None:
        """Leave the engine to the next life."""

    def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        def work(connection: Connection) -> Any:
            result = function(connection, *args, **kwargs)
            self._fuse.passing("database or disk is full")
            return result

        self._fuse.passing("database is locked")
        result = super().run(work)
        self._fuse.passing("server closed the connection unexpectedly")
        return result


def careless(database: Database) -> Database:
    """The same database, which does not wait for the disk: processes die here, not machines."""
    if database.is_sqlite:
        event.listen(database.engine, "connect", _careless)
    return database


def _careless(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


class Outgoing:
    """The channel of one life: dies before a message leaves, or when it was taken."""

    name = NAME

    def __init__(self, messenger: Messenger, fuse: Fuse, reply: bool) -> None:
        self._messenger = messenger
        self._fuse = fuse
        self._reply = reply

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        self._fuse.burn()
        await asyncio.sleep(0)
        await check_time(leave)
        to_person = not self._reply and identifier != BOSS
        fault = self._messenger.fault_of_reply() if self._reply else None
        if to_person:
            fault = self._messenger.fault(identifier)
        if fault is not None and not fault[0]:
            raise fault[1]
        if to_person:
            self._messenger.taken.append(identifier)
        ref = self._messenger.show(identifier, card, replace, self._reply)
        self._fuse.burn()
        if fault is not None:
            raise fault[1]
        return ref

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        return await self.send(identifier, card)


def row_of(connection: Connection, number: int, chat: str, now: datetime) -> int:
    """The row of the inbox in which a message lies; made when it is heard for the first time."""
    insert_rows(connection, 1, 1, [Arrival(number, chat, "message", "")], now)
    row: int = connection.execute(select(inbox.c.id).where(inbox.c.number == number)).scalar_one()
    return row


def _taken_in(inbound: Inbound, at: datetime) -> Inbound:
    return replace(inbound, sender=replace(inbound.sender, received_at=at))


class Life:
    """A process from its start to its end. `clock` is the world's."""

    def __init__(
        self,
        world: Database,
        office: Office,
        messenger: Messenger,
        fuse: Fuse,
        clock: Callable[[], datetime],
    ) -> None:
        self._messenger = messenger
        self._fuse = fuse
        self._clock = clock
        self._replies = Outgoing(messenger, fuse, reply=True)
        channels = {NAME: Outgoing(messenger, fuse, reply=False)}
        self.application: Application = build_application(
            FragileDatabase(world, fuse), office, channels, clock
        )
        self.application.rounds.progress = self._beats
        self._heard = messenger.confirmed
        self._settled: set[int] = set()
        self._sorry: dict[int, str] = {}

    async def begins(self) -> None:
        """At start."""
        await self.application.rounds.recover()

    async def ticks(self) -> None:
        """One round; a database that does not write costs the round and no more."""
        transactions = self.application.transactions
        try:
            held = await transactions.write(hold_after_gap, self.application.office, self._clock())
            await self.application.rounds.tick(held)
        except OperationalError:
            return

    async def _beats(self, job: str) -> None:
        await self.application.transactions.write(record_heartbeat, job, self._clock())

    async def stops_in_the_middle(self, turns: int) -> None:
        """A round that is cancelled after so many turns of the loop, because the process has to end."""
        task = asyncio.ensure_future(self.ticks())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def hears(self) -> None:
        """All that is waiting, person by person side by side; then perhaps the messenger is told."""
        came = self._clock()
        fresh = [_taken_in(one, came) for one in self._messenger.queue[self._heard :]]
        begin, self._heard = self._heard, len(self._messenger.queue)
        turns: dict[str, list[tuple[int, Inbound]]] = {}
        for number, inbound in enumerate(fresh, begin):
            turns.setdefault(inbound.sender.identifier, []).append((number, inbound))
        ended = await asyncio.gather(
            *(self._in_turn(turn) for turn in turns.values()), return_exceptions=True
        )
        for error in ended:
            if error is not None:
                raise error
        if self._messenger.chance.random() < 0.5:
            self._confirm()

    async def _in_turn(self, turn: list[tuple[int, Inbound]]) -> None:
        for number, inbound in turn:
            await self._hear(number, inbound)
            self._settled.add(number)

    async def _hear(self, number: int, inbound: Inbound) -> None:
        """As the boundary of a channel does: decide and save, then speak.

        A fault of the database passes, mostly; one that does not is apologised for.
        """
        for _ in range(TRIES):
            try:
                await self._decide(number, inbound)
            except OperationalError:
                self._fuse.burn()
            else:
                return
        self._sorry[number] = inbound.sender.identifier

    async def _decide(self, number: int, inbound: Inbound) -> None:
        chat, reception = inbound.sender.identifier, self.application.reception
        row = await self.application.transactions.write(row_of, number, chat, self._clock())
        inbound = replace(inbound, sender=replace(inbound.sender, row=row))
        reply = await reception.receive(inbound)
        delivered = await speak(reception, self._replies, inbound.sender, reply)
        await reception.answered(inbound.sender, delivered)

    def _confirm(self) -> None:
        self._fuse.burn()
        while (number := self._messenger.confirmed) in self._settled:
            self._messenger.confirmed += 1
            if self._sorry.get(number) in self._messenger.people:
                # By the time that somebody has read it and writes again.
                self._messenger.people[self._sorry[number]].gives_up()

    def ends(self) -> None:
        """The process is gone; its locks go with it."""
        self.application.transactions.close()
