"""The people and groups that tests play: what they do and what they see. Knows no HTTP."""

import re
from typing import Any

from tests.standin.calls import Json, Message
from tests.standin.limits import RefusalError, bad_request, units
from tests.standin.world import Chat, Query, Record, World

NEVER_WROTE = RefusalError(403, "Forbidden: bot can't initiate conversation with a user")
BLOCKED = RefusalError(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = RefusalError(403, "Forbidden: user is deactivated")
NOT_FOUND = bad_request("chat not found")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_OPEN: tuple[str, Json] = ("member", {})
_ADMINISTRATOR: Json = dict.fromkeys(
    (
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    False,
)
_KICKED: tuple[str, Json] = ("kicked", {"until_date": 0})


class Group(Chat):
    """A group that the bot is in."""

    def changes_membership(self, by: "Person", old: str, new: str) -> None:
        """Somebody adds the bot, promotes it, or removes it: states such as "member" and "left"."""
        with self.world.changing():
            change: Json = {"chat": self.head, "from": by.account, "date": self.world.now()}
            for key, status in (("old_chat_member", old), ("new_chat_member", new)):
                rights = _ADMINISTRATOR if status == "administrator" else {}
                change[key] = {"user": self.world.me, "status": status, **rights}
            self.world.push("my_chat_member", change)

    def migrates(self, new_chat_id: int) -> "Group":
        """The group becomes a supergroup: two service messages, the old id is refused."""
        with self.world.changing():
            head = {**self.head, "id": new_chat_id, "type": "supergroup"}
            successor = Group(self.world, head)
            text = "group chat was upgraded to a supergroup chat"
            self.barrier = bad_request(text, migrate_to_chat_id=new_chat_id)
            to = self.post("person", self.world.me, {"migrate_to_chat_id": new_chat_id})
            back = successor.post("person", self.world.me, {"migrate_from_chat_id": self.id})
            self.world.push("message", to.json())
            self.world.push("message", back.json())
        return successor


class Person(Chat):
    """A person and her private chat with the bot."""

    def __init__(self, world: World, account: Json, started: bool) -> None:
        self.account = account
        self.pause = 5
        """Seconds from one of her messages to the next at least, by the messenger's clock.

        Tests are faster than people, so the messenger's dates may lie in the future.
        """
        self._last = 0
        names = ("id", "first_name", "last_name", "username")
        head = {key: account[key] for key in names if key in account} | {"type": "private"}
        super().__init__(world, head, None if started else NEVER_WROTE)

    # What she writes

    def sends(self, text: str, reply_to: int | None = None, to: Group | None = None) -> int:
        """Sends a text, here or to a group; returns its message_id."""
        content: Json = {"text": text}
        commands = [
            {
                "type": "bot_command",
                "offset": units(text[: found.start()]),
                "length": units(found[0]),
            }
            for found in _COMMAND.finditer(text)
        ]
        if commands:
            content["entities"] = commands
        return self.sends_content(content, reply_to, to)

    def sends_content(
        self, content: Json, reply_to: int | None = None, to: Group | None = None
    ) -> int:
        """Sends any message: `content` are its fields in the Bot API; returns its message_id."""
        with self.world.changing():
            chat = to or self
            if chat is self:
                self._may_write()
            if reply_to is not None:
                content = {**content, "reply_to_message": chat.reply_target(reply_to)}
            self._last = max(self.world.now(), self._last + self.pause)
            content = {"date": self._last, **content}
            record = chat.post("person", self.account, content)
            self.world.push("message", record.json())
            return record.message_id

    def sends_sticker(self) -> int:
        """Sends a sticker."""
        size = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        names = {"file_id": "sticker-1", "file_unique_id": "usticker-1", "emoji": "👍"}
        return self.sends_content({"sticker": {**names, "type": "regular", **size}})

    def sends_photo(self, content: bytes = b"\xff\xd8\xff\xe0", caption: str = "") -> int:
        """Sends a picture."""
        file = self.world.keep_file("photo", "photo.jpg", "image/jpeg", content)
        fields: Json = {"photo": [{**file.json(), "width": 1280, "height": 720}]}
        return self._sends_file({**fields, **({"caption": caption} if caption else {})}, content)

    def sends_document(
        self,
        name: str,
        content: bytes,
        mime_type: str = "application/octet-stream",
        caption: str = "",
    ) -> int:
        """Sends a file that the bot can fetch."""
        file = self.world.keep_file("document", name, mime_type, content)
        fields = {**file.json(), "file_name": name, "mime_type": mime_type}
        beside = {"caption": caption} if caption else {}
        return self._sends_file({"document": fields, **beside}, content)

    def shares_contact(self, phone_number: str = "+6790000000") -> int:
        """Shares her own telephone number."""
        fields = {"phone_number": phone_number, "user_id": self.id}
        return self.sends_content(
            {"contact": {**fields, "first_name": self.account["first_name"]}}
        )

    def forwards(self, text: str, author: str = "Somebody") -> int:
        """Forwards a text of somebody who hides the account."""
        origin = {"type": "hidden_user", "sender_user_name": author, "date": self.world.now()}
        return self.sends_content({"text": text, "forward_origin": origin})

    def edits(self, message_id: int, text: str) -> None:
        """Edits a text that she sent before."""
        with self.world.changing():
            self._may_write()
            record = self.records[message_id]
            assert record.sender == "person", "she can edit only what she wrote"
            record.body.update(text=text, edit_date=self.world.now())
            record.body.pop("entities", None)
            record.edited += 1
            self.world.push("edited_message", record.json())

    def moves(self, message_id: int, **changes: Json) -> None:
        """Changes other fields of what she sent: a caption, or a place that is shared live."""
        with self.world.changing():
            self._may_write()
            record = self.records[message_id]
            record.body.update(changes, edit_date=self.world.now())
            record.edited += 1
            self.world.push("edited_message", record.json())

    # What she taps

    def taps(self, label: str, message_id: int | None = None, times: int = 1) -> None:
        """Taps the button with this text on the newest message that has it.

        A button of a reply keyboard works as well: it sends its text.
        """
        with self.world.lock:
            for message in reversed(self.screen):
                found = _data(message, label)
                if found is not None and message_id in (None, message.message_id):
                    return self.taps_data(message.message_id, found, times)
            if message_id is None and any(label in row for row in self.reply_keyboard):
                self.sends(label)
                return None
            there = {message.message_id: message.labels for message in self.screen}
        raise AssertionError(f"no button {label!r} to tap; buttons by message: {there}")

    def taps_data(self, message_id: int, data: str, times: int = 1) -> None:
        """Taps with raw data: a button that is gone, or one that never was."""
        with self.world.changing():
            self._may_write()
            for _ in range(times):
                query_id = str(self.world.next_number("query", 5_000_000))
                self.world.queries[query_id] = Query(self)
                query: Json = {"id": query_id, "from": self.account, "data": data}
                query |= {"chat_instance": str(self.id), "message": self._tapped(message_id)}
                self.world.push("callback_query", query)

    # What becomes of her account

    def blocks(self) -> None:
        """Blocks the bot."""
        self._membership(_KICKED, BLOCKED)

    def unblocks(self) -> None:
        """Unblocks the bot."""
        self._membership(_OPEN, None)

    def deactivates(self) -> None:
        """Her account is deleted; the bot gets no update of it."""
        self._bar(DEACTIVATED)

    def never_existed(self) -> None:
        """There is no such chat."""
        self._bar(NOT_FOUND)

    def _bar(self, barrier: RefusalError | None) -> None:
        with self.world.changing():
            self.barrier = barrier

    def _membership(self, new: tuple[str, Json], barrier: RefusalError | None) -> None:
        with self.world.changing():
            old = _KICKED if self.barrier is BLOCKED else _OPEN
            self._bar(barrier)
            change: Json = {"chat": self.head, "from": self.account, "date": self.world.now()}
            for key, (status, more) in (("old_chat_member", old), ("new_chat_member", new)):
                change[key] = {"user": self.world.me, "status": status, **more}
            self.world.push("my_chat_member", change)

    def _may_write(self) -> None:
        barred = self.barrier is not None and self.barrier is not NEVER_WROTE
        assert not barred, f"{self.id} cannot write to the bot: {self.barrier}"
        self.barrier = None

    def _sends_file(self, fields: Json, content: bytes) -> int:
        with self.world.changing():
            message_id = self.sends_content(fields)
            self.records[message_id].content = content
            return message_id

    def _tapped(self, message_id: int) -> Json:
        record: Record | None = self.records.get(message_id)
        # A message that is gone arrives as "inaccessible": only its place, and date 0.
        gone: dict[str, Any] = {"chat": self.head, "message_id": message_id, "date": 0}
        return record.json() if record else gone


def _data(message: Message, label: str) -> str | None:
    """The data behind a button with this text."""
    cells = (cell for row in message.buttons for cell in row)
    return next((cell.data for cell in cells if cell.text == label and cell.data), None)
