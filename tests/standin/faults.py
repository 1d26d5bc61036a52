"""Faults on order: what goes wrong with which calls. Knows calls, not HTTP and not the chats."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal, TypedDict, Unpack

from tests.standin.calls import Call

Kind = Literal["answer", "garbage", "reset", "silent", "slow", "torn"]


class Where(TypedDict, total=False):
    """Which calls a fault meets; see the fields of `Fault` with the same names."""

    method: str | None
    chat_id: int | None
    skip: int
    times: int | None
    when: Callable[[Call], bool] | None


@dataclass
class Fault:
    """One fault. Make it with the class methods below, e.g. `Fault.flood(3, chat_id=7001)`.

    method: name or pattern ("send*"); None is every method but getUpdates.
    skip: so many matching calls pass first. times: how often it strikes, None is always.
    accepted: the call takes effect in the chats before the fault strikes.
    hits: how often it has struck.
    """

    kind: Kind
    label: str
    method: str | None = None
    chat_id: int | None = None
    skip: int = 0
    times: int | None = 1
    when: Callable[[Call], bool] | None = None
    accepted: bool = False
    status: int = 200
    description: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
    seconds: float = 0
    body: bytes = b""
    hits: int = 0

    @classmethod
    def refuse(
        cls, status: int, description: str, accepted: bool = False, **where: Unpack[Where]
    ) -> "Fault":
        """A proper error answer with this status and text; `accepted` for a false alarm."""
        return cls(
            "answer",
            str(status),
            status=status,
            description=description,
            accepted=accepted,
            **where,
        )

    @classmethod
    def flood(cls, retry_after: int, **where: Unpack[Where]) -> "Fault":
        """429 with parameters.retry_after in seconds."""
        fault = cls.refuse(429, f"Too Many Requests: retry after {retry_after}", **where)
        fault.parameters = {"retry_after": retry_after}
        return fault

    @classmethod
    def migrate(cls, new_chat_id: int, **where: Unpack[Where]) -> "Fault":
        """400 with parameters.migrate_to_chat_id."""
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        fault = cls.refuse(400, text, **where)
        fault.parameters = {"migrate_to_chat_id": new_chat_id}
        return fault

    @classmethod
    def blocked(cls, **where: Unpack[Where]) -> "Fault":
        """403 as if the person had blocked the bot."""
        return cls.refuse(403, "Forbidden: bot was blocked by the user", **where)

    @classmethod
    def server_error(
        cls, status: int = 502, accepted: bool = False, **where: Unpack[Where]
    ) -> "Fault":
        """5xx, by default before acceptance."""
        text = {500: "Internal Server Error", 502: "Bad Gateway"}.get(status, "Server Error")
        return cls.refuse(status, text, accepted, **where)

    @classmethod
    def garbage(cls, status: int = 200, accepted: bool = False, **where: Unpack[Where]) -> "Fault":
        """A page of a proxy instead of JSON."""
        page = b"<html><body>It works</body></html>"
        label = "error:garbage"
        return cls("garbage", label, status=status, body=page, accepted=accepted, **where)

    @classmethod
    def reset_before(cls, **where: Unpack[Where]) -> "Fault":
        """The connection is reset and nothing was accepted."""
        return cls("reset", "error:reset_before", **where)

    @classmethod
    def reset_after(cls, **where: Unpack[Where]) -> "Fault":
        """Accepted, then the connection is closed without an answer."""
        return cls("reset", "error:reset_after", accepted=True, **where)

    @classmethod
    def torn(cls, words: bytes, **where: Unpack[Where]) -> "Fault":
        """Accepted, then these bytes in place of an answer, and the end of the connection."""
        return cls("torn", "error:torn", body=words, accepted=True, **where)

    @classmethod
    def silent(cls, accepted: bool = True, **where: Unpack[Where]) -> "Fault":
        """Never an answer: the connection is held until the client gives up or the end."""
        return cls("silent", "error:silent", accepted=accepted, **where)

    @classmethod
    def slow(cls, seconds: float, **where: Unpack[Where]) -> "Fault":
        """Accepted at once, answered after so many seconds."""
        return cls("slow", "ok", accepted=True, seconds=seconds, **where)

    def meets(self, call: Call) -> bool:
        """Is this call of the kind that the fault is for?"""
        if self.method is None:
            named = call.method != "getUpdates"
        else:
            named = fnmatchcase(call.method, self.method)
        in_chat = self.chat_id is None or call.chat_id == self.chat_id
        return named and in_chat and (self.when is None or self.when(call))

    def answer(self) -> dict[str, Any]:
        """The JSON body of an error answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


class Faults:
    """The faults that are on order, oldest first. Its owner holds the lock."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Order one; returns it, so that a test can watch `hits`."""
        self._orders.append(fault)
        return fault

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self._orders.clear()

    def strike(self, call: Call) -> Fault | None:
        """The fault that this call meets, if any; counts it."""
        for fault in list(self._orders):
            if not fault.meets(call) or fault.times == fault.hits:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.hits += 1
            return fault
        return None
