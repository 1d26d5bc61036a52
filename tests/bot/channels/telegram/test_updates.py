"""Updates to messages: each action of a person becomes one `Inbound`, or nothing."""

import pytest

from bot.channels.telegram import TelegramBot
from bot.messaging.messages import (
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
from tests.bot.channels.telegram.conftest import Diary
from tests.standin.control import StandIn
from tests.standin.people import Person

ADA = Sender("telegram", "7001", "en")


@pytest.fixture
def ada(tg: StandIn) -> Person:
    return tg.person(7001, "Ada", started=True)


async def told(tg: StandIn, diary: Diary, count: int = 1) -> list[Inbound]:
    await tg.until(lambda: len(diary.received) >= count)
    return diary.received


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/start", "start", ""),
        ("/start r7Kq-_9", "start", "r7Kq-_9"),
        ("/start@standin_bot r7Kq", "start", "r7Kq"),
        ("/START   r7Kq ", "start", "r7Kq"),
        ("/start " + "a" * 64, "start", "a" * 64),
        ("/unknown one two", "unknown", "one two"),
    ],
)
async def test_c04_commands_keep_what_stands_behind_them(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person, text: str, name: str, argument: str
) -> None:
    ada.sends(text)
    assert await told(tg, diary) == [Commanded(ADA, name, argument)]


@pytest.mark.parametrize("text", ["regularly", " YES. ", "2", "/", "/5", "/a/b", "and / or"])
async def test_a_text_is_passed_as_it_was_typed(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person, text: str
) -> None:
    ada.sends(text)
    assert await told(tg, diary) == [Typed(ADA, text)]


async def test_a_reply_names_the_message_that_it_answers(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    first = ada.sends("one")
    ada.sends("two", reply_to=first)
    assert (await told(tg, diary, 2))[1] == Typed(ADA, "two", str(first))


async def test_i04_an_edited_message_is_never_an_answer(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    message_id = ada.sends("yse")
    ada.edits(message_id, "yes")
    assert await told(tg, diary, 2) == [Typed(ADA, "yse"), Odd(ADA, Oddity.EDITED)]


async def test_a_text_names_its_place_and_its_time_in_the_chat(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    places = [ada.sends("one"), ada.sends("two")]
    texts = [one for one in await told(tg, diary, 2) if isinstance(one, Typed)]
    assert [int(text.ref) for text in texts] == places
    dates = [message.date for message in ada.screen]
    assert [text.sent_at and int(text.sent_at.timestamp()) for text in texts] == dates


async def test_an_edited_caption_is_odd_and_a_place_shared_live_is_not_a_message_each_time(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    here = {"latitude": -18.1, "longitude": 178.4}
    place = ada.sends_content({"location": here})
    photo = ada.sends_photo(caption="ys")
    ada.moves(place, location=here)
    ada.moves(place, location=here)
    ada.moves(photo, caption="yes")
    ada.sends("end")
    found = await told(tg, diary, 4)
    assert isinstance(found.pop(1), Pictured)
    kinds = [Oddity.OTHER, Oddity.EDITED]
    assert found == [*(Odd(ADA, kind) for kind in kinds), Typed(ADA, "end")]


async def test_a_text_in_a_topic_is_odd(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ada.sends_content({"text": "yes", "message_thread_id": 7, "is_topic_message": True})
    assert await told(tg, diary) == [Odd(ADA, Oddity.TOPIC)]


async def test_a_group_is_told_once_when_the_bot_is_added(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    group = tg.group(-500)
    for old, new in (("left", "member"), ("member", "administrator"), ("administrator", "left")):
        group.changes_membership(ada, old, new)
    ada.sends("hello")
    group_sender = Sender("telegram", "-500", "en")
    found = await told(tg, diary, 2)
    # Side by side, because they are two chats.
    assert len(found) == 2
    assert Odd(group_sender, Oddity.GROUP) in found
    assert Typed(ADA, "hello") in found


async def test_i05_stickers_pictures_cards_and_forwards_are_odd(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ada.sends_sticker()
    ada.sends_photo(caption="yes")
    ada.shares_contact()
    ada.forwards("yes")
    found = await told(tg, diary, 4)
    assert isinstance(found.pop(1), Pictured)
    kinds = [Oddity.STICKER, Oddity.OTHER, Oddity.OTHER]
    assert found == [Odd(ADA, kind) for kind in kinds]
    assert tg.calls("getFile") == []


async def test_a_photo_and_a_large_document_are_fetched_only_when_somebody_asks_for_them(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    large = b"%PDF" + bytes(2_000_000)
    ada.sends_photo(b"\xff\xd8\xff a photo")
    ada.sends_document("order.pdf", large)
    photo, document = await told(tg, diary, 2)
    assert isinstance(photo, Pictured)
    assert isinstance(document, Uploaded)
    assert tg.calls("getFile") == []
    assert document.fetch is not None
    assert await photo.fetch() == b"\xff\xd8\xff a photo"
    assert await document.fetch() == large
    assert len(tg.calls("getFile")) == 2


async def test_a_file_arrives_with_its_name_its_content_and_what_is_written_beside_it(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ada.sends_document("attendance.xlsx", b"PK\x03\x04", caption="answers RM-2017 M3")
    assert await told(tg, diary) == [
        Uploaded(ADA, "attendance.xlsx", b"PK\x03\x04", 4, "answers RM-2017 M3")
    ]


async def test_a_file_of_more_than_two_megabytes_is_named_with_its_size_and_not_fetched(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ada.sends_document("film.mp4", bytes(2_000_001))
    assert await told(tg, diary) == [Uploaded(ADA, "film.mp4", b"", 2_000_001)]
    assert tg.calls("getFile") == []


async def test_a_tap_names_its_message_unless_the_messenger_lost_it(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    message_id = ada.sends("anything")
    ada.taps_data(message_id, "1p1")
    ada.taps_data(99999, "1p1")
    expected = [Tapped(ADA, "1p1", str(message_id)), Tapped(ADA, "1p1", "")]
    assert (await told(tg, diary, 3))[1:] == expected


async def test_d08_blocking_and_unblocking_are_set_from_the_event(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ada.blocks()
    ada.blocks()
    ada.unblocks()
    assert await told(tg, diary, 3) == [
        Membership(ADA, False),
        Membership(ADA, False),
        Membership(ADA, True),
    ]
    assert tg.accepted() == []


async def test_d09_both_service_messages_of_a_move_say_the_same(
    tg: StandIn, bot: TelegramBot, diary: Diary
) -> None:
    tg.group(-500).migrates(-1001234)
    moved = Moved(Sender("telegram", "-500"), "-1001234")
    assert await told(tg, diary, 2) == [moved, moved]


async def test_what_is_written_in_groups_is_not_read(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ada.sends("talk", to=tg.group(-500))
    ada.sends_content({"pinned_message": {"message_id": 1, "date": 0, "chat": ada.head}})
    ada.sends("hello")
    assert await told(tg, diary) == [Typed(ADA, "hello")]


async def test_the_language_of_the_telephone_is_told_if_it_is_known(
    tg: StandIn, bot: TelegramBot, diary: Diary
) -> None:
    tg.person(7002, "Ben", language_code=None).sends("hello")
    assert await told(tg, diary) == [Typed(Sender("telegram", "7002", ""), "hello")]


async def test_c06_a_person_is_known_by_the_account_and_never_by_its_user_name(
    tg: StandIn, bot: TelegramBot, diary: Diary, ada: Person
) -> None:
    ada.account["username"] = "mele"
    ada.sends("one")
    await told(tg, diary)
    ada.account["username"] = "mele_tupou"
    ada.sends("two")
    await told(tg, diary, 2)
    other = tg.person(7002, "Mele", started=True)
    other.account["username"] = "mele"
    other.sends("three")
    senders = [inbound.sender for inbound in await told(tg, diary, 3)]
    assert [one.identifier for one in senders] == ["7001", "7001", "7002"]
    assert not any("mele" in repr(one) for one in senders)
