"""What survives a crash: the messenger with its queue of updates, and the people before their screens.

The messenger writes down every message it has accepted, whatever it answered.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.messaging.messages import Card, DeliveryError, Inbound, Sender, Tapped, Typed
from bot.messaging.tokens import Action, Token, read_token
from bot.participants.interviewer import NOT_SEEN
from surveys.questionnaire import Questionnaire

NAME = "demo"
BOSS = "boss"
Given = tuple[str, str]
"""An item and the value that was given to it."""


@dataclass
class Person:
    """Somebody who answers what stands on the screen, and waits for a reply before going on.

    `given` is all that was ever sent; `confirmed` what a reply has shown to be taken.
    """

    chat: str
    questionnaire: Questionnaire
    card: Card | None = None
    ref: str = ""
    waiting: Given | None = None
    given: set[Given] = field(default_factory=set)
    confirmed: dict[str, str] = field(default_factory=dict)

    def sees(self, card: Card, ref: str, reply: bool) -> None:
        """A card was shown; a reply that asks something else says that the answer was taken.

        Not so if it says that the message was not stored, or asks whether to change an answer.
        """
        self.card, self.ref = card, ref
        if NOT_SEEN.text in card.text or any(t.action is Action.CHANGE for _, t in self.tokens()):
            self.gives_up()
        if reply and self.waiting is not None and self.waiting[0] != self.item():
            self.confirmed[self.waiting[0]] = self.waiting[1]
            self.waiting = None

    def gives_up(self) -> None:
        """Something went wrong, says the bot: the answer was not taken."""
        self.waiting = None

    def tokens(self) -> Iterator[tuple[str, Token]]:
        rows = self.card.rows if self.card else ()
        for button in (one for row in rows for one in row):
            token = read_token(button.token)
            if token is not None:
                yield button.token, token

    def item(self) -> str | None:
        """The name of the question on the screen."""
        asked = (t.numbers[1] for _, t in self.tokens() if t.action in (Action.PICK, Action.SKIP))
        number = next(asked, None)
        return None if number is None else self.questionnaire.items[number].name

    def acts(self, chance: random.Random, sender: Sender) -> Inbound | None:
        """The next tap or text, or None while a reply is awaited and when nothing is asked."""
        if self.waiting is not None:
            return None
        found = list(self.tokens())
        picks = [one for one in found if one[1].action is Action.PICK]
        item = self.item()
        if picks and item is not None and chance.random() < 0.7:
            text, token = chance.choice(picks)
            asked = self.questionnaire.items[token.numbers[1]]
            code = self.questionnaire.options(asked)[token.numbers[2]].name
            return self._gives(item, code, Tapped(sender, text, self.ref))
        if item is not None:
            # The same digits are a number, a text, and the place of an option.
            number = chance.randint(1, len(picks) or 3)
            asked = self.questionnaire.items[self.questionnaire.position[item]]
            options = self.questionnaire.options(asked)
            value = options[number - 1].name if picks else str(number)
            return self._gives(item, value, Typed(sender, str(number)))
        start = next((text for text, token in found if token.action is Action.GO), None)
        return Tapped(sender, start, self.ref) if start else None

    def _gives(self, item: str, value: str, inbound: Inbound) -> Inbound:
        self.waiting = (item, value)
        self.given.add((item, value))
        return inbound


@dataclass
class Messenger:
    """The service: accepts, refuses, keeps silent; `taken` is what it has accepted of fieldwork.

    Updates are kept until they are confirmed; `confirmed` counts those that it has forgotten.
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
    said: Counter[str] = field(default_factory=Counter)

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
        if kind == "blocked":
            self.blocked.add(identifier)
            return False, DeliveryError("blocked", permanent=True)
        if kind == "flood":
            return False, DeliveryError("flood", retry_after=self.chance.choice((5, 90, 4000)))
        if kind in ("network", "server"):
            return False, DeliveryError(kind)
        # A time-out: the message was taken or not, and nobody can know which.
        return kind != "lost", DeliveryError("timed_out", outcome_unknown=True)

    def show(self, identifier: str, card: Card, replace: str, reply: bool) -> str:
        """The message stands on the screen."""
        self.refs += not replace
        ref = replace or str(self.refs)
        if identifier == BOSS:
            self.told.append(card.text)
        else:
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
        inbound = self.people[chat].acts(self.chance, sender)
        if inbound is None:
            return
        self.queue.append(inbound)
        if isinstance(inbound, Tapped) and self.chance.random() < 0.2:
            again = Sender(NAME, chat, "en", len(self.queue) + 1)
            self.queue.append(Tapped(again, inbound.token, inbound.ref))
