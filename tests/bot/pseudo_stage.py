"""The stage in the pseudo-language: its people read wide letters, and tap labels by their English."""

from collections.abc import Callable
from dataclasses import fields

from bot.messaging.messages import Button, Card, Sender
from storage.instruments.questionnaires import publish
from storage.people.participants import set_language
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.names import language_name
from surveys.people import Role
from surveys.questionnaire import Questionnaire
from surveys.wording import worded_languages
from surveys.workshop import Workshop
from tests.bot.stage import CHAT, SUVA, Message, Person, Stage, questionnaire_of
from tests.pseudo import LANGUAGE, english, in_pseudo, untranslated

NAMES = ("Leo Tau", "Ada Vea", "Ben Qalo", "Sina Fifita", "Nia Tau")
COMMANDS = ("/channel", "/continue", "/language", "/mydata", "/start", "/stop")


class PseudoPerson(Person):
    """Somebody who reads the pseudo-language; what is on a button is told in English."""

    def __init__(self, stage: Stage, name: str, number: int) -> None:
        super().__init__(stage, name, number)
        self.sender = Sender(CHAT, self.identifier, LANGUAGE)

    def button(self, label: str) -> tuple[Message, Button]:
        screen = [(message, one) for message in self.screen[::-1] for one in message.buttons]
        latest = [(self.looks_at, one) for one in self.looks_at.buttons]
        wanted: tuple[Callable[[str], bool], ...] = (label.__eq__, lambda t: t.startswith(label))
        for fits in wanted:
            for message, one in latest + screen:
                told = english(one.text)
                if fits(told) or fits(told.removeprefix("✓ ").partition(". ")[2]):
                    return message, one
        raise AssertionError(f"no button {label!r}: {[english(b.text) for _, b in latest]}")


class PseudoStage(Stage):
    """The stage whose participants have the pseudo-language from the beginning."""

    def publish_packaged(self) -> None:
        """Publish the packaged questionnaires, translated into the pseudo-language."""
        for key in packaged_keys():
            self._put(packaged_questionnaire(key))

    def _put(self, questionnaire: Questionnaire) -> None:
        self.application.transactions.database.run(publish, in_pseudo(questionnaire), self.now)

    async def publish(self, text: str) -> None:
        self._put(questionnaire_of(text))

    async def enrol(
        self,
        name: str,
        administration: str = "TO",
        workshop: Workshop = SUVA,
        role: Role = Role.PARTICIPANT,
        about: Person | None = None,
    ) -> Person:
        first = name.split(maxsplit=1)[0]
        self.people.setdefault(first, PseudoPerson(self, first, len(self.people) + 1))
        person = await super().enrol(name, administration, workshop, role, about)
        await self.application.transactions.write(set_language, person.participant_id, LANGUAGE)
        return person

    def values(self, *more: str) -> list[str]:
        """Return what may stand in plain letters: names, titles, cities, the office and languages."""
        workshops = [one for person in self.people.values() for one in person.codes]
        office = self.application.office
        known = [office.name, office.contact, *NAMES, *COMMANDS, *workshops]
        return [*known, *(language_name(code) for code in worded_languages()), *more]

    def plain_letters(self, *values: str) -> dict[str, list[str]]:
        """Return the texts of all messages and notices to participants with plain letters left."""
        people = {
            person.identifier: person
            for person in self.people.values()
            if person.identifier not in self.staff
        }
        texts = [
            text
            for identifier, _, card in self.messenger.shown
            if identifier in people
            for text in texts_of(card)
        ]
        texts += [notice for person in people.values() for notice in person.notices]
        allowed = self.values(*values)
        found = {text: untranslated(text, allowed) for text in dict.fromkeys(texts)}
        return {text: words for text, words in found.items() if words}


def texts_of(card: Card) -> list[str]:
    """Return the text of a card, its labels and the parts of its envelope that people read."""
    texts = [card.text, *(button.text for row in card.rows for button in row)]
    if card.envelope is not None:
        told = {one.name: getattr(card.envelope, one.name) for one in fields(card.envelope)}
        unread = ("language", "url", "stop_url", "key", "thread")
        texts += [text for name, text in told.items() if name not in unread]
    return texts
