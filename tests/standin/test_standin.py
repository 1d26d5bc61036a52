"""The stand-in is driven here by the real client library over real HTTP."""

import asyncio
import re
import struct
import time
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.patience import BRIEF, PATIENCE
from tests.standin.control import StandIn
from tests.standin.faults import Fault

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + bytes(5)


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it the library warns about its own RetryAfter.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def patient_request() -> HTTPXRequest:
    """Connections that wait for whatever a slow machine needs."""
    return HTTPXRequest(
        read_timeout=PATIENCE,
        write_timeout=PATIENCE,
        connect_timeout=PATIENCE,
        pool_timeout=PATIENCE,
        media_write_timeout=PATIENCE,
        httpx_kwargs={"verify": False},
    )


@asynccontextmanager
async def bot_for(tg: StandIn, token: str | None = None) -> AsyncIterator[Bot]:
    request, polling = patient_request(), patient_request()
    try:
        yield Bot(
            token or tg.token,
            base_url=tg.base_url,
            base_file_url=tg.base_file_url,
            request=request,
            get_updates_request=polling,
        )
    finally:
        await request.shutdown()
        await polling.shutdown()


@pytest.fixture
async def bot(telegram_standin: StandIn) -> AsyncIterator[Bot]:
    async with bot_for(telegram_standin) as bot:
        yield bot


@pytest.fixture
def tg(telegram_standin: StandIn) -> StandIn:
    return telegram_standin


def refused(words: str) -> AbstractContextManager[Any]:
    # The library makes the first letter of what the service said a capital.
    return pytest.raises(BadRequest, match=re.compile(re.escape(words), re.IGNORECASE))


def keyboard(*labels: str, data: str = "d") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(t, callback_data=data) for t in labels]])


async def test_it_carries_a_conversation_both_ways(tg: StandIn, bot: Bot) -> None:
    ada = tg.person(7001, "Ada")
    ada.sends("/start abc")
    (update,) = await bot.get_updates()
    assert update.message and update.message.text == "/start abc"
    assert update.message.entities[0].length == 6
    sent = await bot.send_message(7001, "Same job?", reply_markup=keyboard("Yes", "No"))
    assert ada.last.labels == ["Yes", "No"]
    ada.taps("No", times=2)
    first, second = await bot.get_updates(offset=update.update_id + 1)
    query = first.callback_query
    assert query and second.callback_query and query.data == "d"
    assert query.message and query.message.message_id == sent.message_id
    await query.answer("Noted", show_alert=True)
    await query.edit_message_text("Same job? No")
    assert (ada.last.text, ada.last.labels, ada.last.edited) == ("Same job? No", [], 1)
    assert [(n.text, n.show_alert) for n in ada.notices] == [("Noted", True)]


async def test_it_reads_every_kind_of_message_that_a_person_may_send(
    tg: StandIn, bot: Bot
) -> None:
    ada = tg.person(7001)
    first = ada.sends("yse")
    ada.edits(first, "yes")
    ada.sends("no", reply_to=first)
    ada.sends_sticker()
    ada.sends_photo(caption="here")
    ada.shares_contact()
    ada.forwards("read this")
    ada.sends_document("list.csv", b"a,b", "text/csv")
    ada.taps_data(999, "old")
    updates = await bot.get_updates()
    assert updates[1].edited_message and updates[1].edited_message.text == "yes"
    assert updates[2].message and updates[2].message.reply_to_message
    kinds = [update.message for update in updates[3:8]]
    assert kinds[0] and kinds[0].sticker and kinds[1] and kinds[1].caption == "here"
    assert kinds[2] and kinds[2].contact and kinds[3] and kinds[3].forward_origin
    assert kinds[4] and kinds[4].document
    file = await kinds[4].document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"a,b"
    gone = updates[8].callback_query
    assert gone and gone.message and not gone.message.is_accessible


async def test_it_refuses_people_who_cannot_be_reached_in_the_words_of_the_service(
    tg: StandIn, bot: Bot
) -> None:
    chi = tg.person(7003, "Chi")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(7003, "Hello")
    chi.sends("hi")
    chi.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7003, "Hello")
    chi.unblocks()
    await bot.send_message(7003, "Hello")
    chi.deactivates()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(7003, "Hello")
    chi.never_existed()
    for chat_id in (7003, 1):
        with refused("chat not found"):
            await bot.send_message(chat_id, "Hello")
    changes = [update.my_chat_member for update in await bot.get_updates()][1:]
    assert [change and change.new_chat_member.status for change in changes] == ["kicked", "member"]
    assert [call.outcome for call in tg.calls("sendMessage", 7003)] == [
        "403", "403", "ok", "403", "400",
    ]  # fmt: skip
    assert len(tg.accepted(7003)) == 1


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("", {}, "text is empty"),
        (" \n ", {}, "text is empty"),
        ("😀" * 2049, {}, "message is too long"),
        ("&amp;" * 4097, {"parse_mode": "HTML"}, "message is too long"),
        ("I am <3", {"parse_mode": "HTML"}, "parse entities"),
        ("R&D <draft>", {"parse_mode": "HTML"}, 'parse entities: Unsupported start tag "draft"'),
        ("<b>bold", {"parse_mode": "HTML"}, "parse entities: Can't find end tag"),
        ("<b><i>x</b></i>", {"parse_mode": "HTML"}, "parse entities: Unmatched end tag"),
        ("Yes.", {"parse_mode": "MarkdownV2"}, "parse entities: Character '.' is reserved"),
        ("*Star", {"parse_mode": "MarkdownV2"}, "parse entities: Can't find end of Bold"),
        ("x", {"reply_markup": keyboard("Yes", data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ("x", {"reply_markup": keyboard(" ")}, "must be non-empty"),
        ("x", {"reply_markup": keyboard("Yes", data="")}, "Text buttons are unallowed"),
        ("x", {"reply_to_message_id": 5}, "message to be replied not found"),
    ],
)
async def test_it_enforces_the_limits(
    tg: StandIn, bot: Bot, text: str, options: dict[str, Any], words: str
) -> None:
    ada = tg.person(7001, started=True)
    with refused(words):
        await bot.send_message(7001, text, **options)
    assert ada.screen == []


@pytest.mark.parametrize(
    ("text", "mode", "seen", "kinds"),
    [
        ("😀" * 2048, None, "😀" * 2048, []),
        ("&amp;" * 4096, "HTML", "&" * 4096, []),
        (" <b>A &lt;3</b> <a href='http://x.org'>l</a>", "HTML", "A <3 l", ["bold", "text_link"]),
        ("*b _i_* `c\\`` [l](http://x\\.org)\\.", "MarkdownV2", "b i c` l.",
         ["bold", "italic", "code", "text_link"]),
        ("<b>", None, "<b>", []),
    ],
)  # fmt: skip
async def test_it_shows_the_visible_text(
    tg: StandIn, bot: Bot, text: str, mode: str | None, seen: str, kinds: list[str]
) -> None:
    ada = tg.person(7001, started=True)
    message = await bot.send_message(7001, text, parse_mode=mode)
    assert message.text == ada.last.text == seen
    assert [entity["type"] for entity in ada.last.entities] == kinds


async def test_it_refuses_edits_that_change_nothing_or_have_no_message(
    tg: StandIn, bot: Bot
) -> None:
    ada = tg.person(7001, started=True)
    sent = await bot.send_message(7001, "One", reply_markup=keyboard("Yes"))
    with refused("are exactly the same"):
        await sent.edit_text("One", reply_markup=keyboard("Yes"))
    await sent.edit_text("Two", reply_markup=keyboard("Yes"))
    with refused("are exactly the same"):
        await sent.edit_reply_markup(keyboard("Yes"))
    await sent.edit_reply_markup(keyboard("No"))
    await sent.edit_reply_markup(None)
    assert (ada.last.text, ada.last.buttons, ada.last.edited) == ("Two", (), 3)
    with refused("message can't be edited"):
        await bot.edit_message_text("x", 7001, ada.sends("hers"))
    await sent.delete()
    with refused("message to edit not found"):
        await sent.edit_text("Three")
    with refused("message to delete not found"):
        await sent.delete()


async def test_it_forgets_old_taps(tg: StandIn, bot: Bot) -> None:
    ada = tg.person(7001, started=True)
    await bot.send_message(7001, "One", reply_markup=keyboard("Yes"))
    ada.taps("Yes")
    tg.age_queries()
    (update,) = await bot.get_updates()
    assert update.callback_query
    with refused("query is too old and response timeout expired"):
        await update.callback_query.answer()


async def test_it_keeps_uploads_and_takes_them_again_by_their_id(tg: StandIn, bot: Bot) -> None:
    ada = tg.person(7001, started=True)
    report = await bot.send_document(7001, b"%PDF-1", filename="r.pdf", caption="<b>R</b>",
                                     parse_mode="HTML")  # fmt: skip
    assert (ada.last.document, ada.last.file_bytes, ada.last.text) == ("r.pdf", b"%PDF-1", "R")
    assert report.document
    await bot.send_document(7001, report.document.file_id)
    assert ada.last.file_bytes == b"%PDF-1"
    big = PNG + bytes(2_000_000)
    picture = await bot.send_photo(7001, big, reply_markup=keyboard("Continue"))
    assert (picture.photo[0].width, ada.last.file_bytes, ada.last.kind) == (640, big, "photo")
    with refused("IMAGE_PROCESS_FAILED"):
        await bot.send_photo(7001, b"no picture")
    with refused("caption is too long"):
        await bot.send_document(7001, b"x", caption="y" * 1025)
    assert [call.method for call in tg.accepted(7001)] == [
        "sendDocument", "sendDocument", "sendPhoto",
    ]  # fmt: skip


async def test_it_polls_for_real(tg: StandIn, bot: Bot) -> None:
    ada = tg.person(7001)
    waiting = asyncio.create_task(
        bot.get_updates(timeout=int(PATIENCE), allowed_updates=["message"])
    )
    await tg.until(lambda: tg.calls("getUpdates"))
    started = time.monotonic()
    ada.sends("hi")
    (update,) = await waiting
    assert time.monotonic() - started < PATIENCE / 2
    ada.blocks()
    assert tg.pending == 1, "my_chat_member was not asked for"
    assert [u.update_id for u in await bot.get_updates()] == [update.update_id]
    assert await bot.get_updates(offset=update.update_id + 1) == ()
    assert tg.pending == 0


async def test_it_ends_the_older_of_two_polls(tg: StandIn, bot: Bot) -> None:
    async with bot_for(tg) as other:
        older = asyncio.create_task(bot.get_updates(timeout=int(PATIENCE)))
        await tg.until(lambda: tg.calls("getUpdates"))
        await other.get_updates(timeout=0)
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await older


async def test_it_knows_its_token_and_its_methods(tg: StandIn, bot: Bot) -> None:
    assert (await bot.get_me()).username == tg.username
    for token, words in ((f"{tg.token}x", "Unauthorized"), ("77:short", "Not Found")):
        async with bot_for(tg, token) as other:
            with pytest.raises(InvalidToken, match=words):
                await other.get_me()
    with pytest.raises(TelegramError, match="endpoint 'sendPigeon' does not exist"):
        await bot.do_api_request("sendPigeon")


async def test_it_keeps_settings(tg: StandIn, bot: Bot) -> None:
    tg.person(7001, started=True)
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("wave", "Waves")], BotCommandScopeChat(7001))
    assert [c.command for c in await bot.get_my_commands()] == ["help"]
    assert tg.commands({"type": "chat", "chat_id": 7001})[0]["command"] == "wave"
    assert (await bot.get_chat(7001)).first_name == "Ada"
    await bot.send_chat_action(7001, "typing")
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_it_plays_reply_keyboards(tg: StandIn, bot: Bot) -> None:
    ada = tg.person(7001, started=True)
    await bot.send_message(7001, "Menu", reply_markup=ReplyKeyboardMarkup([["Help"]]))
    ada.taps("Help")
    assert ada.screen[-1].text == "Help"
    with pytest.raises(AssertionError, match="no button 'Yes'"):
        ada.taps("Yes")


async def test_it_moves_a_group(tg: StandIn, bot: Bot) -> None:
    group = tg.group(-500)
    new = group.migrates(-1001234)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-500, "Report")
    await bot.send_message(moved.value.new_chat_id, "Report")
    assert new.last.text == "Report"
    messages = [update.message for update in await bot.get_updates()]
    assert messages[0] and messages[0].migrate_to_chat_id == -1001234
    assert messages[1] and messages[1].migrate_from_chat_id == -500


@pytest.mark.parametrize(
    ("fault", "error", "outcome", "accepted"),
    [
        (Fault.flood(34), RetryAfter, "429", 0),
        (Fault.blocked(), Forbidden, "403", 0),
        (Fault.refuse(400, "Bad Request: chat not found"), BadRequest, "400", 0),
        (Fault.migrate(-1009), ChatMigrated, "400", 0),
        (Fault.server_error(500), NetworkError, "500", 0),
        (Fault.server_error(502, accepted=True), NetworkError, "502", 1),
        (Fault.garbage(), TelegramError, "error:garbage", 0),
        (Fault.reset_before(), NetworkError, "error:reset_before", 0),
        (Fault.reset_after(), NetworkError, "error:reset_after", 1),
        (Fault.silent(), TimedOut, "error:silent", 1),
        (Fault.silent(accepted=False), TimedOut, "error:silent", 0),
        (Fault.slow(2 * BRIEF), TimedOut, "ok", 1),
    ],
    ids=lambda value: f"{value.kind}-{value.label}" if isinstance(value, Fault) else "",
)
async def test_it_plays_a_fault_once_and_then_works(
    tg: StandIn, bot: Bot, fault: Fault, error: type[TelegramError], outcome: str, accepted: int
) -> None:
    ada = tg.person(7001, started=True)
    tg.faults.add(fault)
    patience = BRIEF if error is TimedOut else PATIENCE
    with pytest.raises(error):
        await bot.send_message(7001, "One", read_timeout=patience)
    await tg.until(lambda: tg.calls("sendMessage")[0].outcome == outcome)
    assert [call.outcome for call in tg.calls("sendMessage")] == [outcome]
    assert len(tg.accepted(7001)) == len(ada.screen) == accepted
    await bot.send_message(7001, "Two")
    assert ada.last.text == "Two" and fault.hits == 1


async def test_it_strikes_only_the_calls_that_were_named(tg: StandIn, bot: Bot) -> None:
    for number in (7001, 7002):
        tg.person(number, started=True)
    tg.faults.add(Fault.flood(1, method="send*", chat_id=7002, skip=1, times=2))
    outcomes = []
    for number in (7001, 7002) * 4:
        try:
            await bot.send_message(number, "x")
            outcomes.append("ok")
        except RetryAfter:
            outcomes.append("429")
    assert outcomes == ["ok", "ok", "ok", "429", "ok", "429", "ok", "ok"]


async def test_it_loses_its_network_and_finds_it_again(tg: StandIn, bot: Bot) -> None:
    ada = tg.person(7001, started=True)
    await bot.send_message(7001, "One")
    tg.pause_network()
    for _ in range(2):
        with pytest.raises(NetworkError, match="ConnectError"):
            await bot.send_message(7001, "Two")
    tg.resume_network()
    await bot.send_message(7001, "Three")
    assert [message.text for message in ada.screen] == ["One", "Three"]


async def test_it_limits_the_pace_in_all_and_per_chat(tg: StandIn, bot: Bot) -> None:
    tg.limits(per_second=3, per_chat_per_second=1)
    for number in range(7001, 7005):
        tg.person(number, started=True)
    await bot.send_message(7001, "x")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(7001, "x")
    assert refused.value._retry_after.total_seconds() == 1
    await bot.send_message(7002, "x")
    await bot.send_message(7003, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(7004, "x")
    assert len(tg.accepted()) == 3


async def test_it_stops_at_once_with_held_connections_and_beside_another() -> None:
    with StandIn() as one, StandIn() as two:
        two.person(7001, started=True)
        two.faults.add(Fault.silent(times=None))
        async with bot_for(two) as bot, bot_for(one) as other:
            held: list[asyncio.Task[Any]] = [
                asyncio.create_task(bot.send_message(7001, "x", read_timeout=PATIENCE)),
                asyncio.create_task(bot.send_message(7001, "y", read_timeout=PATIENCE)),
                asyncio.create_task(bot.get_updates(timeout=int(PATIENCE))),
            ]
            await two.until(lambda: len(two.calls()) == 3)
            began = time.monotonic()
            two.__exit__(None, None, None)
            assert time.monotonic() - began < PATIENCE / 4
            problems = await asyncio.gather(*held, return_exceptions=True)
            assert [type(problem) for problem in problems] == [NetworkError] * 3
            assert (await other.get_me()).is_bot
            assert [call.method for call in one.calls()] == ["getMe"]


def test_it_says_what_happened_when_a_wait_is_in_vain(tg: StandIn) -> None:
    with pytest.raises(AssertionError, match=r"not so within 0\.1 s"):
        tg.wait_until(lambda: tg.accepted(), timeout=0.1)
