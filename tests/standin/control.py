"""The stand-in of the Bot API as tests use it: a real server to point a bot at, and its strings.

with StandIn() as tg:
    ada = tg.person(7001, first_name="Ada")
    ada.sends("/start abc")
    tg.wait_until(lambda: tg.accepted(ada.id))
    ada.taps("Yes")
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests.patience import PATIENCE
from tests.standin.calls import Call, Json
from tests.standin.faults import Fault, Faults
from tests.standin.limits import Pace
from tests.standin.methods import SENDS, commands_key
from tests.standin.people import Group, Person
from tests.standin.server import Server
from tests.standin.world import World

BOT_ID = 4242
TOKEN = f"{BOT_ID}:stand-in-token-that-opens-nothing-at-all"


class StandIn:
    """A Bot API server on 127.0.0.1; every method here may be called from any thread."""

    def __init__(self, token: str = TOKEN, clock: Callable[[], float] = time.time) -> None:
        self.token = token
        self._world = World(int(token.partition(":")[0]), clock)
        self._server = Server(self._world, token)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        if kind is None and self._world.crashes:
            raise self._world.crashes[0]

    @property
    def base_url(self) -> str:
        """For telegram.Bot(base_url=...); the token is put behind it."""
        return f"http://127.0.0.1:{self._server.port}/bot"

    @property
    def base_file_url(self) -> str:
        """For telegram.Bot(base_file_url=...)."""
        return f"http://127.0.0.1:{self._server.port}/file/bot"

    @property
    def username(self) -> str:
        """The bot's name, for deep links."""
        return str(self._world.me["username"])

    # The people

    def person(
        self,
        person_id: int,
        first_name: str = "Ada",
        *,
        started: bool = False,
        language_code: str | None = "en",
        last_name: str | None = None,
        username: str | None = None,
    ) -> Person:
        """A person; `started` means that she has written to the bot before."""
        account: Json = {"id": person_id, "is_bot": False, "first_name": first_name}
        more = {"last_name": last_name, "username": username, "language_code": language_code}
        account |= {key: value for key, value in more.items() if value}
        with self._world.changing():
            return Person(self._world, account, started)

    def group(self, chat_id: int, title: str = "Organisers") -> Group:
        """A group (negative id) that the bot may write to."""
        with self._world.changing():
            return Group(self._world, {"id": chat_id, "type": "group", "title": title})

    def age_queries(self) -> None:
        """All taps so far become too old to be answered."""
        with self._world.changing():
            for query in self._world.queries.values():
                query.old = True

    # What the bot did

    def calls(self, method: str | None = None, chat_id: int | None = None) -> list[Call]:
        """The calls in order of arrival, refused ones too."""
        with self._world.lock:
            return [
                call
                for call in self._world.calls
                if method in (None, call.method) and chat_id in (None, call.chat_id)
            ]

    def accepted(self, chat_id: int | None = None) -> list[Call]:
        """The messages that were accepted, also those whose answer got lost."""
        return [
            call for call in self.calls(chat_id=chat_id) if call.method in SENDS and call.accepted
        ]

    def commands(self, scope: Json | None = None, language_code: str = "") -> list[Json]:
        """What setMyCommands has set for a scope and a language."""
        key = commands_key({"scope": scope, "language_code": language_code})
        with self._world.lock:
            return list(self._world.settings.get(key, []))

    def setting(self, method: str) -> Any:
        """The parameters of the newest call of a setter such as setMyDescription, or None."""
        with self._world.lock:
            return self._world.settings.get((method,))

    @property
    def pending(self) -> int:
        """The updates that the bot has not confirmed yet."""
        with self._world.lock:
            return len(self._world.updates.queue)

    # What goes wrong

    @property
    def faults(self) -> "LockedFaults":
        """Faults on order: `tg.faults.add(Fault.flood(3))`."""
        return LockedFaults(self._world)

    def limits(self, per_second: int | None = 30, per_chat_per_second: int | None = 1) -> None:
        """From now on more messages than that are refused with 429; None is no limit."""
        with self._world.changing():
            self._world.pace = Pace(per_second, per_chat_per_second)

    def pause_network(self) -> None:
        """Cuts all connections and refuses new ones, until `resume_network`."""
        self._server.pause()

    def resume_network(self) -> None:
        """Accepts connections again, at the same address."""
        self._server.resume()

    # Waiting

    def wait_until(self, condition: Callable[[], object], timeout: float = PATIENCE) -> None:
        """Blocks until the condition holds; AssertionError with the newest calls if it does not.

        Not for async tests whose bot runs in the same loop: they await `until`.
        """
        if not self._world.wait(condition, timeout):
            raise AssertionError(self._late(timeout))

    async def until(self, condition: Callable[[], object], timeout: float = PATIENCE) -> None:
        """The same for async tests."""
        if not await self._world.wait_async(condition, timeout):
            raise AssertionError(self._late(timeout))

    def _late(self, timeout: float) -> str:
        newest = [f"  {call.method} {call.chat_id} {call.outcome}" for call in self.calls()[-15:]]
        return f"not so within {timeout} s; the newest calls:\n" + "\n".join(newest)


class LockedFaults:
    """The orders of a running server, with its lock."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add(self, fault: Fault) -> Fault:
        """Orders a fault; returns it, so that a test can watch `hits`."""
        with self._world.lock:
            return self._faults.add(fault)

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        with self._world.lock:
            self._faults.clear()

    @property
    def _faults(self) -> Faults:
        return self._world.faults
