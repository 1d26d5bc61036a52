"""/anchors as an organiser meets it: disputes, then unread titles, with buttons that decide."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from analysis.measures.verification import claims
from bot.messaging.messages import Card, Commanded, Inbound, Sender, Tapped
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.dispatch import StaffChat, request_of
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole, find_member
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import CUT_OFF, Story
from tests.staff import employ

EVA = Sender("telegram", "77")


class Organiser:
    """An organiser's chat over one workshop: a dispute about a unit, and a title of a course."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'anchors.sqlite3'}"
        self.story = Story(url).workshop("W")
        unit = {"anchors": "unit", "anchor_status_unit": "new"}
        course = {"anchors": "training", "anchor_status_training": "changed"}
        said = (
            ("FJ", unit),
            ("FJ", {"anchors": "none"}),
            ("WS", course | {"title_training": "-"}),
        )
        self.cases = [
            self.story.answers(self.story.person("W", place), "M6", **values)
            for place, values in said
        ]
        self.story.connection.commit()
        self.transactions = Transactions(Database(url))
        run = self.transactions.database.run
        run(employ, ("telegram", "77"), StaffRole.ORGANISER, CUT_OFF, "Eva")
        self.member = self.transactions.database.read(find_member, "telegram", "77")
        office = Office(Rules(packaged_plans(), ("telegram",)))
        self.chat = StaffChat(self.transactions, office, lambda: CUT_OFF)
        self.cards: list[Card] = []

    async def begins(self) -> Card:
        return await self._answer(Commanded(EVA, "anchors"))

    async def taps(self, label: str) -> Card:
        """The last card after a tap on the button of any card shown."""
        buttons = [one for card in self.cards for row in card.rows for one in row]
        button = next(one for one in reversed(buttons) if one.text == label)
        return await self._answer(Tapped(EVA, button.token, "1"))

    def stands(self) -> dict[str, tuple[str, str]]:
        found = self.transactions.database.read(claims, "W", CUT_OFF)
        return {one.anchor: (one.stands, one.read) for one in found}

    async def _answer(self, inbound: Inbound) -> Card:
        request = request_of(inbound)
        assert request is not None
        assert self.member is not None
        reply = await self.chat.answer(request, self.member)
        self.cards += [say.card for say in reply.says]
        return self.cards[-1]

    def close(self) -> None:
        self.transactions.close()
        self.story.close()


@pytest.fixture
async def eva(tmp_path: Path) -> AsyncIterator[Organiser]:
    organiser = Organiser(tmp_path)
    yield organiser
    organiser.close()


async def test_a_dispute_is_shown_with_what_each_source_says_and_decided_with_an_undo(
    eva: Organiser,
) -> None:
    card = await eva.begins()
    case = eva.cases[0]
    assert card.text.splitlines() == [
        f"2 anchors to decide. The sources say different things: unit, case {case}, FJ, W M6.",
        "",
        "Title: none",
        "Evidence: claimed",
        "officer: new",
        "officer: none yet",
    ]
    assert "An unread title: training" in (await eva.taps("It does not")).text
    assert eva.stands()["unit"] == ("no", "")
    assert (
        await eva.taps("Undo")
    ).text == f"The dispute about unit of case {case} is undecided again."
    assert eva.stands()["unit"] == ("disputed", "")


async def test_a_title_is_accepted_and_left_for_later(eva: Organiser) -> None:
    await eva.begins()
    await eva.taps("Later")
    assert (await eva.taps("Later")).text == (
        "That was the last one. 2 anchors left for later: /anchors shows them again."
    )
    await eva.begins()
    await eva.taps("It counts")
    assert (await eva.taps("Accept")).text == "No anchor waits for a decision."
    assert eva.stands() == {"unit": ("yes", ""), "training": ("yes", "accepted")}
    assert (await eva.begins()).text == "No anchor waits for a decision."
    acts = [one.act for one in eva.transactions.database.read(entries)]
    assert acts.count(Act.DISPUTE_DECIDED) == acts.count(Act.DESCRIPTION_ACCEPTED) == 1
    assert Act.TEXTS_READ in acts


async def test_a_document_that_was_seen_decides_and_is_taken_back(eva: Organiser) -> None:
    await eva.begins()
    case = eva.cases[0]
    assert "An unread title: training" in (await eva.taps("Document seen")).text
    assert eva.stands()["unit"] == ("yes", "")
    await eva.begins()
    assert eva.cards[-1].text.startswith("1 anchor to decide. An unread title: training")
    assert (
        await eva.taps("Undo")
    ).text == f"Nobody has seen the document of unit, case {case}, any more."
    assert eva.stands()["unit"] == ("disputed", "")
    acts = [one.act for one in eva.transactions.database.read(entries)]
    assert acts.count(Act.VERIFIED) == acts.count(Act.UNVERIFIED) == 1


async def test_a_title_that_was_changed_since_it_was_shown_stays_unread(eva: Organiser) -> None:
    await eva.begins()
    await eva.taps("Later")
    eva.story.changes(eva.cases[2], "title_training", "Course 4 of 2018", CUT_OFF)
    eva.story.connection.commit()
    assert "changed since you read it" in (await eva.taps("Reject")).text
    assert eva.stands()["training"] == ("yes", "")
