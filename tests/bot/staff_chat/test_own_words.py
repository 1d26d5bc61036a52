"""/words as an organiser meets it: one text after the other, with buttons that decide about it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.reports.own_words import own_words
from bot.messaging.messages import Card, Commanded, Inbound, Reply, Sender, Tapped
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.dispatch import StaffChat, request_of
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole, find_member
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import CUT_OFF, READ_AT
from tests.analysis.quoting import told
from tests.staff import employ

EVA = Sender("telegram", "77")
TEXTS = ("Eva helped us with K-22/2018", "We wrote a rule", "We wrote a course")


class Organiser:
    """An organiser's chat over a story of three texts."""

    def __init__(self, folder: Path, *texts: str) -> None:
        url = f"sqlite:///{folder / 'words.sqlite3'}"
        self.story, self.cases = told(texts, url=url)
        self.story.connection.commit()
        self.transactions = Transactions(Database(url))
        run = self.transactions.database.run
        run(employ, ("telegram", "77"), StaffRole.ORGANISER, CUT_OFF, "Eva")
        self.member = self.transactions.database.read(find_member, "telegram", "77")
        office = Office(Rules(packaged_plans(), ("telegram",)))
        self.chat = StaffChat(self.transactions, office, lambda: CUT_OFF)
        self.card = Card("")

    async def begins(self) -> Card:
        return self._shown(await self._answer(Commanded(EVA, "words")))

    async def taps(self, label: str) -> Card:
        button = next(one for row in self.card.rows for one in row if one.text == label)
        return self._shown(await self._answer(Tapped(EVA, button.token, "1")))

    def states(self) -> dict[str, str]:
        found = self.transactions.database.read(own_words, (), "", CUT_OFF)
        return {one.text: one.state for one in found}

    async def _answer(self, inbound: Inbound) -> Reply:
        request = request_of(inbound)
        assert request is not None and self.member is not None
        return await self.chat.answer(request, self.member)

    def _shown(self, reply: Reply) -> Card:
        self.card = reply.says[0].card
        return self.card

    def close(self) -> None:
        self.transactions.close()
        self.story.close()


@pytest.fixture
async def eva(tmp_path: Path) -> AsyncIterator[Organiser]:
    organiser = Organiser(tmp_path, *TEXTS)
    yield organiser
    organiser.close()


async def test_texts_are_shown_one_by_one_and_released_withheld_or_left_for_later(
    eva: Organiser,
) -> None:
    card = await eva.begins()
    assert card.text.splitlines() == [
        f"3 texts to read. Case {eva.cases[0]}, example, TFA M3, en:",
        "",
        "Eva helped us with K-22/2018",
        "",
        "Look at: Eva (name), K-22/2018 (case number)",
        f'To shorten it: followup words release {eva.cases[0]} example --text "…"',
    ]
    assert "We wrote a rule" in (await eva.taps("Withhold")).text
    assert "We wrote a course" in (await eva.taps("Later")).text
    assert (await eva.taps("Release")).text == (
        "That was the last one. 1 text left for later: /words shows them again."
    )
    assert eva.states() == dict(zip(TEXTS, ("withheld", "unread", "released"), strict=True))
    assert "1 text to read" in (await eva.begins()).text
    assert (await eva.taps("Release")).text == "No text waits to be read."


async def test_each_reading_and_each_decision_is_in_the_audit_log(eva: Organiser) -> None:
    await eva.begins()
    await eva.taps("Release")
    written = eva.transactions.database.read(entries)
    assert [(one.who, one.act) for one in written] == [
        ("S-77", Act.TEXTS_READ),
        ("S-77", Act.TEXT_RELEASED),
        ("S-77", Act.TEXTS_READ),
    ]
    assert not any("Eva" in one.about for one in written)


async def test_a_text_that_was_changed_since_it_was_shown_stays_unread(eva: Organiser) -> None:
    await eva.begins()
    later = READ_AT + timedelta(days=1)
    eva.story.changes(eva.cases[0], "example", "Mele helped us", later)
    eva.story.connection.commit()
    assert "was changed since you read it" in (await eva.taps("Release")).text
    assert eva.states()["Mele helped us"] == "unread"


async def test_a_text_that_does_not_fit_a_message_is_left_to_the_command_line(
    tmp_path: Path,
) -> None:
    organiser = Organiser(tmp_path, "Long " * 1000)
    card = await organiser.begins()
    assert "This text is too long for the chat: followup words list TFA" in card.text
    assert [button.text for row in card.rows for button in row] == ["Later"]
    organiser.close()
