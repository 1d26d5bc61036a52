"""/asked in chat: what people asked the office for, and where it stands. Acts are at the desk."""

from collections.abc import Sequence

from bot.desk.asked.listing import AskedHelp, asked_help, standing_words
from bot.messaging.messages import Card, Commanded, Reply, Say
from bot.staff_chat.context import StaffContext
from bot.wording.counts import counted
from storage.fieldwork.workshop_names import code_of
from storage.office.staff import Member

LISTED = 20
NOTHING = "Nobody has asked for help yet."
WHERE = "To take it up or close it: /desk, People, Asked of the office."


async def list_asked(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/asked: what was asked for in all workshops; with a code, in one."""
    typed = command.argument.strip()
    code = await context.transactions.read(code_of, typed) if typed else ""
    found = await context.transactions.read(asked_help, code)
    return Reply(says=(Say(Card(_text(found))),))


def _text(found: Sequence[AskedHelp]) -> str:
    if not found:
        return NOTHING
    more = len(found) - LISTED
    lines = [_line(one) for one in found[:LISTED]]
    return "\n".join([*lines, *([f"… and {more} more"] if more > 0 else []), "", WHERE])


def _line(one: AskedHelp) -> str:
    who = f"{one.need.administration}, {counted(one.people, 'person', 'people')}"
    return f"{one.need.workshop}: {one.label} ({who}): {standing_words(one)}"
