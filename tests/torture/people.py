"""People before their screens: they answer, change answers, change the language, stop, come back."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.messaging.messages import Card, Commanded, Inbound, Sender, Tapped, Typed
from bot.messaging.tokens import Action, Token, read_token
from bot.participants.interviewer import NOT_SEEN
from bot.participants.office_messages import ENOUGH, PASSED_ON
from bot.participants.unseen import NOT_STORED
from surveys.questionnaire import Questionnaire
from surveys.wording import Words

LANGUAGES = ("en", "fr")
NO_ANSWER = (NOT_SEEN.text, NOT_STORED, PASSED_ON, ENOUGH)
REFUSALS = tuple(Words(code)(text) for code in LANGUAGES for text in NO_ANSWER)
"""What says that a message is not stored as an answer."""
ANSWERING = (Action.PICK, Action.SKIP, Action.KEEP)
"""Buttons that only the question that they answer has."""
WAYS = (Action.MENU, Action.ANSWERS, Action.CHANGE, Action.BACK, Action.LANGUAGES, Action.LANGUAGE)
"""Buttons that people look around with."""
PATIENCE = 4
"""How often somebody looks at the phone in vain before going on without a reply."""
Given = tuple[str, str]
"""An item and the value that was given to it."""


@dataclass
class Person:
    """Somebody who acts on what stands on the screen, and waits for a reply before going on.

    `given` is all that was ever sent; `confirmed` what a reply has shown to be taken, and `sent`
    what was sent about an item since then: each of them may be stored.
    """

    chat: str
    questionnaire: Questionnaire
    card: Card | None = None
    ref: str = ""
    waiting: Given | None = None
    waited: int = 0
    given: set[Given] = field(default_factory=set)
    confirmed: dict[str, str] = field(default_factory=dict)
    sent: dict[str, set[str]] = field(default_factory=dict)

    def sees(self, card: Card, ref: str, reply: bool) -> None:
        """A card was shown; a reply that asks something else says that the answer was taken.

        Not so if it says that the message was not stored, or asks whether to change an answer.
        """
        self.card, self.ref, self.waited = card, ref, 0
        changes = [token.numbers[1] for _, token in self.tokens() if token.action is Action.CHANGE]
        if any(text in card.text for text in REFUSALS) or changes:
            self.waiting = None
        if len(changes) == 1:
            # The answer that stands is shown, whatever was thought before.
            self.confirmed.pop(self.questionnaire.items[changes[0]].name, None)
        if reply and self.waiting is not None and self._says_taken(self.waiting[0]):
            self._knows(*self.waiting)

    def _says_taken(self, item: str) -> bool:
        """Whether the card asks another question than this one, or thanks for the last answer."""
        thanks = any(token.action is Action.ANSWERS for _, token in self.tokens())
        return not item or self.item() not in (None, item) or (self.item() is None and thanks)

    def _knows(self, item: str, value: str) -> None:
        self.waiting = None
        if item:
            self.confirmed[item] = value
            self.sent[item] = set()

    def gives_up(self) -> None:
        """No reply came, or one that something went wrong: nobody knows whether it was taken."""
        self.waiting = None

    def lost(self, stored: dict[str, str]) -> list[str]:
        """The items whose stored answer is neither the confirmed one nor any that was sent later."""
        return [
            item
            for item, value in self.confirmed.items()
            if stored.get(item) not in {value, *self.sent[item]}
        ]

    def tokens(self) -> Iterator[tuple[str, Token]]:
        rows = self.card.rows if self.card else ()
        for button in (one for row in rows for one in row):
            token = read_token(button.token)
            if token is not None:
                yield button.token, token

    def item(self) -> str | None:
        """The name of the question on the screen."""
        asked = (t.numbers[1] for _, t in self.tokens() if t.action in ANSWERING)
        number = next(asked, None)
        return None if number is None else self.questionnaire.items[number].name

    def acts(self, chance: random.Random, sender: Sender, wanders: bool) -> Inbound | None:
        """The next tap or text, or None while a reply is awaited and when nothing is asked."""
        if self.waiting is not None:
            self.waited += 1
            if self.waited < PATIENCE:
                return None
            self.gives_up()
        if wanders and self.card is not None and chance.random() < 0.15:
            looked = self._looks_around(chance, sender)
            if looked is not None:
                return looked
        return self._answers(chance, sender) or self._goes_on(sender)

    def _looks_around(self, chance: random.Random, sender: Sender) -> Inbound | None:
        """Anything that answers no question."""
        ways = [text for text, token in self.tokens() if token.action in WAYS]
        if ways and chance.random() < 0.8:
            return self._sends(Tapped(sender, chance.choice(ways), self.ref))
        name = chance.choice(("language", "language", "continue", "help", "stop"))
        argument = chance.choice(LANGUAGES) if name == "language" else ""
        return self._sends(Commanded(sender, name, argument))

    def _answers(self, chance: random.Random, sender: Sender) -> Inbound | None:
        found, item = list(self.tokens()), self.item()
        if item is None:
            return None
        picks = [one for one in found if one[1].action is Action.PICK]
        asked = self.questionnaire.by_name[item]
        options = self.questionnaire.options(asked)
        if picks and chance.random() < 0.7:
            text, token = chance.choice(picks)
            code = options[token.numbers[2]].name
            return self._gives(item, code, Tapped(sender, text, self.ref))
        # The same digits are a number, a text, and the place of an option.
        number = chance.randint(1, len(picks) or 3)
        value = options[number - 1].name if picks else str(number)
        return self._gives(item, value, Typed(sender, str(number)))

    def _goes_on(self, sender: Sender) -> Inbound | None:
        """Start, go on, or come back after a stop."""
        wanted = (Action.GO, Action.RESUME)
        start = next((text for text, token in self.tokens() if token.action in wanted), None)
        return self._sends(Tapped(sender, start, self.ref)) if start else None

    def _gives(self, item: str, value: str, inbound: Inbound) -> Inbound:
        self.waiting, self.waited = (item, value), 0
        self.given.add((item, value))
        self.sent.setdefault(item, set()).add(value)
        return inbound

    def _sends(self, inbound: Inbound) -> Inbound:
        self.waiting, self.waited = ("", ""), 0
        return inbound
