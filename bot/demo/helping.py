"""The office of the demonstration helps: it takes up what was asked for, says what was done, and one
manager reads the monthly message.
"""

from datetime import UTC, date, datetime

from sqlalchemy import Connection

from bot.demo.messenger import NAME
from bot.demo.reading import READER
from bot.desk.asked.acts import approve, close, take_up
from bot.desk.asked.listing import Wanted
from bot.desk.office.digest_wishes import set_digest
from bot.desk.office.staff import StaffInvitation, add
from bot.settings.office import Office
from storage.office.digests import Way
from storage.office.staff import StaffRole, find_member, join

HELPED_AT = datetime(2018, 5, 14, 3, tzinfo=UTC)
"""After the wave of three months has closed, and before the next one invites."""
WISHED_AT = datetime(2018, 7, 20, 3, tzinfo=UTC)
DIGEST_AT = datetime(2018, 8, 1, 3, tzinfo=UTC)
"""Ten o'clock at the office, on the first working day of August."""
ENDED_AT = datetime(2018, 8, 2, 3, tzinfo=UTC)
MANAGER = "manager"
"""The chat of the manager."""
TEMPLATES, ADVICE = Wanted("RM-2017", "templates"), Wanted("RM-2017", "expert")
SENTENCES = {
    "en": "Model texts of procedures are at https://example.org/model-texts.",
    "fr": "Des textes types de procédures sont à l’adresse https://example.org/model-texts.",
}


def help_people(connection: Connection, office: Office, now: datetime) -> None:
    """Take up advice, and close what was asked for as templates; invitations may say so."""
    helping = office.acting_as(READER)
    take_up(connection, helping, ADVICE, date(2018, 9, 28), now)
    close(connection, helping, TEMPLATES, SENTENCES, now)
    approve(connection, helping, TEMPLATES, now)


def wish_digest(connection: Connection, office: Office, now: datetime) -> None:
    """Let a manager join who wishes the monthly message."""
    added = add(connection, office, StaffInvitation(StaffRole.MANAGER, "Manager", (), ()), now)
    join(connection, added.member, (NAME, MANAGER), now)
    set_digest(connection, office.acting_as(added.member.code), added.member.code, Way.CHAT, now)


def end_digest(connection: Connection, office: Office, now: datetime) -> None:
    """The manager has seen one, and wishes no more: each of them costs the demonstration time."""
    member = find_member(connection, NAME, MANAGER)
    if member is not None:
        set_digest(connection, office.acting_as(member.code), member.code, None, now)
