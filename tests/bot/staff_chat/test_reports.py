"""/report as a manager meets it: a picture with a caption, files behind buttons, drawn once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk.reports import reporting
from bot.desk.reports.report_status import set_status
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
        self.office = Office(Rules(packaged_plans(), ("telegram",)))
        chat = ("telegram", "77")
        self.transactions.database.run(employ, chat, role, NOW)
        self.member = self.transactions.database.read(find_member, *chat)
        self.chat = StaffChat(self.transactions, self.office, lambda: self.now)

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
    finding, of_what, what_next = said.card.text.split("\n\n")
    assert finding.startswith("In 0 of 8 delegations that replied the knowledge is in regular use")
    assert of_what.startswith("Trade Facilitation Agreement · Kashiwa · 6–10 November 2017")
    assert what_next == (
        "What the office does next · Delegations:\n"
        "4 · No reply or not reachable: call their contact points."
    )
    assert len(said.card.text.encode("utf-16-le")) // 2 <= 1024
    labels = [button.text for row in said.card.rows for button in row]
    assert labels == [
        "One page PDF",
        "Full report",
        "Excel",
        "By administration",
        "Newsletter",
        "Slides",
        SURVEYS,
        "فارسی", "français", "ខ្មែរ",
        "ไทย", "Tiếng Việt", "中文",
    ]  # fmt: skip


async def test_a_report_and_its_files_come_in_another_language_at_a_tap(manager: Manager) -> None:
    some_answer(manager, 8)
    rows = (await manager.report()).says[0].card.rows
    vietnamese = (await manager.tap(rows[8][1])).says[0].card
    assert "0 trong 8 đoàn đã trả lời" in vietnamese.text
    assert "English" in [button.text for row in vietnamese.rows for button in row]
    sheet = (await manager.tap(vietnamese.rows[2][0])).says[0].file
    assert sheet and sheet.name == "TFA-CONFIDENTIAL-vi.xlsx"
    assert sheet.content[:4] == b"PK\x03\x04"


async def test_a_short_text_is_a_message_and_a_newsletter_waits_for_the_public(
    manager: Manager,
) -> None:
    some_answer(manager, 8)
    rows = (await manager.report()).says[0].card.rows
    (places,), (newsletter,) = rows[3], rows[4]
    assert "By administration" in (await manager.tap(places)).says[0].card.text
    waits = await manager.tap(newsletter)
    assert "followup report status TFA presented" in repr(waits)
    database = manager.transactions.database
    set_status(database, manager.office, "TFA", ("presented", "public"), NOW)
    picture, lines = (await manager.tap(newsletter)).says
    assert picture.file and picture.file.picture
    assert picture.file.name == "TFA-newsletter-news-png.png"
    assert picture.card.text == lines.card.text.splitlines()[0]


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        (0, "No responses to a follow-up yet (0 of 12). Results appear from 5."),
        (
            3,
            "No follow-up has 5 answers yet: the latest one with answers has 3. Results appear from 5.",
        ),
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
    pdf = (await manager.report()).says[0].card.rows[0][0]
    first = (await manager.tap(pdf)).says[0].file
    manager.now = datetime(2018, 12, 21, 10, tzinfo=UTC)
    assert (await manager.tap(pdf)).says[0].file == first
    manager.story.answers(manager.story.person("TFA", "WS"), "M6", use_1="tried")
    manager.story.connection.commit()
    assert (await manager.tap(pdf)).says[0].file != first
    assert "In 0 of 9 delegations" in (await manager.report()).says[0].card.text


def test_without_a_font_the_caption_still_comes_and_says_so(
    manager: Manager, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    some_answer(manager, 8)
    monkeypatch.setattr("analysis.formats.typesetting.font_folders", lambda: [tmp_path / "none"])
    database = manager.transactions.database
    drawn = reporting.draw_report(database, ["TFA"], NOW, reporting.STAFF, "phone")
    assert (drawn.picture, drawn.results) == (None, True)
    assert drawn.caption.startswith("In 0 of 8 delegations")
    assert drawn.caption.endswith("`followup doctor` tells an administrator which.")
