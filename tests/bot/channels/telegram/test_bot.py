"""The running bot: order, acknowledgements, faults, start, stop, and what it never logs."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

import pytest

from bot.channels.telegram import TelegramBot, TokenRefused, build_telegram
from bot.channels.telegram.texts import SORRY
from bot.inbox.rows import Rows
from bot.inbox.work import MOST_TRIES
from bot.messaging.messages import (
    Button,
    Card,
    DeliveryError,
    File,
    Inbound,
    Membership,
    Reply,
    Say,
    Typed,
)
from tests.bot.channels.telegram.conftest import IMPATIENT, NOW, QUICK, Diary, build, echo
from tests.standin.control import StandIn
from tests.standin.faults import Fault
from tests.standin.people import Person


@pytest.fixture
def ada(tg: StandIn) -> Person:
    return tg.person(7001, "Ada", started=True)


def says(*texts: str, notice: str = "") -> Reply:
    return Reply(notice, tuple(Say(Card(text)) for text in texts))


async def test_a_tap_is_acknowledged_then_answered_in_order_and_refs_are_told(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    diary.answer = lambda _: says("one", "two", notice="Saved")
    ada.taps_data(ada.sends_sticker(), "1p1")
    await tg.until(lambda: len(diary.refs) == 4)
    assert [notice.text for notice in ada.notices] == ["Saved"]
    assert [call.method for call in tg.calls() if call.method != "getUpdates"][-3:] == [
        "answerCallbackQuery",
        "sendMessage",
        "sendMessage",
    ]
    assert diary.refs == [str(m.message_id) for m in ada.screen if m.sender == "bot"]


async def test_a_reply_edits_the_card_and_sends_files(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ref = await bot.channel.send("7001", Card("Question 1", ((Button("Yes", "1p1"),),)))
    file = Say(Card("The list"), file=File("list.csv", b"a,b"))
    diary.answer = lambda _: Reply(says=(Say(Card("Question 2"), replace=ref), file))
    ada.taps("Yes")
    await tg.until(lambda: len(diary.refs) == 2)
    assert [m.text for m in ada.screen if m.sender == "bot"] == ["Question 2", "The list"]
    assert diary.refs[0] == ref


async def test_i03_a_late_acknowledgement_changes_nothing(
    tg: StandIn, diary: Diary, ada: Person
) -> None:
    message_id = ada.sends_sticker()
    ada.taps_data(message_id, "1p4")
    tg.age_queries()
    diary.answer = lambda _: says("Question 2")
    bot = build(tg, diary)
    await bot.start()
    await tg.until(lambda: len(diary.refs) == 2)
    await bot.stop()
    assert tg.calls("answerCallbackQuery")[0].outcome == "400"
    assert ada.last.text == "Question 2"


@pytest.mark.parametrize(
    ("fault", "timing"),
    [
        (Fault.silent, IMPATIENT),
        (Fault.reset_before, QUICK),
        (partial(Fault.flood, 30), QUICK),
    ],
)
async def test_i03_a_failed_acknowledgement_changes_nothing(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person, fault: Callable[..., Fault]
) -> None:
    tg.faults.add(fault(method="answerCallbackQuery"))
    diary.answer = lambda _: says("Question 2")
    ada.taps_data(ada.sends_sticker(), "1p4")
    await tg.until(lambda: len(diary.refs) == 2)
    assert ada.last.text == "Question 2"


async def test_updates_of_one_chat_are_handled_in_order_and_others_do_not_wait(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ben = tg.person(7002, "Ben")
    diary.open_door.clear()
    for number in range(8):
        ada.sends(str(number))
    ben.sends("hello")
    await tg.until(lambda: len(diary.received) == 2)
    diary.open_door.set()
    await tg.until(lambda: diary.finished == 9)
    of_ada = [i.text for i in diary.received if isinstance(i, Typed) and i.text != "hello"]
    assert of_ada == [str(number) for number in range(8)]


async def test_a_mistake_in_the_inbox_is_answered_politely_and_survived(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    ready: list[bool] = []

    def answer(inbound: Inbound) -> Reply:
        if not ready:
            raise ValueError("Mele Tupou answered 1p4")
        return echo(inbound)

    diary.answer = answer
    message_id = ada.sends("Mele Tupou")
    ada.taps_data(message_id, "1p4")
    await tg.until(lambda: ada.notices)
    assert (ada.last.text, ada.notices[0].text) == (SORRY, SORRY)
    assert len(diary.received) == 2 * MOST_TRIES
    ready.append(True)
    ada.sends("again")
    await tg.until(lambda: ada.last.text == "Typed")
    errors = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert len(errors) == 2 * MOST_TRIES
    assert len([words for words in errors if words.startswith("an update was given up")]) == 2
    assert all("ValueError at test_bot.py:" in words for words in errors)
    assert not any(word in caplog.text for word in ("Mele", "1p4", "7001"))


async def test_a_reply_to_somebody_who_blocks_meanwhile_becomes_a_membership(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    diary.answer = lambda i: says("one", "two") if isinstance(i, Typed) else Reply()
    tg.faults.add(Fault.blocked(method="sendMessage"))
    ada.sends("hello")
    await tg.until(lambda: len(diary.received) == 2)
    assert diary.received[1] == Membership(diary.received[0].sender, active=False)
    assert len(tg.calls("sendMessage")) == 1


async def test_stopping_finishes_what_has_begun_and_the_next_start_does_the_rest(
    tg: StandIn, diary: Diary, ada: Person
) -> None:
    diary.answer = echo
    diary.open_door.clear()
    bot = build(tg, diary)
    await bot.start()
    for text in ("one", "two", "three"):
        ada.sends(text)
    await tg.until(lambda: tg.pending == 0 and diary.received)
    stopping = asyncio.create_task(bot.stop())
    await tg.until(lambda: not tg.calls("getUpdates")[-1].params.get("timeout"))
    assert not stopping.done()
    diary.open_door.set()
    await stopping
    assert len(diary.refs) == 1
    assert tg.pending == 0
    ada.sends("four")
    again = build(tg, diary)
    await again.start()
    await tg.until(lambda: len(diary.refs) == 4)
    await again.stop()


async def test_messages_that_came_while_it_was_away_are_answered(
    tg: StandIn, diary: Diary, ada: Person
) -> None:
    ada.sends("hello")
    bot = build(tg, diary)
    await bot.start()
    await tg.until(lambda: diary.finished)
    await bot.stop()


async def test_it_hears_again_after_the_network_was_away(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    await tg.until(lambda: tg.calls("getUpdates"))
    tg.pause_network()
    ada.sends("hello")
    tg.resume_network()
    await tg.until(lambda: diary.finished)


async def test_it_asks_only_for_what_it_handles(tg: StandIn, bot: TelegramBot) -> None:
    await tg.until(lambda: tg.calls("getUpdates"))
    wanted = ["message", "edited_message", "callback_query", "my_chat_member"]
    assert tg.calls("getUpdates")[0].params["allowed_updates"] == wanted
    assert bot.username == tg.username


WRONG = "4242:another-token-that-is-not-right-at-all"


async def test_c03_a_wrong_token_is_named_but_never_shown(
    tg: StandIn, diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = Rows(diary.transactions, lambda: NOW)
    bot = build_telegram(WRONG, diary, rows, base_url=tg.base_url, timing=QUICK)
    with pytest.raises(TokenRefused, match="does not accept the token") as caught:
        await bot.start()
    assert caught.value.__context__ is None
    assert WRONG not in caplog.text + repr(caught.value)


@pytest.mark.parametrize("token", ["", "abc", "4242:with space", "4242:line\n"])
def test_what_can_be_no_token_is_refused_at_once(diary: Diary, token: str) -> None:
    with pytest.raises(TokenRefused, match="not a Telegram bot token"):
        build_telegram(token, diary, Rows(diary.transactions, lambda: NOW))


async def test_a_start_without_network_is_a_delivery_error(tg: StandIn, diary: Diary) -> None:
    bot = build(tg, diary)
    tg.pause_network()
    with pytest.raises(DeliveryError, match="network"):
        await bot.start()
    tg.resume_network()
    await bot.start()
    await bot.stop()


async def test_a_token_revoked_while_it_runs_is_said_and_it_still_stops(
    tg: StandIn, diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    bot = build(tg, diary)
    tg.faults.add(Fault.refuse(401, "Unauthorized", method="getUpdates"))
    await bot.start()
    await tg.until(lambda: "no longer accepts the token" in caplog.text)
    await bot.stop()


async def test_c03_no_log_record_holds_token_text_or_chat(
    tg: StandIn, diary: Diary, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    diary.answer = lambda _: says("Private words of Ada")
    tg.faults.add(Fault.garbage(method="sendMessage"))
    tg.faults.add(Fault.silent(method="sendMessage"))
    tg.faults.add(Fault.refuse(400, "Bad Request: odd", method="sendMessage"))
    tg.faults.add(Fault.server_error(502, method="getUpdates"))
    bot = build(tg, diary, IMPATIENT)
    await bot.start()
    for number in range(4):
        ada.sends(f"Private answer {number}")
    await tg.until(lambda: len(diary.refs) == 1)
    await bot.stop()
    everything = "\n".join(
        record.getMessage() + str(record.exc_info) + (record.exc_text or "")
        for record in caplog.records
    )
    assert "a reply was not delivered" in everything
    assert not any(word in everything for word in (tg.token, "stand-in-token", "Private", "7001"))


async def test_menus_are_set_for_all_and_for_staff_and_a_failure_stops_nothing(
    tg: StandIn, bot: TelegramBot
) -> None:
    staff = {"": [("wave", "Open a wave")]}
    everyone = {"": [("help", "What you can do")], "fr": [("help", "Aide")]}
    tg.faults.add(Fault.refuse(400, "Bad Request: chat not found", method="setMyCommands", skip=2))
    await bot.set_menus(everyone, {"7008": staff, "7009": staff})
    assert tg.commands() == [{"command": "help", "description": "What you can do"}]
    assert tg.commands(language_code="fr") == [{"command": "help", "description": "Aide"}]
    assert tg.commands({"type": "chat", "chat_id": 7008}) == []
    assert tg.commands({"type": "chat", "chat_id": 7009}) == [
        {"command": "wave", "description": "Open a wave"}
    ]
