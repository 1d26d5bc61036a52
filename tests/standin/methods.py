"""The methods of the Bot API that the stand-in plays. Knows the chats, not HTTP."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from tests.standin.calls import Call, Json, Notice, Upload
from tests.standin.limits import (
    DOCUMENT_BYTES,
    PHOTO_BYTES,
    RefusalError,
    bad_request,
    check_caption,
    check_markup,
    check_text,
    photo_size,
    units,
)
from tests.standin.markup import visible
from tests.standin.world import CONFLICT, Chat, Record, StoredFile, World

SENDS = ("sendMessage", "sendPhoto", "sendDocument")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_ACTIONS = {"typing", "upload_photo", "upload_document", "find_location", "choose_sticker"}
_PLAIN_SETTINGS = (
    "setMyName",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
)


class Methods:
    """Carries out one call: returns the result as JSON or raises a RefusalError."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._table: dict[str, Callable[[Call], Any]] = {
            "getMe": self._me,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "sendChatAction": self._send_action,
            "editMessageText": self._edit_text,
            "editMessageCaption": self._edit_caption,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer_query,
            "getChat": self._get_chat,
            "getFile": self._get_file,
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "deleteMyCommands": self._delete_commands,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            **dict.fromkeys(_PLAIN_SETTINGS, self._set_plainly),
        }

    def carry_out(self, call: Call) -> Any:
        """Any method but getUpdates; the caller holds the lock."""
        method = self._table.get(call.method)
        if method is None:
            raise RefusalError(404, "Not Found")
        result = method(call)
        call.accepted = True
        return result

    async def get_updates(self, call: Call, gone: Callable[[], bool]) -> list[Json]:
        """A real long poll; `gone` says that the client has hung up."""
        updates, params = self.world.updates, call.params
        with self.world.changing():
            if self.world.settings.get(("webhook",)):
                raise RefusalError(409, _WEBHOOK)
            updates.poll += 1
            mine = updates.poll
            updates.confirm(params.get("offset") or 0)
            if "allowed_updates" in params:
                updates.allowed = params["allowed_updates"]
        await self.world.wait_async(
            lambda: updates.queue or updates.poll != mine or gone(), params.get("timeout") or 0
        )
        with self.world.lock:
            if updates.poll != mine:
                raise RefusalError(409, CONFLICT)
            call.accepted = True
            return updates.queue[: params.get("limit") or 100]

    # Sending

    def _send_message(self, call: Call) -> Json:
        text, entities = _formatted(call.params, "text", "entities")
        check_text(text)
        return self._send(call, {"text": text} | ({"entities": entities} if entities else {}))

    def _send_photo(self, call: Call) -> Json:
        caption = _caption(call.params)
        file = self._file(call.params.get("photo"), "photo", PHOTO_BYTES)
        width, height = photo_size(file.content)
        sizes = [{**file.json(), "width": width, "height": height}]
        return self._send(call, {"photo": sizes, **caption}, file.content)

    def _send_document(self, call: Call) -> Json:
        caption = _caption(call.params)
        file = self._file(call.params.get("document"), "document", DOCUMENT_BYTES)
        fields = {**file.json(), "file_name": file.name, "mime_type": file.mime_type}
        return self._send(call, {"document": fields, **caption}, file.content)

    def _send(self, call: Call, content: Json, file_bytes: bytes | None = None) -> Json:
        markup = call.params.get("reply_markup")
        check_markup(markup)
        chat = self.world.chat(call.params.get("chat_id"))
        content |= _reply(chat, call.params.get("reply_parameters"))
        self.world.pace.take(chat.id, time.monotonic())
        if markup and "inline_keyboard" in markup:
            content["reply_markup"] = markup
        elif markup:
            chat.reply_keyboard = _labels(markup)
        record = chat.post("bot", self.world.me, content)
        record.content = file_bytes
        call.message = record.view()
        chat.shown_by_bot()
        return record.json()

    def _send_action(self, call: Call) -> bool:
        if call.params.get("action") not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        self.world.chat(call.params.get("chat_id"))
        return True

    def _file(self, given: object, kind: str, limit: int) -> StoredFile:
        if isinstance(given, Upload):
            if not given.content:
                raise bad_request("file must be non-empty")
            if len(given.content) > limit:
                raise RefusalError(413, "Request Entity Too Large")
            return self.world.keep_file(kind, given.name, given.mime_type, given.content)
        if not given:
            raise bad_request(f"there is no {kind} in the request")
        if str(given) not in self.world.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self.world.files[str(given)]

    # Changing

    def _edit_text(self, call: Call) -> Json:
        text, entities = _formatted(call.params, "text", "entities")
        check_text(text)
        return self._edit(call, "text", {"text": text, "entities": entities})

    def _edit_caption(self, call: Call) -> Json:
        caption = {"caption": None, "caption_entities": None, **_caption(call.params)}
        return self._edit(call, "caption", caption)

    def _edit_markup(self, call: Call) -> Json:
        return self._edit(call, "", {})

    def _edit(self, call: Call, part: str, change: Json) -> Json:
        markup = call.params.get("reply_markup")
        check_markup(markup)
        record = self._record(call, "edit")
        if record.sender != "bot":
            raise bad_request("message can't be edited")
        if part == "text" and "text" not in record.body:
            raise bad_request("there is no text in the message to edit")
        if part == "caption" and "text" in record.body:
            raise bad_request("there is no caption in the message to edit")
        # An edit without a keyboard takes the old keyboard away, and so does an empty one.
        keyboard = markup if markup and markup.get("inline_keyboard") else None
        new = {**record.body, **change, "reply_markup": keyboard}
        new = {key: value for key, value in new.items() if value not in (None, [], "")}
        if new == record.body:
            raise bad_request(_NOT_MODIFIED)
        record.body = json.loads(json.dumps(new))
        record.edited += 1
        record.body["edit_date"] = self.world.now()
        call.message = record.view()
        self.world.chat(call.params.get("chat_id")).shown_by_bot()
        return record.json()

    def _delete(self, call: Call) -> bool:
        record = self._record(call, "delete")
        del self.world.chat(call.params["chat_id"]).records[record.message_id]
        return True

    def _record(self, call: Call, purpose: str) -> Record:
        chat = self.world.chat(call.params.get("chat_id"))
        record = chat.records.get(call.params.get("message_id", 0))
        if record is None:
            raise bad_request(f"message to {purpose} not found")
        return record

    def _answer_query(self, call: Call) -> bool:
        query = self.world.queries.get(str(call.params.get("callback_query_id")))
        if query is None or query.old:
            raise bad_request(_TOO_OLD)
        text = call.params.get("text") or ""
        if units(text) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        query.chat.shown.append(Notice(text, bool(call.params.get("show_alert"))))
        return True

    # Asking and setting

    def _me(self, _: Call) -> Json:
        abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
        return {**self.world.me, **dict.fromkeys(abilities, False)}

    def _get_chat(self, call: Call) -> Json:
        chat = self.world.chat(call.params.get("chat_id"))
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        accepted = dict.fromkeys((*gifts, "gifts_from_channels"), False)
        numbers = {"accent_color_id": 0, "max_reaction_count": 11}
        return {**chat.head, **numbers, "accepted_gift_types": accepted}

    def _get_file(self, call: Call) -> Json:
        file = self.world.files.get(str(call.params.get("file_id")))
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return {**file.json(), "file_path": file.path}

    def _set_commands(self, call: Call) -> bool:
        commands = call.params.get("commands") or []
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= units(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.world.settings[commands_key(call.params)] = commands
        return True

    def _get_commands(self, call: Call) -> Any:
        return self.world.settings.get(commands_key(call.params), [])

    def _delete_commands(self, call: Call) -> bool:
        self.world.settings.pop(commands_key(call.params), None)
        return True

    def _set_plainly(self, call: Call) -> bool:
        self.world.settings[(call.method,)] = call.params
        return True

    def _set_webhook(self, call: Call) -> bool:
        self.world.settings[("webhook",)] = call.params.get("url", "")
        return self._drop_pending(call)

    def _delete_webhook(self, call: Call) -> bool:
        self.world.settings.pop(("webhook",), None)
        return self._drop_pending(call)

    def _drop_pending(self, call: Call) -> bool:
        if call.params.get("drop_pending_updates"):
            self.world.updates.queue.clear()
        return True

    def _webhook_info(self, _: Call) -> Json:
        url = self.world.settings.get(("webhook",), "")
        pending = len(self.world.updates.queue)
        return {"url": url, "has_custom_certificate": False, "pending_update_count": pending}


def commands_key(params: Json) -> tuple[str, ...]:
    """Where the commands for a scope and a language are kept."""
    scope = params.get("scope") or {"type": "default"}
    return "commands", json.dumps(scope, sort_keys=True), params.get("language_code") or ""


def _formatted(params: Json, text: str, entities: str) -> tuple[str, list[Json]]:
    return visible(params.get(text) or "", params.get("parse_mode"), params.get(entities))


def _caption(params: Json) -> Json:
    caption, entities = _formatted(params, "caption", "caption_entities")
    check_caption(caption)
    fields = {"caption": caption, "caption_entities": entities}
    return {key: value for key, value in fields.items() if value}


def _reply(chat: Chat, reply: Json | None) -> Json:
    if not reply:
        return {}
    if reply["message_id"] not in chat.records and reply.get("allow_sending_without_reply"):
        return {}
    return {"reply_to_message": chat.reply_target(reply["message_id"])}


def _labels(markup: Json) -> list[list[str]]:
    rows = markup.get("keyboard", [])
    return [[cell if isinstance(cell, str) else cell["text"] for cell in row] for row in rows]
