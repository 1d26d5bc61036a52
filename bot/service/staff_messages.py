"""What the jobs of a process work with that send messages to members of staff, one after the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.messaging.messages import Card, Channel
from bot.outbox.guarded import Troubles
from bot.runtime.transactions import Transactions
from bot.settings.office import Office


@dataclass(frozen=True)
class StaffMessage:
    """A message on its way to a member; `at` is the time of its claim."""

    identifier: str
    card: Card
    at: datetime


class StaffMessages:
    """The database, the office, the channels and the clock of a job."""

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._channels = channels
        self._clock = clock
        self._troubles = Troubles()
