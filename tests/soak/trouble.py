"""A flood of strangers, swallowed connections and a SIGTERM in the middle of a wave, together.

Some people answer in the chat, over the whole time; about as many others are invited in a wave.
A stranger sends texts all the time, as fast as people answer, and many strangers one each. The
connection to the messenger is swallowed for a while, then those to PostgreSQL, and the process is
told to stop and started again while the wave goes out.
"""

import asyncio
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from storage.database import Database
from storage.fieldwork.next_contact import spread_of
from storage.schema import attempts
from tests.benchmarks.crowd import FIRST_CHAT, Crowd, crowded, make_due
from tests.process.starting import surroundings
from tests.soak.load import PATIENCE, Load, Reader, Soaked, Tapping, in_the_chat, stored_answers
from tests.standin.control import StandIn
from tests.standin.faults import Fault
from tests.storage.proxy import Proxy, proxy_to

STRANGERS = FIRST_CHAT + 1_000_000
INTO_THE_WINDOW = 3600.0
"""Seconds after its beginning: two of three people have their place in it by then, and are due."""
LATEST_PLACE = 0.6
SWALLOWED = 10.0
"""Seconds for which nothing comes through to the messenger."""
SWALLOWED_BY_THE_SERVER = 3.0
"""The same for PostgreSQL: whoever waits for an answer then waits for the limit of a statement."""
GREETING = "Hello Officer"
STOPS_WITHIN = 5.0
AGAIN = 180.0
"""Seconds within which whatever was put off is tried again."""


@dataclass
class Troubled:
    """What came of it: the answers as of any load, and the wave."""

    soaked: Soaked = field(default_factory=Soaked)
    flood: int = 0
    stopped_in: float = 0.0
    invited_before: int = 0
    """How many were invited when the process was told to stop."""
    invited: Counter[int] = field(default_factory=Counter)
    unknown: set[int] = field(default_factory=set)
    """The cases whose message may have arrived: it was swallowed, and is not sent again."""
    people: int = 0

    @property
    def twice(self) -> int:
        return sum(number > 1 for number in self.invited.values())

    @property
    def never(self) -> int:
        return self.people - len(self.unknown | set(self.invited))

    @property
    def faults(self) -> int:
        return self.soaked.lost + self.soaked.unanswered + self.twice + self.never


def trouble(url: str, load: Load) -> Troubled:
    """Play everything on a new database, and compare what was seen with what is stored."""
    half = load.everybody
    database = crowded(url, Crowd(3 * half, begun=True))
    wave = [case for case in range(half + 1, 3 * half + 1) if spread_of(case) < LATEST_PLACE]
    database.run(make_due, wave)
    found = Troubled(people=len(wave))
    with StandIn() as tg, _proxied(url) as proxy:
        tg.limits(None, None)
        for case in wave:
            tg.person(FIRST_CHAT + case, started=True)
        asyncio.run(_Play(tg, database, load, found, proxy).all())
        found.invited = _invited(tg, half)
    found.unknown = database.run(_unknown, half)
    stored = database.run(stored_answers)
    database.close()
    sure = found.soaked.sure
    found.soaked.lost = sum(stored.get(place) != value for place, value in sure.items())
    return found


class _Play:
    """The people, the strangers and the process, in one loop."""

    def __init__(
        self, tg: StandIn, database: Database, load: Load, found: Troubled, proxy: Proxy | None
    ) -> None:
        self.tg, self.database, self.load, self.found = tg, database, load, found
        self.proxy = proxy
        self.url = proxy.url if proxy else database.url.render_as_string(hide_password=False)
        self.began = time.time() - INTO_THE_WINDOW
        self.seconds = load.minutes * 60.0
        self.over = False

    async def all(self) -> None:
        with _started(self.tg, self.url, self.began) as first:
            async with asyncio.TaskGroup() as group:
                people = group.create_task(self._people())
                flood = group.create_task(self._flood())
                await self._swallows()
                await asyncio.to_thread(self._stops, first)
                with _started(self.tg, self.url, self.began) as second:
                    await people
                    self.over = True
                    await flood
                    await self._wave_ends()
                    second.send_signal(signal.SIGTERM)
                    await asyncio.to_thread(second.wait, PATIENCE)

    async def _people(self) -> None:
        """Officers begin evenly over the time, as in any load."""
        work = Tapping(self.load, {}, self.found.soaked)
        begun = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for case in range(1, self.load.everybody + 1):
                due = begun + (case - 1) * self.seconds / self.load.everybody
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                group.create_task(in_the_chat(Reader.of(self.tg, case), case, work))

    async def _flood(self) -> None:
        """One stranger writes all the time, and another one once each time."""
        pause = self.seconds / self.load.everybody / 2
        one = self.tg.person(STRANGERS, started=True)
        while not self.over:
            one.sends("hello")
            self.found.flood += 2
            self.tg.person(STRANGERS + self.found.flood, started=True).sends("hi")
            await asyncio.sleep(pause)

    async def _swallows(self) -> None:
        """The connection is swallowed in the middle of the wave, for a sixth of the time at most."""
        await asyncio.to_thread(self._sent, 1 / 3)
        self.tg.faults.add(Fault.silent(accepted=False, times=None))
        await asyncio.sleep(min(SWALLOWED, self.seconds / 6))
        self.tg.faults.clear()
        if self.proxy is not None:
            self.proxy.flowing.clear()
            await asyncio.sleep(SWALLOWED_BY_THE_SERVER)
            self.proxy.flowing.set()

    def _sent(self, part: float) -> None:
        """Wait until a part of the wave was sent, for a sixth of the time at most."""
        end = time.monotonic() + self.seconds / 6
        wanted = self.found.people * part
        while len(_invited(self.tg, self.load.everybody)) < wanted and time.monotonic() < end:
            time.sleep(0.2)

    def _stops(self, process: "subprocess.Popen[str]") -> None:
        """SIGTERM when another part of the wave was sent; in a short time the channel still rests."""
        self._sent(2 / 3)
        self.found.invited_before = len(_invited(self.tg, self.load.everybody))
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        self.found.stopped_in = time.monotonic() - told

    async def _wave_ends(self) -> None:
        """Until everybody was invited, or no more invitation came for some minutes."""
        half, before, since = self.load.everybody, -1, time.monotonic()
        while time.monotonic() < since + AGAIN:
            unknown = await asyncio.to_thread(self.database.read, _unknown, half)
            now = len(unknown | set(_invited(self.tg, half)))
            if now == self.found.people:
                return
            if now > before:
                before, since = now, time.monotonic()
            await asyncio.sleep(1)


def _proxied(url: str) -> AbstractContextManager[Proxy | None]:
    """A proxy in front of PostgreSQL; None for SQLite."""
    return nullcontext() if url.startswith("sqlite") else proxy_to(url)


def _invited(tg: StandIn, half: int) -> Counter[int]:
    """How many invitations each case of the wave has got."""
    return Counter(
        call.chat_id - FIRST_CHAT
        for call in tg.calls("sendMessage")
        if call.accepted
        and call.chat_id is not None
        and FIRST_CHAT + half < call.chat_id < STRANGERS
        and str(call.params.get("text", "")).startswith(GREETING)
    )


def _unknown(connection: Connection, half: int) -> set[int]:
    """The cases of the wave with an attempt of unknown outcome."""
    wanted = select(attempts.c.case_id).where(attempts.c.outcome == "unknown")
    return {case for case in connection.scalars(wanted) if case > half}


@contextmanager
def _started(tg: StandIn, url: str, began: float) -> Iterator["subprocess.Popen[str]"]:
    """The bot with its rounds; `began` is when its first process was started."""
    command = [sys.executable, "-m", "tests.soak.serving", url, tg.token, tg.base_url, str(began)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=surroundings(), text=True, stdin=pipe, stdout=pipe
    ) as child:
        assert child.stdout
        child.stdout.readline()
        try:
            yield child
        finally:
            child.kill()
