"""A notice is one for each chat and text, also when a chat moves into one that has it already."""

from datetime import timedelta

from sqlalchemy import func, select

from storage.database import Database
from storage.office.notices import SAME_WORDS, move_chat, put_notices, set_next, take_due
from storage.office.staff import NewMember, StaffRole, add_member, chats_of, join
from storage.office.wave_messages import WaveMessage, messages_of, put_message
from storage.schema import notices
from tests.storage.world import NOW, WORKSHOP, World

OLD, NEW = ("demo", "901"), ("demo", "-100901")


def followed(chat: tuple[str, str], ref: str) -> WaveMessage:
    return WaveMessage(WORKSHOP.code, "M6", *chat, "S-EVA", ref, "Wave", NOW)


def test_a_chat_that_moves_keeps_one_of_what_both_have(database: Database, world: World) -> None:
    for chat in (OLD, NEW):
        database.run(put_notices, ["News"], [chat], NOW)
        database.run(put_message, followed(chat, chat[1]))
    database.run(put_notices, ["Only in the old one"], [OLD], NOW)
    database.run(move_chat, *OLD, NEW[1])
    found = database.run(take_due, NOW)
    assert sorted((one.identifier, one.text) for one in found) == [
        (NEW[1], "News"),
        (NEW[1], "Only in the old one"),
    ]
    assert [one.ref for one in database.read(messages_of)] == [NEW[1]]


def test_a_member_moves_with_the_chat_unless_somebody_has_joined_there(
    database: Database, world: World
) -> None:
    members = [
        database.run(add_member, NewMember(code, StaffRole.ORGANISER, code, (), "test"), code, NOW)
        for code in ("S-EVA", "S-FAY")
    ]
    database.run(join, members[0], OLD, NOW)
    database.run(move_chat, *OLD, NEW[1])
    assert database.read(chats_of, StaffRole.ORGANISER) == [NEW]
    database.run(join, members[1], OLD, NOW)
    database.run(move_chat, *OLD, NEW[1])
    assert database.read(chats_of, StaffRole.ORGANISER) == [NEW, OLD]


def test_the_same_words_are_sent_again_after_a_day_and_stand_there_once(
    database: Database, world: World
) -> None:
    database.run(put_notices, ["News"], [OLD, OLD], NOW)
    database.run(lambda c: set_next(c, take_due(c, NOW), None))
    database.run(put_notices, ["News"], [OLD], NOW + timedelta(hours=1))
    assert database.run(take_due, NOW + timedelta(hours=2)) == []
    database.run(put_notices, ["News"], [OLD], NOW + SAME_WORDS)
    assert [one.text for one in database.run(take_due, NOW + SAME_WORDS)] == ["News"]
    assert database.read(lambda c: c.scalar(select(func.count()).select_from(notices))) == 1
