"""Replies: each message in order, with its ref, and what a failure means for the rest."""

from dataclasses import dataclass, field

import pytest

from bot.inbox.protocol import Delivered
from bot.inbox.replies import speak
from bot.messaging.messages import (
    Card,
    DeliveryError,
    File,
    Inbound,
    Leave,
    Membership,
    Moved,
    Reply,
    Say,
    Sender,
)

ADA = Sender("demo", "ada", row=7)


@dataclass
class Desk:
    """Inbox and channel in one; texts named in `failures` are not delivered."""

    name: str = "demo"
    failures: dict[str, DeliveryError] = field(default_factory=dict)
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    received: list[Inbound] = field(default_factory=list)

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        if card.text in self.failures:
            raise self.failures[card.text]
        self.sent.append((identifier, card.text, replace))
        return f"ref {len(self.sent)}"

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        return await self.send(identifier, card, file.name)

    async def receive(self, inbound: Inbound) -> Reply:
        self.received.append(inbound)
        return Reply(says=(Say(Card("never spoken")),))

    def opens(self, inbound: Inbound) -> bool:
        return False

    def is_long(self, inbound: Inbound) -> bool:
        return False

    async def answered(self, sender: Sender, delivered: Delivered) -> None:
        raise AssertionError("told by the caller")

    async def speak(self, reply: Reply) -> list[tuple[str, str]]:
        """The texts that were delivered, with their refs."""
        return [(say.card.text, ref) for say, ref in await speak(self, self, ADA, reply)]


def reply(*texts: str) -> Reply:
    return Reply(says=tuple(Say(Card(text)) for text in texts))


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_messages_are_sent_in_order_and_each_ref_is_returned(desk: Desk) -> None:
    says = (Say(Card("one"), replace="7"), Say(Card("two"), file=File("r.pdf", b"")))
    delivered = await desk.speak(Reply(says=says))
    assert desk.sent == [("ada", "one", "7"), ("ada", "two", "r.pdf")]
    assert delivered == [("one", "ref 1"), ("two", "ref 2")]
    assert desk.received == []


async def test_a_message_that_fails_for_now_does_not_hold_back_the_next(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.failures["one"] = DeliveryError("network")
    assert await desk.speak(reply("one", "two")) == [("two", "ref 1")]
    assert "a reply was not delivered: network" in caplog.text
    assert "one" not in caplog.text


async def test_the_inbox_is_told_of_a_chat_that_is_gone_and_the_rest_is_dropped(
    desk: Desk,
) -> None:
    desk.failures["one"] = DeliveryError("blocked", permanent=True)
    assert await desk.speak(reply("one", "two")) == []
    assert [inbound.sender.row for inbound in desk.received] == [None]
    assert desk.received == [Membership(ADA, active=False)]
    assert desk.sent == []


async def test_the_inbox_is_told_of_a_chat_that_has_moved_and_the_rest_is_dropped(
    desk: Desk,
) -> None:
    desk.failures["two"] = DeliveryError("not_found", moved_to="ada2")
    await desk.speak(reply("one", "two", "three"))
    assert desk.received == [Moved(ADA, "ada2")]
    assert [text for _, text, _ in desk.sent] == ["one"]
