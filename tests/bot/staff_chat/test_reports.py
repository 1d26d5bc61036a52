"""/report as a manager meets it: a picture with a caption, files behind buttons, drawn once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.messaging.messages import Button, Commanded, Inbound, Reply, Sender, Tapped
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.dispatch import StaffChat, request_of
from bot.staff_chat.reports import SURVEYS
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.office.staff import StaffRole, find_member
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import PLACES, Story
from tests.staff import employ

NOW = datetime(2018, 12, 20, 10, tzinfo=UTC)
MEG = Sender("telegram", "77")


class Manager:
    """A manager's chat over a story."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'reports.sqlite3'}"
        self.story = Story(self.url).workshop("TFA", "Trade Facilitation Agreement")
        self.now = NOW

    def open(self, role: StaffRole = StaffRole.MANAGER) -> None:
        self.story.connection.commit()
        self.transactions = Transactions(Database(self.url))
        office = Office(Rules(packaged_plans(), ("telegram",)))
        chat = ("telegram", "77")
        self.transactions.database.run(employ, chat, role, NOW)
        self.member = self.transactions.database.read(find_member, *chat)
        self.chat = StaffChat(self.transactions, office, lambda: self.now)

    async def report(self) -> Reply:
        card = (await self.answer(Commanded(MEG, "report"))).says[0].card
        return await self.tap(card.rows[0][0])

    async def tap(self, button: Button) -> Reply:
        return await self.answer(Tapped(MEG, button.token, "1"))

    async def answer(self, inbound: Inbound) -> Reply:
        request = request_of(inbound)
        assert request is not None and self.member is not None
        return await self.chat.answer(request, self.member)


@pytest.fixture
async def manager(tmp_path: Path) -> AsyncIterator[Manager]:
    manager = Manager(tmp_path)
    yield manager
    manager.transactions.close()
    manager.story.close()


def some_answer(manager: Manager, people: int) -> None:
    for number, place in enumerate(PLACES[:12]):
        person = manager.story.person("TFA", place)
        if number < people:
            manager.story.answers(person, "M6", use_1="tried", obstacles="time", effects="faster")
        else:
            manager.story.silent(person, "M6")
    manager.open()


async def test_a_report_opens_with_a_picture_and_a_caption_that_fits(manager: Manager) -> None:
    some_answer(manager, 8)
    said = (await manager.report()).says[0]
    assert said.file is not None
    assert said.file.picture
    assert said.file.content.startswith(b"\x89PNG")
    assert said.file.name == "TFA-CONFIDENTIAL.png"
    lines = said.card.text.splitlines()
    assert lines[1].startswith("Of 12 delegations, 4 did not reply.")
    assert lines[2] == "in regular use, after 6 months: 0 of 12 (at most 4)"
    assert lines[4] == "What makes it difficult: Too little time, 8 of 8"
    assert len(said.card.text.encode("utf-16-le")) // 2 <= 1024
    labels = [button.text for row in said.card.rows for button in row]
    assert labels == [
        "One page PDF",
        "Full report",
        "Excel",
        "By administration",
        "Newsletter text",
        "Slides",
        SURVEYS,
        "فارسی", "français", "ខ្មែរ",
        "ไทย", "Tiếng Việt", "中文",
    ]  # fmt: skip


async def test_a_report_and_its_files_come_in_another_language_at_a_tap(manager: Manager) -> None:
    some_answer(manager, 8)
    rows = (await manager.report()).says[0].card.rows
    vietnamese = (await manager.tap(rows[8][1])).says[0].card
    assert vietnamese.text.splitlines()[1].startswith("Trong 12 đoàn, 4 ")
    assert "English" in [button.text for row in vietnamese.rows for button in row]
    assert (
        "0 trong 8 đoàn đã trả lời" in (await manager.tap(vietnamese.rows[4][0])).says[0].card.text
    )
    sheet = (await manager.tap(vietnamese.rows[2][0])).says[0].file
    assert sheet and sheet.name == "TFA-CONFIDENTIAL-vi.xlsx"
    assert "0 of 8 delegations that replied" in (await manager.tap(rows[4][0])).says[0].card.text


async def test_each_button_gives_its_file_or_its_text(manager: Manager) -> None:
    some_answer(manager, 8)
    rows = (await manager.report()).says[0].card.rows
    replies = [(await manager.tap(button)).says[0] for row in rows[:5] for button in row]
    files = [said.file for said in replies[:3] if said.file]
    endings = (".pdf", "-full.pdf", ".xlsx")
    assert [file.name for file in files] == [f"TFA-CONFIDENTIAL{one}" for one in endings]
    assert [file.content[:4] for file in files] == [b"%PDF", b"%PDF", b"PK\x03\x04"]
    assert "By administration" in replies[3].card.text
    assert replies[4].card.text.count("\n") == 5


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        (0, "No responses (0 of 12). Results appear from 5."),
        (3, "Only 3 people have answered so far. Results appear from 5."),
    ],
)
async def test_t12_below_five_answers_there_is_one_sentence_and_no_file(
    manager: Manager, people: int, sentence: str
) -> None:
    some_answer(manager, people)
    said = (await manager.report()).says[0]
    assert (said.card.text, said.file) == (sentence, None)
    assert [button.text for row in said.card.rows for button in row] == [SURVEYS]


async def test_a_report_is_kept_until_somebody_answers(manager: Manager) -> None:
    some_answer(manager, 8)
    text = manager.tap((await manager.report()).says[0].card.rows[4][0])
    assert "0 of 8 delegations that replied" in (await text).says[0].card.text
    pdf = (await manager.report()).says[0].card.rows[0][0]
    first = (await manager.tap(pdf)).says[0].file
    manager.now = datetime(2018, 12, 21, 10, tzinfo=UTC)
    assert (await manager.tap(pdf)).says[0].file == first
    manager.story.answers(manager.story.person("TFA", "WS"), "M6", use_1="tried")
    manager.story.connection.commit()
    assert (await manager.tap(pdf)).says[0].file != first
    assert "0 of 13 (at most 4)" in (await manager.report()).says[0].card.text


async def test_without_a_font_the_caption_still_comes(
    manager: Manager, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    some_answer(manager, 8)
    monkeypatch.setattr("analysis.formats.typesetting.font_folders", lambda: [tmp_path / "none"])
    said = (await manager.report()).says[0]
    assert said.file is None
    assert said.card.rows
    assert said.card.text.startswith("Trade Facilitation Agreement")
