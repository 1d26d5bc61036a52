"""Pushed updates: a secret is required, each is handled once, 200 comes when it is stored."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from bot.channels.telegram import TelegramBot, Webhook
from bot.messaging.messages import Typed
from bot.web import WEBHOOK_PATH, webhook_route
from tests.bot.channels.telegram.conftest import Diary, build, echo
from tests.patience import PATIENCE
from tests.standin.control import StandIn

SECRET = "a-secret-of-this-test"
HOOK = Webhook(f"https://followup.example.org{WEBHOOK_PATH}", SECRET)
RIGHT = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


def update(number: int, text: str = "hello") -> dict[str, object]:
    who = {"id": 7001, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    chat = {"id": 7001, "type": "private", "first_name": "Ada"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": who, "text": text}
    return {"update_id": number, "message": message}


@pytest.fixture
async def bot(tg: StandIn, diary: Diary) -> AsyncIterator[TelegramBot]:
    """A bot with a webhook."""
    tg.person(7001, "Ada").sends("/start")
    bot = build(tg, diary)
    await bot.start(webhook=HOOK)
    yield bot
    await bot.stop()


@pytest.fixture
async def messenger(bot: TelegramBot) -> AsyncIterator[AsyncClient]:
    """The client with which the messenger pushes updates."""
    app = Starlette(routes=[webhook_route(SECRET, bot.take)])
    async with AsyncClient(transport=ASGITransport(app), base_url="https://x") as client:
        yield client


async def test_the_messenger_is_told_where_to_bring_what_with_which_secret(
    tg: StandIn, bot: TelegramBot
) -> None:
    told = tg.calls("setWebhook")[0].params
    assert told["url"] == HOOK.url
    assert told["secret_token"] == SECRET
    assert tg.calls("getUpdates") == []
    assert SECRET not in repr(HOOK)


async def test_an_update_is_confirmed_when_it_is_stored_and_before_it_is_decided(
    tg: StandIn, diary: Diary, messenger: AsyncClient
) -> None:
    diary.answer = echo
    diary.open_door.clear()
    answer = await messenger.post(WEBHOOK_PATH, json=update(5), headers=RIGHT)
    assert answer.status_code == 200
    await tg.until(lambda: diary.received)
    assert diary.finished == 0
    diary.open_door.set()
    await tg.until(lambda: tg.calls("sendMessage"))


async def test_an_update_that_is_brought_twice_is_decided_once(
    tg: StandIn, diary: Diary, messenger: AsyncClient
) -> None:
    twice = [
        asyncio.create_task(messenger.post(WEBHOOK_PATH, json=update(5), headers=RIGHT))
        for _ in range(2)
    ]
    assert [(await one).status_code for one in twice] == [200, 200]
    third = await messenger.post(WEBHOOK_PATH, json=update(5), headers=RIGHT)
    assert third.status_code == 200
    await messenger.post(WEBHOOK_PATH, json=update(6, "bye"), headers=RIGHT)
    await tg.until(lambda: diary.finished == 2)
    assert [one.text for one in diary.received if isinstance(one, Typed)] == ["hello", "bye"]


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}])
async def test_c03_without_the_secret_nothing_is_taken(
    diary: Diary, messenger: AsyncClient, headers: dict[str, str]
) -> None:
    answer = await messenger.post(WEBHOOK_PATH, json=update(5), headers=headers)
    assert answer.status_code == 403
    assert diary.received == []


@pytest.mark.parametrize("body", ["", "[]", "{}", "null", "7", '{"update_id": "x"', "\xff"])
async def test_what_is_no_update_is_passed_over_and_not_brought_again(
    diary: Diary, messenger: AsyncClient, body: str
) -> None:
    answer = await messenger.post(WEBHOOK_PATH, content=body.encode("latin-1"), headers=RIGHT)
    assert answer.status_code == 200
    assert diary.received == []


async def test_while_the_database_is_away_the_messenger_is_asked_to_come_again(
    diary: Diary, messenger: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = diary.transactions.database
    monkeypatch.setattr(database, "run", raising(OperationalError("", {}, Exception("locked"))))
    assert (await messenger.post(WEBHOOK_PATH, json=update(5), headers=RIGHT)).status_code == 503
    monkeypatch.undo()
    assert (await messenger.post(WEBHOOK_PATH, json=update(5), headers=RIGHT)).status_code == 200
    async with asyncio.timeout(PATIENCE):
        while not diary.finished:
            await asyncio.sleep(0.01)
    assert len(diary.received) == 1


def raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


async def test_an_update_that_fails_is_given_up_and_confirmed(
    tg: StandIn, diary: Diary, messenger: AsyncClient
) -> None:
    def broken(_: object) -> None:
        raise ValueError

    diary.answer = broken  # type: ignore[assignment]
    answer = await messenger.post(WEBHOOK_PATH, json=update(5), headers=RIGHT)
    assert answer.status_code == 200
    await tg.until(lambda: tg.accepted(7001))
    text = json.dumps(update(6, "x" * 70_000))
    assert (await messenger.post(WEBHOOK_PATH, content=text, headers=RIGHT)).status_code == 200
