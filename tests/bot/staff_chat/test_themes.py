"""/themes as an organiser meets it: themes are ticked on buttons, saved, left for later, taken back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.messaging.messages import Card, Commanded, Inbound, Reply, Sender, Tapped
from bot.messaging.tokens import MOST_BYTES
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.dispatch import StaffChat, request_of
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole, find_member
from storage.schema import theme_marks
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import CUT_OFF, READ_AT
from tests.analysis.quoting import told
from tests.analysis.theming import mark, retire, write_book
from tests.staff import employ

EVA = Sender("telegram", "77")
TEXTS = ("We wrote a rule", "We wrote a course")


class Organiser:
    """An organiser's chat over a story of texts and a code book."""

    def __init__(self, folder: Path, *texts: str, book: bool = True) -> None:
        url = f"sqlite:///{folder / 'themes.sqlite3'}"
        self.story, self.cases = told(texts, url=url)
        if book:
            write_book(self.story)
        self.story.connection.commit()
        self.transactions = Transactions(Database(url))
        run = self.transactions.database.run
        run(employ, ("telegram", "77"), StaffRole.ORGANISER, CUT_OFF, "Eva")
        self.member = self.transactions.database.read(find_member, "telegram", "77")
        office = Office(Rules(packaged_plans(), ("telegram",)))
        self.chat = StaffChat(self.transactions, office, lambda: CUT_OFF)
        self.card = self.said = Card("")

    async def begins(self) -> Card:
        return self._shown(await self._answer(Commanded(EVA, "themes")))

    async def taps(self, label: str, card: Card | None = None) -> Card:
        rows = (card or self.card).rows
        button = next(one for row in rows for one in row if one.text == label)
        return self._shown(await self._answer(Tapped(EVA, button.token, "1")))

    def labels(self) -> list[str]:
        return [one.text for row in self.card.rows for one in row]

    def stored(self) -> list[str]:
        found = self.transactions.database.read(
            lambda c: c.execute(theme_marks.select().order_by(theme_marks.c.id)).all()
        )
        return ["taken back" if one.taken_back else one.themes for one in found]

    async def _answer(self, inbound: Inbound) -> Reply:
        request = request_of(inbound)
        assert request is not None and self.member is not None
        return await self.chat.answer(request, self.member)

    def _shown(self, reply: Reply) -> Card:
        self.said, self.card = reply.says[0].card, reply.says[-1].card
        return self.card

    def close(self) -> None:
        self.transactions.close()
        self.story.close()


@pytest.fixture
async def eva(tmp_path: Path) -> AsyncIterator[Organiser]:
    organiser = Organiser(tmp_path, *TEXTS)
    yield organiser
    organiser.close()


async def test_themes_are_ticked_saved_and_taken_back(eva: Organiser) -> None:
    card = await eva.begins()
    assert card.text.splitlines() == [
        f"2 texts to mark. Case {eva.cases[0]}, example, TFA M3, en:",
        "",
        "We wrote a rule",
    ]
    nothing = ["☐ Targeting", "☐ Training of others", "☐ Seizures", "None of these", "Later"]
    assert eva.labels() == nothing, "nothing is ticked beforehand"
    await eva.taps("☐ Targeting")
    await eva.taps("☐ Seizures")
    await eva.taps("☑ Targeting")
    assert eva.labels() == ["☐ Targeting", "☐ Training of others", "☑ Seizures", "Save", "Later"]
    assert eva.stored() == []
    assert "We wrote a course" in (await eva.taps("Save")).text
    assert eva.stored() == ["seizures"]
    said = eva.said
    assert said.text.startswith("Marked with seizures")
    await eva.taps("Undo", said)
    assert eva.stored() == ["seizures", "taken back"]


async def test_a_text_with_none_of_them_is_read_and_the_last_one_ends_the_list(
    eva: Organiser,
) -> None:
    await eva.begins()
    await eva.taps("None of these")
    assert eva.stored() == [""]
    assert "That was the last one. 1 text left for later" in (await eva.taps("Later")).text


async def test_a_second_reader_sees_nothing_of_the_first_and_a_third_gets_no_text(
    eva: Organiser,
) -> None:
    mark(eva.story, eva.cases[0], "example", "seizures", "S-FAY", READ_AT)
    mark(eva.story, eva.cases[1], "example", "seizures", "S-FAY", READ_AT)
    mark(eva.story, eva.cases[1], "example", "", "S-GUS", READ_AT)
    eva.story.connection.commit()
    card = await eva.begins()
    assert "1 text to mark" in card.text
    assert not any("☑" in label for label in eva.labels())


async def test_a_retired_theme_has_no_button_and_the_others_keep_theirs(eva: Organiser) -> None:
    retire(eva.story, "targeting", READ_AT)
    eva.story.connection.commit()
    await eva.begins()
    assert eva.labels()[:2] == ["☐ Training of others", "☐ Seizures"]
    await eva.taps("☐ Seizures")
    await eva.taps("Save")
    assert eva.stored() == ["seizures"]


async def test_a_text_that_was_changed_since_it_was_shown_is_not_marked(eva: Organiser) -> None:
    await eva.begins()
    eva.story.changes(eva.cases[0], "example", "Another text", READ_AT + timedelta(days=1))
    eva.story.connection.commit()
    assert "was changed since you read it" in (await eva.taps("None of these")).text
    assert eva.stored() == []


async def test_reading_and_marking_are_in_the_audit_log_without_themes(eva: Organiser) -> None:
    await eva.begins()
    await eva.taps("☐ Targeting")
    await eva.taps("Save")
    log = eva.transactions.database.read(entries)
    assert [one.act for one in log] == [Act.TEXTS_READ, Act.THEMES_MARKED, Act.TEXTS_READ]
    assert "targeting" not in str(log)


@pytest.mark.parametrize("text", ["Long " * 1000, "We wrote a rule"])
async def test_without_a_theme_or_room_for_the_text_it_says_where_to_go(
    tmp_path: Path, text: str
) -> None:
    organiser = Organiser(tmp_path, text, book=text.startswith("Long"))
    said = (await organiser.begins()).text
    assert "followup theme texts TFA" in said or "followup theme add CODE NAME" in said
    organiser.close()


def test_buttons_of_the_largest_code_book_fit() -> None:
    from bot.desk.reports.theme_reading import ThemeText
    from bot.staff_chat.themes import MOST, text_card
    from surveys.theme import Content, Theme

    text = ThemeText(99_999_999, "example", "TFA", "M3", "en", "Text", "f" * 64, 0)
    book = [Theme(f"t{number}", Content(f"Theme {number}")) for number in range(MOST + 9)]
    card = text_card(text, book, 1, 2**MOST - 1)
    assert all(len(one.token.encode()) <= MOST_BYTES for row in card.rows for one in row)
