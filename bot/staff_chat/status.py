"""/unreachable, /health and /proceed in chat: people to call, and whether the bot is well."""

from bot.desk.people.call_list import NOBODY_TO_CALL, call_list, call_text
from bot.desk.waves import holding
from bot.messaging.messages import Card, Commanded, Reply, Say
from bot.operations.health import examine, free_bytes, health_lines
from bot.staff_chat.context import StaffContext
from storage.office.staff import Member

LISTED = 40


async def list_calls(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/unreachable: people whom no message reaches."""
    calls = await context.transactions.read(call_list, context.office, context.clock())
    lines = [call_text(call, context.office.zone) for call in calls[:LISTED]]
    if len(calls) > LISTED:
        lines.append(f"… and {len(calls) - LISTED} more")
    return Reply(says=(Say(Card("\n".join(lines) or NOBODY_TO_CALL)),))


async def show_health(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/health: what needs attention in this installation."""
    disk = free_bytes(context.transactions.database)
    health = await context.transactions.read(examine, context.office, disk, context.clock())
    return Reply(says=(Say(Card("\n".join(health_lines(health)))),))


async def proceed(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/proceed: the clock is right, so let the rounds do what is due."""
    office = context.office_of(member)
    said = await context.transactions.write(holding.continue_rounds, office, context.clock())
    return Reply(says=(Say(Card(said)),))
