"""Translates updates of the messenger to `Inbound`. Decides nothing and sends nothing."""

import re
from dataclasses import replace
from datetime import datetime
from functools import partial

from telegram import CallbackQuery, ChatMemberUpdated, Document, Message, PhotoSize, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import filters

from bot.messaging.messages import (
    LARGEST_FILE,
    LONGEST_FILE_NAME,
    LONGEST_TEXT,
    Commanded,
    Inbound,
    Membership,
    Moved,
    Odd,
    Oddity,
    Pictured,
    Sender,
    Tapped,
    Typed,
    Uploaded,
)

HANDLED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of updates that are requested from the messenger."""

_COMMAND = re.compile(r"/([A-Za-z]\w{0,31})(?:@\w+)?(?:\s+(.*))?", re.DOTALL | re.ASCII)


async def read_update(
    update: Update, row: int | None = None, received_at: datetime | None = None
) -> Inbound | None:
    """Return the message of an update in a row; None for groups, other bots and service messages.

    `received_at` is when the update was taken in, if it is known. Downloads a document that
    staff may have sent; raises the library's errors if that fails.
    """
    inbound = await _read(update)
    if inbound is None:
        return None
    sender = replace(inbound.sender, row=row, received_at=received_at)
    return replace(inbound, sender=sender)


async def _read(update: Update) -> Inbound | None:
    if update.callback_query:
        return _tap(update.callback_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return None
    moved = _moved(message)
    if moved:
        return moved
    sender = _sender(message.chat.id, message.chat.type, message.from_user)
    if sender is None or filters.StatusUpdate.ALL.check_update(update):
        return None
    if update.edited_message:
        # A place that is shared live is edited every few seconds.
        return Odd(sender, Oddity.EDITED) if message.text or message.caption else None
    if message.is_topic_message:
        return Odd(sender, Oddity.TOPIC)
    return await _message(sender, message)


def _sender(chat_id: int, chat_type: str, user: User | None) -> Sender | None:
    if chat_type != ChatType.PRIVATE or user is None or user.is_bot:
        return None
    return Sender("telegram", str(chat_id), user.language_code or "")


def _tap(query: CallbackQuery) -> Inbound | None:
    message = query.message
    if message is None or query.data is None:
        return None
    sender = _sender(message.chat.id, message.chat.type, query.from_user)
    if sender is None:
        return None
    # Of an old message only the id is given, and it cannot be edited. The library still makes it a
    # Message, so its class does not tell.
    ref = str(message.message_id) if message.is_accessible else ""
    return Tapped(sender, query.data, ref)


def _membership(change: ChatMemberUpdated) -> Inbound | None:
    if change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
        return _added(change)
    sender = _sender(change.chat.id, change.chat.type, change.from_user)
    # The state is taken from the event and not toggled, because the event may come twice.
    status = change.new_chat_member.status
    if sender is None or status not in (ChatMemberStatus.BANNED, ChatMemberStatus.MEMBER):
        return None
    return Membership(sender, active=status == ChatMemberStatus.MEMBER)


def _added(change: ChatMemberUpdated) -> Inbound | None:
    """Return that the bot was added to a group; None for all else that becomes of it there."""
    inside = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)
    if change.new_chat_member.status not in inside or change.old_chat_member.status in inside:
        return None
    language = change.from_user.language_code or ""
    return Odd(Sender("telegram", str(change.chat.id), language), Oddity.GROUP)


def _moved(message: Message) -> Inbound | None:
    """Return a move of the chat, which two service messages report in either order."""
    if message.migrate_to_chat_id:
        old, new = message.chat.id, message.migrate_to_chat_id
    elif message.migrate_from_chat_id:
        old, new = message.migrate_from_chat_id, message.chat.id
    else:
        return None
    return Moved(Sender("telegram", str(old)), str(new))


async def _message(sender: Sender, message: Message) -> Inbound:
    if message.document:
        return await _document(sender, message.document, message.caption or "")
    if message.photo:
        largest = message.photo[-1]
        return Pictured(sender, largest.file_size or 0, partial(_download, largest))
    if message.sticker:
        return Odd(sender, Oddity.STICKER)
    if not message.text or message.forward_origin or len(message.text) > LONGEST_TEXT:
        return Odd(sender, Oddity.OTHER)
    command = _COMMAND.fullmatch(message.text.strip())
    if command:
        return Commanded(sender, command[1].lower(), (command[2] or "").strip())
    answered = message.reply_to_message
    ref = str(answered.message_id) if answered else ""
    return Typed(sender, message.text, ref, str(message.message_id), message.date)


async def _document(sender: Sender, document: Document, caption: str) -> Inbound:
    name, size = (document.file_name or "")[-LONGEST_FILE_NAME:], document.file_size or 0
    if size > LARGEST_FILE:
        return Uploaded(sender, name, b"", size, caption, partial(_download, document))
    file = await document.get_file()
    if (file.file_size or 0) > LARGEST_FILE:
        return Uploaded(sender, name, b"", file.file_size or 0, caption)
    content = bytes(await file.download_as_bytearray())
    return Uploaded(sender, name, content, len(content), caption)


async def _download(sent: Document | PhotoSize) -> bytes:
    """Return a file that was sent. Raises the library's errors."""
    file = await sent.get_file()
    return bytes(await file.download_as_bytearray())
