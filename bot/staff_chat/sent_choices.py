"""Lists of choices that organisers have sent, kept in memory for an hour.

After a restart the file has to be sent again.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.desk.questionnaires.files import ChoiceLists
from bot.messaging.messages import Sender
from bot.staff_chat.sent_lists import FORGOTTEN_AFTER, GONE
from storage.database import NotFound


@dataclass
class SentChoice:
    """Lists of choices of a file, and who sent it."""

    number: int
    given: ChoiceLists
    at: datetime
    owner: tuple[str, str]


class SentChoices:
    """The lists that were sent in the last hour, by their numbers on buttons."""

    def __init__(self) -> None:
        self._sent: dict[int, SentChoice] = {}

    def add(self, sender: Sender, given: ChoiceLists, now: datetime) -> SentChoice:
        """Keep lists under a new number, and forget old ones."""
        kept = {key: one for key, one in self._sent.items() if one.at > now - FORGOTTEN_AFTER}
        # Counted on from the clock, so that buttons of before a restart meet no other file.
        number = max(int(now.timestamp()), max(self._sent, default=0) + 1)
        sent = SentChoice(number, given, now, (sender.channel, sender.identifier))
        self._sent = {**kept, number: sent}
        return sent

    def get(self, number: int, sender: Sender) -> SentChoice:
        """Return lists that this sender has sent. NotFound for any other."""
        sent = self._sent.get(number)
        if sent is None or sent.owner != (sender.channel, sender.identifier):
            raise NotFound(GONE)
        return sent
