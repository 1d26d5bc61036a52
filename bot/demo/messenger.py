"""The messenger of the demonstration: a channel in memory, and the chats people look at."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.messaging.messages import Button, Card, DeliveryError, File, Leave, check_time

NAME = "demo"


@dataclass
class Chat:
    """One person's chat: the newest card with its ref, and every line that was said."""

    card: Card | None = None
    ref: str = ""
    blocked: bool = False
    lines: list[str] = field(default_factory=list)

    def button(self, text: str) -> Button | None:
        """The first button on the newest card whose text holds these words."""
        rows = self.card.rows if self.card else ()
        return next((one for row in rows for one in row if text in one.text), None)

    def buttons(self) -> list[Button]:
        """All buttons of the newest card."""
        return [one for row in self.card.rows for one in row] if self.card else []


class DemoMessenger:
    """A channel that delivers at once, refuses blocked chats, and tells who got a new message."""

    name = NAME

    def __init__(self, arrived: Callable[[str], None]) -> None:
        self.chats: dict[str, Chat] = {}
        self._arrived = arrived
        self._sent = 0

    def chat(self, identifier: str) -> Chat:
        """The chat of a person, made when it is first needed."""
        return self.chats.setdefault(identifier, Chat())

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        await check_time(leave)
        chat = self.chat(identifier)
        if chat.blocked:
            raise DeliveryError("blocked", permanent=True)
        if not replace:
            self._sent += 1
        chat.ref = replace or str(self._sent)
        chat.card = card
        chat.lines += [f"bot   {card.text}".replace("\n", "\n      "), *button_lines(card)]
        if not replace:
            self._arrived(identifier)
        return chat.ref

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        return await self.send(identifier, Card(f"{card.text} [{file.name}]"))


def button_lines(card: Card) -> list[str]:
    """Return the buttons of a card as lines, one for each row."""
    return ["      " + "  ".join(f"[ {one.text} ]" for one in row) for row in card.rows]
