"""Updates that no messenger would bring: they are passed over, and the next sound one is heard."""

import asyncio
import copy
import json
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.channels.telegram import TelegramBot
from bot.channels.telegram.taps import tap_of
from bot.channels.telegram.updates import read_update
from bot.messaging.messages import Typed
from tests.bot.channels.telegram.conftest import NOW, Diary, build
from tests.bot.channels.telegram.test_webhook import HOOK, update
from tests.patience import PATIENCE
from tests.standin.control import StandIn

ADA = {"id": 7001, "is_bot": False, "first_name": "Ada", "language_code": "en"}
CHAT = {"id": 7001, "type": "private", "first_name": "Ada"}
MESSAGE = {"message_id": 4, "date": 1, "chat": CHAT, "from": ADA}
TAP = {"id": "5", "from": ADA, "chat_instance": "1", "data": "1p1.0.0", "message": MESSAGE}
CHANGE = {
    "chat": CHAT,
    "from": ADA,
    "date": 1,
    "old_chat_member": {"user": ADA, "status": "member"},
}
SOUND: list[dict[str, Any]] = [
    {"message": MESSAGE | {"text": "hello"}},
    {"message": MESSAGE | {"text": "/start x", "reply_to_message": MESSAGE}},
    {"message": MESSAGE | {"migrate_to_chat_id": -7}},
    {"edited_message": MESSAGE | {"text": "hello", "edit_date": 2}},
    {"callback_query": TAP},
    {
        "my_chat_member": CHANGE
        | {"new_chat_member": {"user": ADA, "status": "kicked", "until_date": 0}}
    },
]
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "text", "date", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
NUMBERS = count(7_301_846_529)
"""Far from what is made up: a number that came before is not heard again."""
BOUNDED = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to all values inside."""
    if not isinstance(value, dict):
        return []
    return [way for key in value for way in ((*here, key), *_places(value[key], (*here, key)))]


@st.composite
def spoiled(draw: st.DrawFn, least: int = 1) -> bytes:
    """A sound update with one or two of its values replaced by anything; at least `least`."""
    body = copy.deepcopy(draw(st.sampled_from(SOUND))) | {"update_id": draw(st.integers(1, 2**31))}
    for _ in range(draw(st.integers(least, 2))):
        *way, last = draw(st.sampled_from(_places(body)))
        inside = body
        for key in way:
            inside = inside[key]
        inside[last] = draw(ODD)
    return json.dumps(body).encode()


@pytest.fixture
async def bot(tg: StandIn, diary: Diary) -> AsyncIterator[TelegramBot]:
    """A bot that waits to be called."""
    tg.person(7001, "Ada").sends("/start")
    bot = build(tg, diary)
    await bot.start(webhook=HOOK)
    yield bot
    await bot.stop()


def _without_a_number(chat: Any) -> bytes:
    body = {"update_id": 5, "message": MESSAGE | {"chat": CHAT | {"id": chat}, "text": "hello"}}
    return json.dumps(body).encode()


@BOUNDED
@example(body=_without_a_number([]))
@example(body=_without_a_number({"id": 7001}))
@given(body=spoiled() | st.binary(max_size=60))
async def test_an_update_with_anything_in_it_is_passed_over_or_decided(
    tg: StandIn, bot: TelegramBot, diary: Diary, body: bytes
) -> None:
    await asyncio.wait_for(bot.take(body), PATIENCE)
    begun = diary.finished
    diary.received.clear()
    await asyncio.wait_for(bot.take(json.dumps(update(-1 - next(NUMBERS))).encode()), PATIENCE)
    await tg.until(lambda: diary.finished > begun and Typed in map(type, diary.received))


@settings(max_examples=300)
@example(body=json.dumps({"callback_query": TAP, "update_id": 1}).encode())
@given(body=spoiled(least=0))
async def test_what_is_read_as_a_tap_is_what_the_library_reads(body: bytes) -> None:
    content = json.loads(body)
    tap = tap_of(content, 1, NOW)
    assert tap is not None or content.get("callback_query") != TAP
    try:
        update = Update.de_json(content, None)
        read = await read_update(update, 1, NOW)
    except Exception:
        # Without a name, say, which nobody needs.
        return
    assert tap is None or (update.callback_query and read)
    if tap is not None and update.callback_query is not None and read is not None:
        assert (tap.query, tap.inbound) == (update.callback_query.id, read)
        assert (tap.inbound.sender.row, tap.inbound.sender.received_at) == (1, NOW)
