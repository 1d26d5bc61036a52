"""Adapts the order of conversations to the library: chats side by side, each chat in turn."""

from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.inbox.order import Conversations

_MOST_WAITING = 1024


class ChatOrder(BaseUpdateProcessor):
    """The library's processor of updates, with at most `limit` chats handled at a time."""

    __slots__ = ("_conversations",)

    def __init__(self, limit: int) -> None:
        super().__init__(_MOST_WAITING)
        self._conversations = Conversations(limit)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the handler when it is the turn of the chat."""
        chat = update.effective_chat if isinstance(update, Update) else None
        # The library does not check that an id is a number.
        number = chat.id if chat and isinstance(chat.id, int) else 0
        async with self._conversations.turn(number):
            await coroutine

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to release."""
