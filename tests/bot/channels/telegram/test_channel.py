"""Sending: long texts, edits, files, floods. Each test reads the screen afterwards."""

import asyncio
import logging
import struct
import time
from collections.abc import Callable

import pytest
from telegram.error import NetworkError

from bot.channels.telegram import TelegramChannel, Timing
from bot.channels.telegram.calls import PlainBot
from bot.channels.telegram.texts import units
from bot.channels.telegram.transport import NotConnected, Transport
from bot.messaging.messages import Button, Card, DeliveryError, File, Leave
from bot.messaging.tokens import Action, token
from tests.bot.channels.telegram.conftest import IMPATIENT, QUICK, Diary, build
from tests.patience import PATIENCE
from tests.standin.control import StandIn
from tests.standin.faults import Fault
from tests.standin.limits import Pace
from tests.standin.people import Person

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + bytes(5)
THIN_PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 9000, 4) + bytes(5)


@pytest.fixture
def ada(tg: StandIn) -> Person:
    return tg.person(7001, "Ada", started=True)


def card(text: str, *labels: str) -> Card:
    return Card(text, tuple((Button(label, token(Action.PICK, 1, 2)),) for label in labels))


@pytest.mark.parametrize(
    "text",
    ["<3", "A & B", "Nok_", "*Star*", "[x](y)", "R&D <draft>", "`tick`", "&lt;"],
)
async def test_d16_markup_characters_are_shown_literally(
    channel: TelegramChannel, ada: Person, text: str
) -> None:
    await channel.send("7001", card(f"Hello {text}", text))
    assert (ada.last.text, ada.last.labels) == (f"Hello {text}", [text])
    assert ada.last.entities == ()


async def test_links_are_not_opened_for_a_preview(
    tg: StandIn, channel: TelegramChannel, ada: Person
) -> None:
    await channel.send("7001", Card("https://survey.example/i/abc"))
    assert tg.calls("sendMessage")[0].params["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    "text",
    ["😀" * 2049, "&" * 9000, "x" * 4090 + "👨‍👩‍👧" + "y" * 4096],
    ids=["emoji", "ampersands", "family"],
)
async def test_d11_a_long_text_arrives_whole_with_the_buttons_at_the_end(
    channel: TelegramChannel, ada: Person, text: str
) -> None:
    ref = await channel.send("7001", card(text, "Yes"))
    shown = ada.screen
    assert "".join(message.text for message in shown) == text
    assert all(units(message.text) <= 4096 for message in shown)
    assert [message.labels for message in shown] == [[]] * (len(shown) - 1) + [["Yes"]]
    assert ref == str(shown[-1].message_id)


class Flaky(Transport):
    """A connection that cannot be opened for the chosen sends."""

    def __init__(self, *broken: int) -> None:
        super().__init__(4, PATIENCE, PATIENCE, PATIENCE)
        self.broken = broken
        self.sends = 0

    async def do_request(self, url: str, *args: object, **kwargs: object) -> tuple[int, bytes]:
        if url.endswith("sendMessage"):
            self.sends += 1
            if self.sends in self.broken:
                raise NetworkError("aiohttp.NotConnected") from NotConnected("no route")
        return await super().do_request(url, *args, **kwargs)  # type: ignore[arg-type]


LONG = "a" * 4096 + "b" * 4096 + "c" * 100


async def test_d12_only_the_part_that_never_left_is_sent_again(tg: StandIn, ada: Person) -> None:
    async with PlainBot(tg.token, tg.base_url, request=Flaky(2)) as library:
        await TelegramChannel(library, (0.01,)).send("7001", card(LONG, "Yes"))
    assert [message.text[0] for message in ada.screen] == ["a", "b", "c"]
    assert [message.labels for message in ada.screen] == [[], [], ["Yes"]]


async def test_d12_a_half_told_text_is_never_begun_again(tg: StandIn, ada: Person) -> None:
    async with PlainBot(tg.token, tg.base_url, request=Flaky(2, 3)) as library:
        with pytest.raises(DeliveryError) as caught:
            await TelegramChannel(library, (0.01,)).send("7001", Card(LONG))
    assert caught.value.outcome_unknown
    assert len(ada.screen) == 1


async def test_d12_a_lost_answer_in_the_middle_does_not_cost_the_buttons(
    tg: StandIn, channel: TelegramChannel, ada: Person
) -> None:
    tg.faults.add(Fault.reset_after(skip=1))
    ref = await channel.send("7001", card(LONG, "Yes"))
    assert [message.text[0] for message in ada.screen] == ["a", "b", "c"]
    assert ref == str(ada.last.message_id)
    assert ada.last.labels == ["Yes"]


async def test_d10_after_a_flood_answer_it_waits_and_loses_nothing(
    tg: StandIn, channel: TelegramChannel
) -> None:
    people = [tg.person(7000 + n, started=True) for n in range(60)]
    tg.faults.add(Fault.flood(1, skip=30))
    for person in people:
        await channel.send(str(person.id), Card("Hello"))
    calls = tg.calls()
    refused = next(i for i, call in enumerate(calls) if call.outcome == "429")
    assert calls[refused + 1].at - calls[refused].at >= 1
    assert calls[refused + 1].chat_id == calls[refused].chat_id == people[30].id
    assert [call.chat_id for call in tg.accepted()] == [person.id for person in people]


async def test_d10_during_the_pause_no_other_chat_is_written_to(
    tg: StandIn, channel: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    people = [tg.person(7000 + n, started=True) for n in range(8)]
    tg.faults.add(Fault.flood(1, chat_id=7000))
    first = asyncio.create_task(channel.send("7000", Card("Hello")))
    await tg.until(lambda: "asks for a pause" in caplog.text)
    await asyncio.gather(first, *(channel.send(str(p.id), Card("Hello")) for p in people[1:]))
    refused, *later = tg.calls("sendMessage")
    assert all(call.at - refused.at >= 1 for call in later)
    assert len(tg.accepted()) == 8


async def test_d10_a_wait_beyond_patience_is_left_to_the_caller(
    tg: StandIn, channel: TelegramChannel, ada: Person
) -> None:
    tg.faults.add(Fault.flood(34))
    with pytest.raises(DeliveryError) as caught:
        await channel.send("7001", Card("Hello"))
    assert (caught.value.retry_after, caught.value.outcome_unknown) == (34, False)


async def test_what_waits_for_its_turn_is_asked_once_more_before_it_leaves(
    tg: StandIn, channel: TelegramChannel
) -> None:
    people = [tg.person(7000 + n, started=True) for n in range(4)]
    asked: list[bool] = []

    async def first_only() -> bool:
        asked.append(not asked)
        return asked[-1]

    waiting = (channel.send(str(p.id), Card("Hello"), leave=first_only) for p in people)
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    late = [one for one in ended if isinstance(one, DeliveryError)]
    assert [(one.reason, one.outcome_unknown, one.permanent) for one in late] == [
        ("slept", False, False)
    ] * 3
    assert len(asked) == 4
    assert len(tg.calls("sendMessage")) == 1


async def test_d10_the_real_pace_stays_under_the_limits(tg: StandIn, diary: Diary) -> None:
    """By the clock of the bot: on a busy machine messages arrive in heaps, however they left."""
    left: list[tuple[int, float]] = []

    def leaving(chat: int) -> Leave:
        async def leave() -> bool:
            left.append((chat, time.monotonic()))
            return True

        return leave

    bot = build(tg, diary, Timing())
    await bot.start(poll=False)
    people = [tg.person(7000 + n, started=True) for n in range(45)]
    send = bot.channel.send
    await asyncio.gather(*(send(str(p.id), Card("Hello"), leave=leaving(p.id)) for p in people))
    await asyncio.gather(*(send("7000", Card(str(n)), leave=leaving(7000)) for n in range(2)))
    await bot.stop()
    allowed = Pace(per_second=30, per_chat_per_second=1)
    for chat, at in left:
        allowed.take(chat, at)
    assert len(tg.accepted()) == len(left) == 47


async def test_i09_khmer_and_thai_options_fit_because_tokens_hold_numbers(
    channel: TelegramChannel, ada: Person
) -> None:
    await channel.send("7001", card("?", "ក" * 21, "ก" * 13))
    assert ada.last.labels == ["ក" * 21, "ก" * 13]
    assert all(len((b.data or "").encode()) <= 64 for row in ada.last.buttons for b in row)


async def test_i09_longest_labels_are_shortened_and_empty_ones_filled(
    channel: TelegramChannel, ada: Person
) -> None:
    await channel.send("7001", card("?", "x" * 300, ""))
    assert ada.last.labels == ["x" * 63 + "…", "…"]


async def test_our_own_mistake_is_logged_once_and_without_the_text(
    channel: TelegramChannel, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Card("Secret answer", ((Button("Yes", "x" * 65),),))
    for _ in range(2):
        with pytest.raises(DeliveryError, match="refused") as caught:
            await channel.send("7001", wrong)
        assert not caught.value.permanent
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "Secret" not in caplog.text


async def test_i02_showing_what_is_shown_already_counts_as_shown(
    tg: StandIn, channel: TelegramChannel, ada: Person
) -> None:
    ref = await channel.send("7001", card("Question", "✓ Agree"))
    again = await channel.send("7001", card("Question", "✓ Agree"), replace=ref)
    assert again == ref
    assert len(ada.screen) == 1
    assert tg.calls("editMessageText")[0].outcome == "400"


async def test_an_edit_replaces_text_and_buttons_in_place(
    channel: TelegramChannel, ada: Person
) -> None:
    ref = await channel.send("7001", card("Question 1", "Yes"))
    assert await channel.send("7001", card("Thank you"), replace=ref) == ref
    assert [(m.text, m.labels) for m in ada.screen] == [("Thank you", [])]


@pytest.mark.parametrize("replace", ["99999", "not-a-number", ""])
async def test_a_message_that_is_gone_is_replaced_by_a_new_one(
    channel: TelegramChannel, ada: Person, replace: str
) -> None:
    ref = await channel.send("7001", card("Question"), replace=replace)
    assert ref == str(ada.last.message_id)


async def test_a_message_too_old_to_edit_is_replaced_by_a_new_one(
    tg: StandIn, channel: TelegramChannel, ada: Person
) -> None:
    ref = await channel.send("7001", card("Question 1"))
    tg.faults.add(Fault.refuse(400, "Bad Request: message can't be edited"))
    assert await channel.send("7001", card("Question 2"), replace=ref) != ref
    assert ada.last.text == "Question 2"


@pytest.mark.parametrize(
    ("fault", "timing"),
    [(Fault.reset_after, QUICK), (Fault.reset_before, QUICK), (Fault.silent, IMPATIENT)],
)
async def test_an_edit_whose_answer_was_lost_is_simply_made_again(
    tg: StandIn, channel: TelegramChannel, ada: Person, fault: Callable[..., Fault]
) -> None:
    ref = await channel.send("7001", card("Question 1"))
    tg.faults.add(fault(method="editMessageText"))
    assert await channel.send("7001", card("Question 2"), replace=ref) == ref
    assert [message.text for message in ada.screen] == ["Question 2"]


async def test_a_picture_is_shown_as_one_and_a_list_as_a_file(
    channel: TelegramChannel, ada: Person
) -> None:
    await channel.send_file("7001", File("stages.png", PNG, picture=True), card("Stages", "PDF"))
    assert (ada.last.kind, ada.last.text, ada.last.labels) == ("photo", "Stages", ["PDF"])
    ref = await channel.send_file("7001", File("list.xlsx", b"PK"), Card(""))
    assert (ada.last.kind, ada.last.document) == ("document", "list.xlsx")
    assert (ada.last.file_bytes, ref) == (b"PK", str(ada.last.message_id))


async def test_a_picture_of_impossible_shape_is_sent_as_a_file(
    channel: TelegramChannel, ada: Person
) -> None:
    await channel.send_file("7001", File("wide.png", THIN_PNG, picture=True), Card("Wide"))
    assert (ada.last.kind, ada.last.file_bytes) == ("document", THIN_PNG)


async def test_d11_a_long_caption_goes_on_in_a_message_that_has_the_buttons(
    channel: TelegramChannel, ada: Person
) -> None:
    text = "😀" * 700
    ref = await channel.send_file("7001", File("a.png", PNG, picture=True), card(text, "PDF"))
    picture, rest = ada.screen
    assert picture.text + rest.text == text
    assert (picture.labels, rest.labels, ref) == ([], ["PDF"], str(rest.message_id))
