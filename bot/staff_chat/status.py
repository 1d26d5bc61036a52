"""/unreachable and /health in chat: people to call, and whether the bot is well."""

from bot.desk.people.call_list import NOBODY_TO_CALL, call_list, call_text
from bot.messaging.messages import Card, Commanded, Reply, Say
from bot.operations.health import examine, free_bytes, health_lines
from bot.staff_chat.desk import Desk
from storage.office.staff import Member

LISTED = 40


async def list_calls(desk: Desk, command: Commanded, member: Member) -> Reply:
    """/unreachable: people whom no message reaches."""
    calls = await desk.transactions.read(call_list, desk.office, desk.clock())
    lines = [call_text(call) for call in calls[:LISTED]]
    if len(calls) > LISTED:
        lines.append(f"… and {len(calls) - LISTED} more")
    return Reply(says=(Say(Card("\n".join(lines) or NOBODY_TO_CALL)),))


async def show_health(desk: Desk, command: Commanded, member: Member) -> Reply:
    """/health: what needs attention in this installation."""
    disk = free_bytes(desk.transactions.database)
    health = await desk.transactions.read(examine, desk.office, disk, desk.clock())
    return Reply(says=(Say(Card("\n".join(health_lines(health)))),))
