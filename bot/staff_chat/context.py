"""What every handler of the staff chat works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.rehearsed_interview import Rehearsals
from bot.staff_chat.report_cache import ReportCache
from bot.staff_chat.sent_choices import SentChoices
from bot.staff_chat.sent_lists import SentLists
from storage.office.staff import Member


@dataclass(frozen=True)
class StaffContext:
    """The database, the office and the clock, and what the chat keeps in memory until a restart."""

    transactions: Transactions
    office: Office
    clock: Callable[[], datetime]
    rehearsals: Rehearsals = field(default_factory=Rehearsals)
    lists: SentLists = field(default_factory=SentLists)
    choices: SentChoices = field(default_factory=SentChoices)
    reports: ReportCache = field(default_factory=ReportCache)

    def office_of(self, member: Member) -> Office:
        """Return the office with a member acting for it, for the audit log."""
        return self.office.acting_as(member.code)
