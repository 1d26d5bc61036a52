"""One row: read, decided within its time, answered, settled; and what cannot be read."""

import logging

import pytest

from bot.channels.telegram import TelegramBot
from bot.channels.telegram import boundary as limits
from bot.channels.telegram.texts import BEGUN, SORRY
from bot.messaging.messages import Typed
from storage.operations.inbox import inbox_state
from tests.bot.channels.telegram.conftest import NOW, Diary, build, echo
from tests.standin.control import StandIn

POLL = {"id": "1", "question": "Private words?", "options": [], "total_voter_count": 0}
"""A poll that lacks what the library needs."""


async def test_an_update_that_the_library_cannot_read_is_given_up_and_others_go_on(
    tg: StandIn, diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    diary.answer = echo
    ada = tg.person(7001, "Ada")
    ada.sends_content({"poll": POLL})
    bot = build(tg, diary)
    await bot.start()
    await tg.until(lambda: tg.accepted(7001))
    assert ada.last.text == SORRY
    ada.sends("hello")
    await tg.until(lambda: diary.finished)
    await bot.stop()
    state = diary.transactions.database.read(inbox_state, NOW)
    ((kind, place),) = state.given_up
    assert kind == "message"
    assert place.startswith("TypeError at ")
    assert state.waiting == 0
    assert "Private" not in caplog.text
    assert tg.pending == 0


async def test_a_nul_in_a_text_is_taken_out(tg: StandIn, bot: TelegramBot, diary: Diary) -> None:
    ada = tg.person(7001, "Ada")
    ada.sends_content({"text": "ri\0sk"})
    await tg.until(lambda: diary.received)
    (said,) = diary.received
    assert isinstance(said, Typed)
    assert said.text == "risk"


async def test_who_asks_for_long_work_hears_that_it_has_begun_and_others_go_on(
    tg: StandIn, bot: TelegramBot, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SOON", 0.01)
    diary.patient = {"7001"}
    diary.answer = echo
    diary.open_door.clear()
    ada = tg.person(7001, "Ada", started=True)
    ada.sends("a report")
    await tg.until(lambda: tg.accepted(7001))
    assert ada.last.text == BEGUN
    diary.open_door.set()
    await tg.until(lambda: ada.last.text == "Typed")


async def test_a_row_that_is_never_decided_fails_and_is_given_up(
    tg: StandIn, bot: TelegramBot, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.open_door.clear()
    ada = tg.person(7001, "Ada")
    with monkeypatch.context() as quicker:
        quicker.setattr(limits, "LIMIT", 0.01)
        quicker.setattr(limits, "LONGEST", 0.05)
        ada.sends("hello")
        await tg.until(lambda: tg.accepted(7001))
    assert ada.last.text == SORRY
    diary.open_door.set()
    ada.sends("again")
    await tg.until(lambda: diary.finished)
