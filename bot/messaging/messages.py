"""The interface of use cases and channels: inbound messages, cards, replies, delivery errors.

A channel turns each message of its own into an `Inbound`, asks the use cases for the reply and
delivers it. Types of a messenger's library are not used outside of the channel.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from storage.file_folder import KeptFile


@dataclass(frozen=True)
class Sender:
    """The sender of a message: the channel, and the identifier of the chat in it.

    `row` is the row of the inbox that holds the message, None for one that lies in none: a page
    sends again by itself.
    `received_at` is when the message was taken in, by our clock, if the channel knows it.
    """

    channel: str
    identifier: str
    language: str = ""
    row: int | None = field(default=None, compare=False)
    received_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Tapped:
    """A button was tapped. `ref` names the message of the button, "" if the channel does not know it."""

    sender: Sender
    token: str
    ref: str = ""


@dataclass(frozen=True)
class Typed:
    """A text was sent. `reply_ref` names the message that it replies to, "" if none.

    `ref` names the message itself, "" if the channel does not number its messages in the order of
    the chat; `sent_at` is its time by the clock of the channel.
    """

    sender: Sender
    text: str
    reply_ref: str = ""
    ref: str = field(default="", compare=False)
    sent_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Filled:
    """The form of one question was sent from a page.

    `item` is the number of the question in its questionnaire; `values` are codes, or one text.
    """

    sender: Sender
    case_id: int
    item: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class Addressed:
    """A text for the office was sent from a page; it answers no question."""

    sender: Sender
    text: str


@dataclass(frozen=True)
class Commanded:
    """A command such as /start, with the text after it."""

    sender: Sender
    name: str
    argument: str = ""


LONGEST_TEXT = 4_096
"""The most characters of a message. Messengers cut longer ones, and no answer is as long."""
LARGEST_FILE = 2_000_000
"""The size limit of files, in bytes."""
LONGEST_FILE_NAME = 100
"""The most characters of the name of a file that are kept; its end says what it is."""


Fetch = Callable[[], Awaitable[bytes]]
"""Downloads a file from the messenger."""


@dataclass(frozen=True)
class Uploaded:
    """A file was sent. `size` is in bytes; `content` is empty if the file exceeds the limit;
    then `fetch` downloads it.

    `caption` is what was written beside it.
    """

    sender: Sender
    file_name: str
    content: bytes
    size: int = 0
    caption: str = ""
    fetch: Fetch | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Pictured:
    """A photo was sent. `size` is in bytes, 0 if the channel does not say; `fetch` downloads it."""

    sender: Sender
    size: int
    fetch: Fetch = field(compare=False)


@dataclass(frozen=True)
class HandedIn:
    """A file was sent where a question asks for one, and looked at.

    It is kept under a name, or `refused` with a code. `case_id` and `item` are the place of the form of
    a page; in a chat it is for the question asked last.
    """

    sender: Sender
    kept: KeptFile | None
    refused: str = ""
    case_id: int | None = None
    item: int = 0


class Oddity(StrEnum):
    """Kinds of messages that cannot be an answer."""

    STICKER = "sticker"
    EDITED = "edited"
    TOPIC = "topic"
    GROUP = "group"
    OTHER = "other"
    TOO_MANY = "too many"


@dataclass(frozen=True)
class Odd:
    """A message that cannot be an answer: a sticker, a photo, a card, an edited message.

    TOO_MANY stands for all that were dropped because too many of one chat waited. A group is one
    that the bot was added to.
    """

    sender: Sender
    kind: Oddity


@dataclass(frozen=True)
class Membership:
    """The person blocked the bot (`active` is False) or unblocked it."""

    sender: Sender
    active: bool


@dataclass(frozen=True)
class Moved:
    """The chat has a new identifier."""

    sender: Sender
    new_identifier: str


Inbound = (
    Tapped
    | Typed
    | Filled
    | Addressed
    | Commanded
    | Uploaded
    | Pictured
    | HandedIn
    | Odd
    | Membership
    | Moved
)


@dataclass(frozen=True)
class Button:
    """A button: its label and the token that it sends."""

    text: str
    token: str


@dataclass(frozen=True)
class Envelope:
    """The parts of a letter around a card, in the language of the card.

    `url` is the personal link in place of the card's buttons and `label` its text; `alone` says that
    the link is personal; `about` says who writes and why; `stop_url` ends all messages. `key`
    identifies the attempt, also if the letter is composed again: at most 64 letters, digits, dots
    and hyphens. `thread` is the key of the first letter about the same case, "" for that letter.
    """

    subject: str
    language: str
    label: str
    url: str
    alone: str
    about: str
    stop_label: str
    stop_url: str
    key: str
    thread: str = ""


@dataclass(frozen=True)
class Card:
    """One message: plain text without markup, and rows of buttons. Also readable as numbered text.

    `envelope` is set if the card is sent as a letter, which has no buttons.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    envelope: Envelope | None = None


@dataclass(frozen=True)
class File:
    """A file to send; `picture` asks the channel to show it as a picture if possible."""

    name: str
    content: bytes
    picture: bool = False


@dataclass(frozen=True)
class Say:
    """A card to show. `replace` names the message to edit instead of sending a new one.

    `case_id` is set for the card of an interview, whose ref is stored; `item` is set if the card
    asks a question that was not shown before, and is "" for the thanks after the last one.
    """

    card: Card
    replace: str = ""
    case_id: int | None = None
    file: File | None = None
    item: str | None = None


@dataclass(frozen=True)
class Reply:
    """The reply to a message: a short notice for a tap, then messages in order.

    For the web page, which shows no messages, `refused` says why an answer was not accepted, and
    `news` what an accepted one means for other answers. `tells_staff` says that the office waits to
    hear of it.
    """

    notice: str = ""
    says: tuple[Say, ...] = field(default_factory=tuple)
    refused: str = ""
    news: str = ""
    tells_staff: bool = False


class DeliveryError(Exception):
    """A message could not be delivered.

    `permanent`: the address does not work until an event says otherwise. `retry_after`: seconds to
    wait. `outcome_unknown`: the message may have arrived, so it must not be sent again. `moved_to`:
    the new identifier of the chat. `reason` is a code: blocked, deleted, not_found, no_mailbox, login,
    flood, network, timed_out, server, refused, slept.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        outcome_unknown: bool = False,
        moved_to: str | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        self.outcome_unknown = outcome_unknown
        self.moved_to = moved_to


Leave = Callable[[], Awaitable[bool]]
"""Called just before a message is sent, after all waiting; False if it must not be sent any more."""
TOO_LATE = "slept"


async def check_time(leave: Leave | None) -> None:
    """Raise DeliveryError if a message has waited too long; it was not sent and is planned again."""
    if leave is not None and not await leave():
        raise DeliveryError(TOO_LATE, retry_after=0)


class Channel(Protocol):
    """A way to reach people. To add one, implement this and add it to `bot.service.assembly`."""

    name: str

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        """Show a card and return its ref. The message `replace` is edited if that is still possible.

        For a new message `leave` is called as late as possible, because the machine may have slept
        in the meantime. An edit that changes nothing counts as shown. Raises DeliveryError.
        """
        ...

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        """Send a file with the card as its caption and return its ref. Raises DeliveryError."""
        ...
