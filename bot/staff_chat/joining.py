"""A staff code was sent: the chat becomes a member's."""

from datetime import datetime

from sqlalchemy import Connection

from bot.desk.office.staff import join_staff
from bot.messaging.messages import Card, Reply, Say, Sender
from bot.participants.code_throttling import forget_wrong_codes
from bot.staff_chat.commands import help_card
from storage.database import Conflict
from storage.office.staff import Member, StaffRole, find_member

FIRST = {
    StaffRole.MANAGER: "First: send /report to read the results of a workshop.",
    StaffRole.ORGANISER: "First: send /workshops to see what is planned, and /rehearse to try a "
    "questionnaire yourself.",
    StaffRole.ADMINISTRATOR: "First: send /health to see whether the bot is well, and /workshops to "
    "see what is planned.",
}
"""What a new member does first."""


def join(connection: Connection, sender: Sender, code: str, now: datetime) -> Reply | None:
    """Greet a new member with what to do first; None for any code that is not of staff, or has ended."""
    try:
        member = join_staff(connection, sender, code, now)
    except Conflict as problem:
        return Reply(says=(Say(Card(str(problem))),))
    if member is None:
        return None
    forget_wrong_codes(connection, sender)
    help_ = help_card(member.role)
    return Reply(says=(Say(Card(f"{_welcome(member)}\n\n{help_.text}", help_.rows)),))


def _welcome(member: Member) -> str:
    """Return the welcome of a new member by name and role, with what to do first."""
    name = f" {member.label}" if member.label else ""
    role = f"{'an' if member.role[0] in 'ao' else 'a'} {member.role}"
    return f"Welcome{name}. You are {role} here. {FIRST[member.role]}"


def greet(connection: Connection, sender: Sender) -> Reply | None:
    """Return the help for a member who sent something no row is for; None for anybody else."""
    member = find_member(connection, sender.channel, sender.identifier)
    return Reply(says=(Say(help_card(member.role)),)) if member else None
