"""Sends cards to the messenger. Knows cards and refs, not what they ask or who reads them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.calls import PlainBot
from bot.channels.telegram.errors import bad_picture, beyond_editing, shown_already, translated
from bot.channels.telegram.texts import button_text, cut_caption, split_text
from bot.messaging.messages import Button, Card, DeliveryError, File, Leave

log = logging.getLogger("bot.telegram")

PAUSES = (0.5, 2.0)
"""Seconds before the second and the third attempt of one call."""
_TRANSIENT = frozenset({"network", "server", "timed_out"})
# For a preview the servers of the messenger would open links that are meant for one person.
_NO_PREVIEW = {"is_disabled": True}

Result = TypeVar("Result")


class TelegramChannel:
    """The channel "telegram": identifiers are chat ids, refs are message ids."""

    name = "telegram"

    def __init__(self, bot: PlainBot, pauses: tuple[float, ...] = PAUSES) -> None:
        self._bot = bot
        self._pauses = pauses
        self._reported: set[str] = set()

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        """Show a card, by editing the message `replace` if that still works; returns its ref.

        A text over 4,096 UTF-16 units becomes several messages. The last one has the buttons, and its
        ref is returned. Raises DeliveryError, with `outcome_unknown` as soon as any part may have
        arrived, so that no part is sent twice.
        """
        *first, last = split_text(card.text)
        started = False
        for part in first:
            try:
                await self._show(identifier, Card(part), replace, leave)
            except DeliveryError as problem:
                self._continue_or_raise(problem, started)
            # After the first part the rest is sent in any case.
            started, replace, leave = True, "", None
        try:
            return await self._show(identifier, Card(last, card.rows), replace, leave)
        except DeliveryError as problem:
            raise (_partly_sent(problem) if started else problem) from None

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        """Send a file with the card as its caption; returns its ref. Raises DeliveryError.

        Text beyond 1,024 UTF-16 units follows as a second message, which then has the buttons and the
        ref.
        """
        caption, rest = cut_caption(card.text)
        rows = () if rest.strip() else card.rows

        async def call() -> str:
            return await self._post_file(identifier, file, Card(caption, rows))

        ref = await self._deliver(call)
        if not rest.strip():
            return ref
        try:
            return await self.send(identifier, Card(rest, card.rows))
        except DeliveryError as problem:
            raise _partly_sent(problem) from None

    async def _show(self, chat: str, card: Card, replace: str, leave: Leave | None) -> str:
        if replace.isdecimal() and await self._edit(chat, card, int(replace)):
            return replace

        async def call() -> str:
            return await self._bot.show("sendMessage", _message(chat, card), leave)

        return await self._deliver(call)

    async def _edit(self, chat: str, card: Card, message_id: int) -> bool:
        """Edit a message; return False if it can no longer be edited and a new one must be sent."""

        async def call() -> bool:
            try:
                edited = _message(chat, card) | {"message_id": message_id}
                await self._bot.call("editMessageText", edited)
            except BadRequest as problem:
                if beyond_editing(problem):
                    return False
                if not shown_already(problem):
                    raise
            return True

        return await self._deliver(call, repeatable=True)

    async def _post_file(self, chat: str, file: File, card: Card) -> str:
        content = InputFile(file.content, filename=file.name)
        markup = _keyboard(card.rows)
        if file.picture:
            try:
                sent = await self._bot.send_photo(
                    chat, content, caption=card.text, reply_markup=markup
                )
                return str(sent.message_id)
            except BadRequest as problem:
                if not bad_picture(problem):
                    raise
        sent = await self._bot.send_document(chat, content, caption=card.text, reply_markup=markup)
        return str(sent.message_id)

    async def _deliver(
        self, call: Callable[[], Awaitable[Result]], repeatable: bool = False
    ) -> Result:
        """Make a call; retry a transient failure if nothing was accepted or it is `repeatable`."""
        for pause in self._pauses:
            try:
                return await self._once(call)
            except DeliveryError as problem:
                safe = repeatable or not problem.outcome_unknown
                if problem.reason not in _TRANSIENT or not safe:
                    raise
            await asyncio.sleep(pause)
        return await self._once(call)

    async def _once(self, call: Callable[[], Awaitable[Result]]) -> Result:
        try:
            return await call()
        except TelegramError as problem:
            meaning = translated(problem)
            if isinstance(meaning, DeliveryError) and meaning.reason == "refused":
                self._report(problem.message)
        # Raised outside of the handler: the library's error may quote what must not be logged.
        raise meaning

    def _report(self, words: str) -> None:
        """Log a refusal, which is a bug of this program; each kind once, in the messenger's words."""
        if words not in self._reported:
            self._reported.add(words)
            log.error("the messenger refused a message: %s", words[:100])

    def _continue_or_raise(self, problem: DeliveryError, started: bool) -> None:
        # One part may be missing; the last part, with the buttons, is sent all the same.
        if problem.outcome_unknown:
            log.warning("a part of a long message may be missing: %s", problem.reason)
        elif started:
            raise _partly_sent(problem)
        else:
            raise problem


def _partly_sent(problem: DeliveryError) -> DeliveryError:
    """Return the error with an unknown outcome, because a first part was sent."""
    return DeliveryError(
        problem.reason,
        permanent=problem.permanent,
        outcome_unknown=True,
        moved_to=problem.moved_to,
    )


def _message(chat: str, card: Card) -> dict[str, Any]:
    """Return a card as the Bot API takes a message."""
    message = {"chat_id": chat, "text": card.text, "link_preview_options": _NO_PREVIEW}
    keys = _keys(card.rows)
    return message | ({"reply_markup": {"inline_keyboard": keys}} if keys else {})


def _keys(rows: tuple[tuple[Button, ...], ...]) -> list[list[dict[str, str]]]:
    return [
        [{"text": button_text(b.text), "callback_data": b.token} for b in row]
        for row in rows
        if row
    ]


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    keys = [
        [InlineKeyboardButton(key["text"], callback_data=key["callback_data"]) for key in row]
        for row in _keys(rows)
    ]
    return InlineKeyboardMarkup(keys) if keys else None
