"""What a test sees: calls, messages, buttons. Plain records that know nothing of the server."""

import time
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file as it came in a multipart body."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Button:
    """One inline button: `data` or `url` is set."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Message:
    """A message as it stands on a screen now. `text` is the visible text, or the caption."""

    message_id: int
    chat_id: int
    sender: Literal["bot", "person"]
    kind: str
    text: str
    date: int
    entities: tuple[Json, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: str | None = None
    photo: str | None = None
    file_bytes: bytes | None = None
    edited: int = 0
    reply_to: int | None = None

    @property
    def labels(self) -> list[str]:
        """The texts of all buttons in reading order."""
        return [button.text for row in self.buttons for button in row]


@dataclass(frozen=True)
class Notice:
    """What answerCallbackQuery showed to a person; the text may be empty."""

    text: str
    show_alert: bool


@dataclass
class Call:
    """One call of the bot, in order of arrival.

    outcome: "pending", "ok", a status such as "403", or "error:<kind of fault>".
    accepted: it took effect, whatever the bot was told. message: what it showed.
    """

    method: str
    params: Json
    at: float = field(default_factory=time.monotonic)
    outcome: str = "pending"
    accepted: bool = False
    description: str = ""
    message: Message | None = None

    @property
    def chat_id(self) -> int | None:
        """The chat it is for, if it names one by number."""
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None
