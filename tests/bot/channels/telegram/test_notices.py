"""A group of organisers that becomes a supergroup, over real HTTP."""

from datetime import UTC, datetime

from bot.channels.telegram import TelegramChannel
from bot.fieldwork.notices import queue_notices
from bot.outbox.notices import send_notices
from bot.runtime.transactions import Transactions
from storage.database import Database
from storage.office.staff import NewMember, StaffRole, add_member, join
from tests.standin.control import StandIn

NOW = datetime(2018, 8, 9, 9, tzinfo=UTC)


async def test_d09_the_same_notice_is_sent_once_to_the_supergroup_and_later_ones_go_straight_there(
    tg: StandIn, channel: TelegramChannel, database: Database
) -> None:
    successor = tg.group(-500).migrates(-1001234)
    transactions = Transactions(database)
    organisers = NewMember("S-1", StaffRole.ORGANISER, "Organisers", (), "command line")
    member = await transactions.write(add_member, organisers, "a-code", NOW)
    await transactions.write(join, member, ("telegram", "-500"), NOW)
    for number in range(3):
        await transactions.write(queue_notices, [f"Notice {number}"], NOW)
        await send_notices(transactions, {"telegram": channel}, NOW)
    transactions.close()
    assert len(tg.calls("sendMessage", -500)) == 1
    shown = [message.text for message in successor.screen if message.kind == "text"]
    assert shown == ["Notice 0", "Notice 1", "Notice 2"]
