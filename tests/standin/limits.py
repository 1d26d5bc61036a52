"""What the Bot API refuses: lengths, keyboards, pictures, pace. Knows no chats and no HTTP."""

import math
import struct
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from tests.standin.calls import Json

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
DATA_BYTES = 64
KEYBOARD_BUTTONS = 100
PHOTO_BYTES = 10 * 1024 * 1024
DOCUMENT_BYTES = 50 * 1024 * 1024


class RefusalError(Exception):
    """An error answer: status, description and, for some, parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def again(self) -> "RefusalError":
        """A fresh copy to raise: an exception that is raised twice drags its past along."""
        return RefusalError(self.status, self.description, **self.parameters)

    def answer(self) -> Json:
        """The JSON body of the answer."""
        body: Json = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(text: str, **parameters: int) -> RefusalError:
    """The most frequent refusal."""
    return RefusalError(400, f"Bad Request: {text}", **parameters)


def units(text: str) -> int:
    """Length as the Bot API counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def check_text(visible: str) -> None:
    """Refuses an empty or too long text; `visible` is the text after parsing of entities."""
    if not visible:
        raise bad_request("message text is empty")
    if units(visible) > TEXT_UNITS:
        raise bad_request("message is too long")


def check_caption(visible: str) -> None:
    """Refuses a too long caption; an empty one is allowed."""
    if units(visible) > CAPTION_UNITS:
        raise bad_request("message caption is too long")


def check_markup(markup: Any) -> None:
    """Refuses a keyboard that the Bot API would refuse; other reply markup passes."""
    if markup is None:
        return
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        _check_button(button)
    if sum(len(row) for row in rows) > KEYBOARD_BUTTONS:
        raise bad_request("reply markup is too long")


def _check_button(button: Json) -> None:
    # The exact words for an empty label are not documented; the refusal itself is what counts.
    if not str(button.get("text", "")).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    kinds = [key for key in ("callback_data", "url", "copy_text", "web_app") if button.get(key)]
    if not kinds:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(button.get("callback_data", "").encode()) > DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in kinds:
        _check_url(button["url"])


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    known = parts.scheme in ("tg", "mailto", "tel")
    if not known and (parts.scheme not in ("http", "https") or "." not in parts.netloc):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def photo_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels; refuses what is no picture or has no legal shape.

    Only of PNG files is the size read; other pictures pass as 1280 x 720.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content.startswith((b"\xff\xd8\xff", b"RIFF", b"GIF8")):
        width, height = 1280, 720
    else:
        raise bad_request("IMAGE_PROCESS_FAILED")
    too_thin = max(width, height) > 20 * max(1, min(width, height))
    if width + height > 10_000 or too_thin:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


class Pace:
    """Counts accepted messages per second, in all and per chat.

    A window is a little shorter than a second, so that a bot which keeps the pace exactly
    is not refused for the jitter of a local connection.
    """

    window = 0.95

    def __init__(self, per_second: int | None, per_chat_per_second: int | None) -> None:
        self._limits = {"all": per_second, "chat": per_chat_per_second}
        self._sent: dict[tuple[str, int], deque[float]] = {}

    def take(self, chat_id: int, now: float) -> None:
        """Counts one message at `now` (monotonic seconds) or refuses it with 429."""
        keys = [("all", 0), ("chat", chat_id)]
        waits = [self._wait(key, now) for key in keys]
        if max(waits) > 0:
            seconds = max(1, math.ceil(max(waits)))
            text = f"Too Many Requests: retry after {seconds}"
            raise RefusalError(429, text, retry_after=seconds)
        for key in keys:
            self._sent[key].append(now)

    def _wait(self, key: tuple[str, int], now: float) -> float:
        sent = self._sent.setdefault(key, deque())
        while sent and now - sent[0] >= self.window:
            sent.popleft()
        limit = self._limits[key[0]]
        full = limit is not None and len(sent) >= limit
        return self.window - (now - sent[0]) if full else 0.0
