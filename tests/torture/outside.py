"""What survives a crash: the messenger with its queue of updates, and what it shows and refuses.

The messenger writes down every message it has accepted, whatever it answered.
"""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.messaging.messages import Card, DeliveryError, Inbound, Sender, Tapped, Typed
from tests.torture.people import Person

NAME = "demo"
BOSS = "boss"
LEISURE = timedelta(seconds=5)
"""Between two texts, by the clock of the messenger."""


@dataclass
class Messenger:
    """The service: accepts, refuses, keeps silent; `taken` is what it has accepted of fieldwork.

    Updates are kept until they are confirmed; `confirmed` counts those that it has forgotten.
    `trace` is all that has happened in this world, a line each.
    """

    people: dict[str, Person]
    chance: random.Random
    troubled: bool = True
    taken: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    queue: list[Inbound] = field(default_factory=list)
    confirmed: int = 0
    refs: int = 0
    at: datetime = datetime(2018, 8, 1, tzinfo=UTC)
    said: Counter[str] = field(default_factory=Counter)
    trace: list[str] = field(default_factory=list)

    def fault(self, identifier: str) -> tuple[bool, DeliveryError] | None:
        """What goes wrong with a message of fieldwork: is it taken nevertheless, and what is said."""
        if identifier in self.blocked:
            return False, DeliveryError("blocked", permanent=True)
        if not self.troubled or self.chance.random() > 0.35:
            return None
        kind = self.chance.choice(
            ("flood", "network", "server", "late", "reset", "lost", "blocked")
        )
        self.said[kind] += 1
        self.trace.append(f"to {identifier}: {kind}")
        if kind == "blocked":
            self.blocked.add(identifier)
            return False, DeliveryError("blocked", permanent=True)
        if kind == "flood":
            return False, DeliveryError("flood", retry_after=self.chance.choice((5, 90, 4000)))
        if kind in ("network", "server"):
            return False, DeliveryError(kind)
        # A time-out: the message was taken or not, and nobody can know which.
        return kind != "lost", DeliveryError("timed_out", outcome_unknown=True)

    def fault_of_reply(self) -> tuple[bool, DeliveryError] | None:
        """What goes wrong with a reply: lost on its way there, or only the messenger's answer."""
        if not self.troubled or self.chance.random() > 0.1:
            return None
        return self.chance.random() < 0.5, DeliveryError("network")

    def show(self, identifier: str, card: Card, replace: str, reply: bool) -> str:
        """The message stands on the screen."""
        self.refs += not replace
        ref = replace or str(self.refs)
        if identifier == BOSS:
            self.told.append(card.text)
        else:
            self.trace.append(f"{identifier} sees {card.text[:60]!r}")
            self.people[identifier].sees(card, ref, reply)
        return ref

    def forgets(self) -> None:
        """What nobody has asked for in a day is gone; people answer what they still see."""
        self.confirmed = len(self.queue)
        for person in self.people.values():
            person.gives_up()

    def sends(self, chat: str) -> None:
        """A person may do something; a tap is sometimes sent twice."""
        sender = Sender(NAME, chat, "en", len(self.queue) + 1)
        inbound = self.people[chat].acts(self.chance, sender, self.troubled)
        if inbound is None:
            return
        if isinstance(inbound, Typed):
            inbound = self._placed(inbound)
        self.trace.append(f"{chat} sends {type(inbound).__name__} {_content(inbound)}")
        self.queue.append(inbound)
        if isinstance(inbound, Tapped) and self.chance.random() < 0.2:
            again = Sender(NAME, chat, "en", len(self.queue) + 1)
            self.queue.append(Tapped(again, inbound.token, inbound.ref))

    def _placed(self, typed: Typed) -> Typed:
        """A text with its number in the chat, and its time by the clock of the messenger."""
        self.refs += 1
        self.at += LEISURE
        return replace(typed, ref=str(self.refs), sent_at=self.at)


def _content(inbound: Inbound) -> str:
    names = ("token", "text", "name", "kind")
    return next((str(getattr(inbound, one)) for one in names if hasattr(inbound, one)), "")
