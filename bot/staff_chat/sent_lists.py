"""Lists of people and calendars that organisers have sent and not saved yet.

They are kept in the memory of the process only, so that names stand in no table but their own.
After a restart the file has to be sent again.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.importing.files import digest_of
from bot.importing.rows.open_questions import Question
from bot.importing.rows.rows import Events, List
from bot.importing.tables.cells import Book
from bot.messaging.messages import Sender, Uploaded
from bot.runtime.sandbox import file_label
from storage.database import NotFound
from surveys.workshop import Workshop

FORGOTTEN_AFTER = timedelta(hours=1)
GONE = "The bot does not keep this list any more. Please send the file again."


@dataclass
class Sent:
    """A file that was sent: what it holds, the answers so far, and what was saved, in words.

    `people` is None for a table of which it is not known yet what it lists.
    """

    number: int
    read: Book | Events
    name: str
    people: bool | None
    at: datetime
    owner: tuple[str, str]
    workshop: Workshop | None = None
    answers: dict[str, str] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)
    saved: str = ""
    digest: str = ""
    wave: str = ""
    """Of a table of earlier answers: the key of the wave they are for."""

    def given(self, *, dry_run: bool) -> List:
        """Return the file with the answers so far, to be imported."""
        return List(self.read, self.name, dry_run, dict(self.answers), self.digest)

    def place_of(self, question: Question) -> int:
        """Return the number of a question on buttons; it stays while other questions are answered."""
        known = [one.key for one in self.asked]
        if question.key not in known:
            self.asked.append(question)
            return len(known)
        return known.index(question.key)


class SentLists:
    """The files that were sent in the last hour, by their numbers on buttons."""

    def __init__(self) -> None:
        self._sent: dict[int, Sent] = {}
        self._last = 0

    def add(
        self, uploaded: Uploaded, read: Book | Events, *, people: bool | None, now: datetime
    ) -> Sent:
        """Keep a list of people (else a calendar) under a new number, and forget old ones."""
        self._sent = {
            key: one for key, one in self._sent.items() if one.at > now - FORGOTTEN_AFTER
        }
        # Counted on from the clock, so that buttons of before a restart meet no other file.
        self._last = max(self._last + 1, int(now.timestamp()))
        name = file_label(uploaded.file_name) or "list"
        digest = digest_of(uploaded.content)
        owner = _owner(uploaded.sender)
        sent = Sent(self._last, read, name, people, now, owner, digest=digest)
        self._sent[sent.number] = sent
        return sent

    def get(self, number: int, sender: Sender) -> Sent:
        """Return a list that this sender has sent. NotFound for any other."""
        sent = self._sent.get(number)
        if sent is None or sent.owner != _owner(sender):
            raise NotFound(GONE)
        return sent

    def drop(self, sent: Sent) -> None:
        """Forget a list."""
        self._sent.pop(sent.number, None)


def _owner(sender: Sender) -> tuple[str, str]:
    return sender.channel, sender.identifier
