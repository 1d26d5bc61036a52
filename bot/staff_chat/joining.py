"""A staff code was sent: the chat becomes a member's."""

from datetime import datetime

from sqlalchemy import Connection

from bot.desk.office.staff import join_staff
from bot.messaging.messages import Reply, Say, Sender
from bot.participants.code_throttling import forget_wrong_codes
from bot.staff_chat.commands import help_card
from storage.office.staff import find_member


def join(connection: Connection, sender: Sender, code: str, now: datetime) -> Reply | None:
    """Return the help for a new member; None for any code that is not of staff, or has ended."""
    member = join_staff(connection, sender, code, now)
    if member is None:
        return None
    forget_wrong_codes(connection, sender)
    return Reply(says=(Say(help_card(member.role)),))


def greet(connection: Connection, sender: Sender) -> Reply | None:
    """Return the help for a member who sent something no row is for; None for anybody else."""
    member = find_member(connection, sender.channel, sender.identifier)
    return Reply(says=(Say(help_card(member.role)),)) if member else None
