"""Polls: an update is confirmed when it is stored, and handled once, whatever comes between."""

from bot.channels.telegram import TelegramBot
from bot.inbox.work import MOST_TRIES
from bot.messaging.messages import Typed
from tests.bot.channels.telegram.conftest import Diary, build, echo
from tests.standin.control import StandIn


async def test_an_update_is_confirmed_when_it_is_stored_and_before_it_is_decided(
    tg: StandIn, bot: TelegramBot, diary: Diary
) -> None:
    diary.open_door.clear()
    tg.person(7001, "Ada").sends("hello")
    await tg.until(lambda: diary.received and tg.pending == 0)
    assert diary.finished == 0
    diary.open_door.set()
    await tg.until(lambda: diary.finished)
    assert len(diary.received) == 1


async def test_an_update_that_is_slow_to_decide_does_not_hold_others_back(
    tg: StandIn, bot: TelegramBot, diary: Diary
) -> None:
    diary.open_door.clear()
    tg.person(7001, "Ada").sends("slow")
    await tg.until(lambda: diary.received)
    ben = tg.person(7002, "Ben")
    ben.sends("quick")
    await tg.until(lambda: len(diary.received) == 2)
    # Ben's update is settled first; it must not come again while Ada's is in progress.
    diary.open_door.set()
    ben.sends("again")
    await tg.until(lambda: diary.finished == 3)
    texts = [inbound.text for inbound in diary.received if isinstance(inbound, Typed)]
    assert sorted(texts) == ["again", "quick", "slow"]


async def test_an_update_that_fails_is_given_up_and_not_asked_for_again(
    tg: StandIn, bot: TelegramBot, diary: Diary
) -> None:
    def broken(_: object) -> None:
        raise ValueError

    diary.answer = broken  # type: ignore[assignment]
    tg.person(7001, "Ada").sends("hello")
    await tg.until(lambda: len(diary.received) == MOST_TRIES)
    tg.person(7002, "Ben").sends("hello")
    await tg.until(lambda: len(diary.received) == 2 * MOST_TRIES)
    assert tg.pending == 0


async def test_after_a_clean_stop_nothing_comes_a_second_time(tg: StandIn, diary: Diary) -> None:
    diary.answer = echo
    bot = build(tg, diary)
    await bot.start()
    tg.person(7001, "Ada").sends("hello")
    await tg.until(lambda: diary.received)
    await bot.stop()
    assert tg.pending == 0
    again = build(tg, diary)
    await again.start()
    asked = len(tg.calls("getUpdates"))
    await tg.until(lambda: len(tg.calls("getUpdates")) > asked)
    await again.stop()
    assert len(diary.received) == 1
