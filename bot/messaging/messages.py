"""The seam between the use cases and the channels: what comes in, what goes out, what may fail.

A channel turns its own messages into an `Inbound`, asks the `Inbox` for the reply, and speaks it.
Nothing of a messenger's library passes this line.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class Sender:
    """Who wrote: the channel and the identifier of the chat in it; `name` is never stored.

    `number` is the channel's own number of this message, the same when it is delivered again.
    """

    channel: str
    identifier: str
    language: str = ""
    number: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Tapped:
    """A button was tapped. `ref` names the message it hangs on, '' when the channel lost it."""

    sender: Sender
    token: str
    ref: str = ""


@dataclass(frozen=True)
class Typed:
    """A text was sent. `reply_ref` names the message it answers, if the person used reply-to."""

    sender: Sender
    text: str
    reply_ref: str = ""


@dataclass(frozen=True)
class Filled:
    """The form of one question was sent, as a page does it: it names the question it answers.

    `item` is the number of the item in its questionnaire; `values` are codes, or one text.
    """

    sender: Sender
    case_id: int
    item: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class Commanded:
    """A command such as /start with what stood behind it."""

    sender: Sender
    name: str
    argument: str = ""


LARGEST_FILE = 2_000_000
"""So many bytes of a file are taken from a chat and read."""


@dataclass(frozen=True)
class Uploaded:
    """A file was sent. Of one larger than is read there is its `size` in bytes, and no content."""

    sender: Sender
    file_name: str
    content: bytes
    size: int = 0


class Oddity(StrEnum):
    """Messages that cannot be an answer."""

    STICKER = "sticker"
    EDITED = "edited"
    OTHER = "other"


@dataclass(frozen=True)
class Odd:
    """A message that cannot be an answer: a sticker, a photo, a card, an edited message."""

    sender: Sender
    kind: Oddity


@dataclass(frozen=True)
class Membership:
    """The person blocked the bot (`active` False) or let it in again."""

    sender: Sender
    active: bool


@dataclass(frozen=True)
class Moved:
    """The chat has a new identifier."""

    sender: Sender
    new_identifier: str


Inbound = Tapped | Typed | Filled | Commanded | Uploaded | Odd | Membership | Moved


@dataclass(frozen=True)
class Button:
    """A button: what it says and the token it sends."""

    text: str
    token: str


@dataclass(frozen=True)
class Envelope:
    """What a letter needs around a card, in the language of the card.

    `url` is the personal link that stands for the card's buttons, `label` what it says, `alone` why
    it must not be passed on; `stop_url` ends all messages. `key` names the attempt: it is the same
    however often the letter is made, at most 64 letters, digits, dots and hyphens. `thread` is the
    key of the first letter about the same thing, '' for that one itself.
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
    """One message: plain text (never markup) and rows of buttons. Reads well as numbered text.

    `envelope` is set where the message goes to somebody by letter, who has no buttons.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    envelope: Envelope | None = None


@dataclass(frozen=True)
class File:
    """A file to send; `picture` asks the channel to show it as one where it can."""

    name: str
    content: bytes
    picture: bool = False


@dataclass(frozen=True)
class Say:
    """A card to show. `replace` names the message to edit instead of sending a new one.

    `case_id` is set when the message is the interview's card, whose ref is to be remembered, and
    `item` when it asks a question that the person was not known to have seen.
    """

    card: Card
    replace: str = ""
    case_id: int | None = None
    file: File | None = None
    item: str | None = None


@dataclass(frozen=True)
class Reply:
    """What to answer: a short notice for a tap, then messages in order.

    `refused` says why an answer was not taken, for channels that show their own page instead.
    """

    notice: str = ""
    says: tuple[Say, ...] = field(default_factory=tuple)
    refused: str = ""


class Inbox(Protocol):
    """The use cases as a channel sees them. Never raises for what a participant can send."""

    async def receive(self, inbound: Inbound) -> Reply:
        """Decide and save; the reply is to be spoken after that."""
        ...

    async def shown(self, sender: Sender, say: Say, ref: str) -> None:
        """A message of a reply was shown under this ref."""
        ...


class DeliveryError(Exception):
    """A message could not be delivered.

    `permanent`: this address will not work again until an event says so. `retry_after`: seconds to
    wait. `outcome_unknown`: it may have arrived, so it must not be sent again. `moved_to`: the
    chat's new identifier. `reason` is a code: blocked, deleted, not_found, no_mailbox, flood, network,
    timed_out, server, refused, slept.
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


Leave = Callable[[], bool]
"""Asked at the moment when a message leaves, after all waiting: whether its time is still right."""


def check_time(leave: Leave | None) -> None:
    """DeliveryError where a message has waited too long; it has not left and is decided anew."""
    if leave is not None and not leave():
        raise DeliveryError("slept", retry_after=0)


class Channel(Protocol):
    """A way to reach people. To add one: implement this, and add a line to `bot.channels`."""

    name: str

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        """Show a card, by editing the message `replace` if that still works; returns its ref.

        A new message asks `leave` as late as possible: the machine may have slept while it waited
        for its turn. Raises DeliveryError. Showing what is shown already counts as shown.
        """
        ...

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        """Send a file with the card as its caption; returns its ref. Raises DeliveryError."""
        ...
