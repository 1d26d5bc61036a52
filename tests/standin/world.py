"""The chats, messages, updates and calls behind the stand-in. Knows neither HTTP nor methods.

Two threads meet here, the test's and the server's: whoever reads or changes holds `lock`.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.standin.calls import Button, Call, Json, Message, Notice
from tests.standin.faults import Faults
from tests.standin.limits import Pace, RefusalError, bad_request

Sender = Literal["bot", "person"]
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass
class Record:
    """A message as the server keeps it: `body` is its JSON in the Bot API."""

    sender: Sender
    body: Json
    content: bytes | None = None
    edited: int = 0

    @property
    def message_id(self) -> int:
        return int(self.body["message_id"])

    def json(self) -> Json:
        """A copy for an answer or an update."""
        return deepcopy(self.body)

    def view(self) -> Message:
        """The message as a test sees it."""
        body = deepcopy(self.body)
        rows = body.get("reply_markup", {}).get("inline_keyboard", [])
        reply = body.get("reply_to_message", {}).get("message_id")
        kinds = ("text", "photo", "document", "sticker", "contact")
        file_name = body.get("document", {}).get("file_name")
        return Message(
            message_id=body["message_id"],
            chat_id=body["chat"]["id"],
            sender=self.sender,
            kind=next((kind for kind in kinds if kind in body), "other"),
            text=str(body.get("text") or body.get("caption") or ""),
            date=body["date"],
            entities=tuple(body.get("entities") or body.get("caption_entities") or []),
            buttons=tuple(tuple(_button(cell) for cell in row) for row in rows),
            document=file_name,
            photo=body["photo"][-1]["file_id"] if "photo" in body else None,
            file_bytes=self.content,
            edited=self.edited,
            reply_to=reply,
        )


def _button(cell: Json) -> Button:
    return Button(cell["text"], cell.get("callback_data"), cell.get("url"))


@dataclass
class StoredFile:
    """A file that the bot or a person sent; `path` is where it can be fetched."""

    file_id: str
    name: str
    mime_type: str
    content: bytes
    path: str

    def json(self) -> Json:
        """The fields that every kind of file has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": f"u{self.file_id}",
            "file_size": len(self.content),
        }


@dataclass
class Query:
    """A tap on a button that waits for its answerCallbackQuery."""

    chat: "Chat"
    old: bool = False


class Chat:
    """One chat: its messages, and the refusal (if any) that the bot gets when it writes here."""

    def __init__(self, world: "World", head: Json, barrier: RefusalError | None = None) -> None:
        self.world = world
        self.head = head
        self.barrier = barrier
        self.records: dict[int, Record] = {}
        self.shown: list[Notice] = []
        self.reply_keyboard: list[list[str]] = []
        self.wakers: list[Callable[[], None]] = []
        world.chats[self.id] = self

    @property
    def id(self) -> int:
        """The chat id; for a person also the id of the account."""
        return int(self.head["id"])

    @property
    def screen(self) -> list[Message]:
        """The messages that are visible now, oldest first, with all edits."""
        with self.world.lock:
            return [record.view() for record in self.records.values()]

    @property
    def last(self) -> Message:
        """The newest visible message of the bot; AssertionError if there is none."""
        of_bot = [message for message in self.screen if message.sender == "bot"]
        assert of_bot, f"the bot has sent nothing to {self.id}"
        return of_bot[-1]

    @property
    def notices(self) -> list[Notice]:
        """What answerCallbackQuery showed here, oldest first."""
        with self.world.lock:
            return list(self.shown)

    def watch(self, wake: Callable[[], None]) -> None:
        """`wake` is called, by the server's thread, whenever the bot has shown something here.

        For many people at once: those who wait with `until` are all woken by every change.
        """
        with self.world.lock:
            self.wakers.append(wake)

    def shown_by_bot(self) -> None:
        """The bot has written or changed a message here."""
        for wake in self.wakers:
            wake()

    def post(self, sender: Sender, author: Json, content: Json) -> Record:
        """Puts a message on the screen; `content` are its fields in the Bot API."""
        message_id = self.world.next_number("message", 100)
        head = {"message_id": message_id, "from": author, "chat": self.head}
        record = Record(sender, deepcopy({**head, "date": self.world.now(), **content}))
        self.records[message_id] = record
        return record

    def reply_target(self, message_id: int) -> Json:
        """The JSON of a message that a new one replies to."""
        if message_id not in self.records:
            raise bad_request("message to be replied not found")
        target = self.records[message_id].json()
        target.pop("reply_to_message", None)
        return target


@dataclass
class Updates:
    """The queue of getUpdates: an offset confirms, a filter lasts until the next one."""

    queue: list[Json] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    poll: int = 0

    def push(self, number: int, kind: str, payload: Json) -> None:
        """Queues one update, unless the bot has said that it does not want its kind."""
        if not self.allowed or kind in self.allowed:
            self.queue.append({"update_id": number, kind: deepcopy(payload)})

    def confirm(self, offset: int) -> None:
        """Forgets what lies before the offset; a negative one keeps only the newest."""
        if offset < 0:
            self.queue = self.queue[offset:]
        elif offset:
            self.queue = [update for update in self.queue if update["update_id"] >= offset]


class World:
    """All that the stand-in knows; `changed` wakes everybody who waits for something."""

    def __init__(self, bot_id: int, clock: Callable[[], float]) -> None:
        self.lock = threading.RLock()
        self.me: Json = {"id": bot_id, "is_bot": True, "first_name": "Stand-in"}
        self.me["username"] = "standin_bot"
        self.chats: dict[int, Chat] = {}
        self.updates = Updates()
        self.queries: dict[str, Query] = {}
        self.files: dict[str, StoredFile] = {}
        self.calls: list[Call] = []
        self.faults = Faults()
        self.pace = Pace(None, None)
        self.settings: dict[tuple[str, ...], Any] = {}
        self.crashes: list[Exception] = []
        self._clock = clock
        self._numbers: dict[str, int] = {}
        self._changes = 0
        self._news = threading.Condition(self.lock)
        self._wakers: list[Callable[[], None]] = []

    def now(self) -> int:
        """Seconds since 1970 by the stand-in's clock."""
        return int(self._clock())

    def next_number(self, kind: str, first: int = 1) -> int:
        """A fresh number of its kind."""
        with self.lock:
            self._numbers[kind] = self._numbers.get(kind, first - 1) + 1
            return self._numbers[kind]

    def chat(self, chat_id: object) -> Chat:
        """The chat with this id, if the bot may write there; else a RefusalError."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.barrier is not None:
            raise chat.barrier.again()
        return chat

    def push(self, kind: str, payload: Json) -> None:
        """Queues an update for the bot."""
        with self.changing():
            self.updates.push(self.next_number("update", 1000), kind, payload)

    def keep_file(self, kind: str, name: str, mime_type: str, content: bytes) -> StoredFile:
        """Keeps a file under a new file_id."""
        number = self.next_number("file")
        ending = name.rpartition(".")[2]
        path = f"{kind}s/file_{number}.{ending}"
        file = StoredFile(f"{kind}-{number}", name, mime_type, content, path)
        with self.lock:
            self.files[file.file_id] = file
        return file

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Holds the lock, and afterwards wakes everybody who waits."""
        with self.lock:
            try:
                yield
            finally:
                self._changes += 1
                self._news.notify_all()
                for wake in self._wakers:
                    wake()

    def wait(self, condition: Callable[[], object], timeout: float) -> bool:
        """Blocks this thread until the condition holds; False when the time is up.

        The condition is also looked at every 50 ms: it may ask more than the stand-in knows.
        """
        end = time.monotonic() + timeout
        while True:
            with self.lock:
                seen = self._changes
            if condition():
                return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            with self.lock:
                if self._changes == seen:
                    self._news.wait(min(left, 0.05))

    async def wait_async(self, condition: Callable[[], object], timeout: float) -> bool:
        """The same without blocking the loop that runs."""
        loop, event = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(event.set)

        with self.lock:
            self._wakers.append(wake)
        try:
            end = time.monotonic() + timeout
            while not condition():
                left = end - time.monotonic()
                if left <= 0:
                    return False
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), min(left, 0.05))
                event.clear()
            return True
        finally:
            with self.lock:
                self._wakers.remove(wake)
