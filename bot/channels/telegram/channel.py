"""Shows cards in the messenger. Knows cards and refs, not what they ask or who reads them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram import LinkPreviewOptions as Preview
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.errors import bad_picture, beyond_editing, shown_already, translated
from bot.channels.telegram.texts import button_text, cut_caption, split_text
from bot.messaging.messages import Button, Card, DeliveryError, File, Leave

log = logging.getLogger("bot.telegram")

PAUSES = (0.5, 2.0)
"""Seconds before the second and the third attempt within one call."""
_PASSING = frozenset({"network", "server", "timed_out"})
# The messenger's own machines would open links that are meant for one person.
_NO_PREVIEW = Preview(is_disabled=True)

Result = TypeVar("Result")


class TelegramChannel:
    """The channel "telegram": identifiers are chat ids, refs are message ids."""

    name = "telegram"

    def __init__(self, bot: ExtBot[Any], pauses: tuple[float, ...] = PAUSES) -> None:
        self._bot = bot
        self._pauses = pauses
        self._reported: set[str] = set()

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        """Show a card, by editing the message `replace` if that still works; returns its ref.

        A text over 4,096 UTF-16 units becomes several messages; the buttons hang on the last one,
        whose ref is returned. Raises DeliveryError, with `outcome_unknown` as soon as any part may
        have arrived, so that nobody sends the first part twice.
        """
        *first, last = split_text(card.text)
        begun = False
        for part in first:
            try:
                await self._show(identifier, Card(part), replace, leave)
            except DeliveryError as problem:
                self._go_on_or_raise(problem, begun)
            # Once begun it is told to the end.
            begun, replace, leave = True, "", None
        try:
            return await self._show(identifier, Card(last, card.rows), replace, leave)
        except DeliveryError as problem:
            raise (_half_told(problem) if begun else problem) from None

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        """Send a file with the card as its caption; returns its ref. Raises DeliveryError.

        What does not fit into 1,024 UTF-16 units follows as a message, which then has the buttons
        and gives the ref.
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
            raise _half_told(problem) from None

    async def _show(self, chat: str, card: Card, replace: str, leave: Leave | None) -> str:
        if replace.isdecimal() and await self._edit(chat, card, int(replace)):
            return replace

        async def call() -> str:
            sent = await self._bot.send_message(
                chat,
                card.text,
                reply_markup=_keyboard(card.rows),
                link_preview_options=_NO_PREVIEW,
                rate_limit_args=leave,
            )
            return str(sent.message_id)

        return await self._deliver(call)

    async def _edit(self, chat: str, card: Card, message_id: int) -> bool:
        """True when the message shows the card now, False when it can never do so again."""

        async def call() -> bool:
            try:
                await self._bot.edit_message_text(
                    card.text,
                    chat,
                    message_id,
                    reply_markup=_keyboard(card.rows),
                    link_preview_options=_NO_PREVIEW,
                )
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
        """Makes one call; again, a few times, when it surely was not taken or may be repeated."""
        for pause in self._pauses:
            try:
                return await self._once(call)
            except DeliveryError as problem:
                safe = repeatable or not problem.outcome_unknown
                if problem.reason not in _PASSING or not safe:
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
        # Outside of the handler: the library's error may quote what must not be logged.
        raise meaning

    def _report(self, words: str) -> None:
        """A refusal is a mistake of ours; each kind is logged once, in the messenger's words."""
        if words not in self._reported:
            self._reported.add(words)
            log.error("the messenger refused a message: %s", words[:100])

    def _go_on_or_raise(self, problem: DeliveryError, begun: bool) -> None:
        # A middle part that may have arrived must not keep the buttons from the reader.
        if problem.outcome_unknown:
            log.warning("a part of a long message may be missing: %s", problem.reason)
        elif begun:
            raise _half_told(problem)
        else:
            raise problem


def _half_told(problem: DeliveryError) -> DeliveryError:
    """The same error after a first part was shown: nothing of it may be sent again."""
    return DeliveryError(
        problem.reason,
        permanent=problem.permanent,
        outcome_unknown=True,
        moved_to=problem.moved_to,
    )


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    filled = [row for row in rows if row]
    if not filled:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button_text(b.text), callback_data=b.token) for b in row]
            for row in filled
        ]
    )
