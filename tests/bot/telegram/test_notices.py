"""A group of organisers that becomes a supergroup, over real HTTP."""

from datetime import UTC, datetime

from bot.channels.telegram import TelegramChannel
from bot.memory import Memory
from bot.notices import tell
from storage.database import Database
from storage.notices import put_notices
from tests.standin.control import StandIn

NOW = datetime(2018, 8, 9, 9, tzinfo=UTC)


async def test_d09_the_same_notice_is_sent_once_to_the_supergroup_and_later_ones_go_straight_there(
    tg: StandIn, channel: TelegramChannel, database: Database
) -> None:
    successor = tg.group(-500).migrates(-1001234)
    memory = Memory(database)
    for number in range(3):
        text = f"Notice {number}"
        await memory.transact(put_notices, [text], [("telegram", "-500")], NOW)
        await tell(memory, {"telegram": channel}, NOW)
    memory.close()
    assert len(tg.calls("sendMessage", -500)) == 1
    shown = [message.text for message in successor.screen if message.kind == "text"]
    assert shown == ["Notice 0", "Notice 1", "Notice 2"]
