"""The office of the demonstration reads texts in people's own words, and decides about them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.reports.own_words import TextPlace, own_words, release, withhold
from bot.desk.reports.queued_texts import UNREAD, QueuedText
from bot.desk.reports.shortening import MASKED
from bot.desk.reports.text_marks import MarkKind
from bot.settings.office import Office

READ = 12
"""How many texts of each workshop are read; the others wait."""
ITEMS = ("example", "practice", "scanner_story", "message")
"""What is read, in this order."""
READER = "command line (demo)"


def read_texts(connection: Connection, office: Office, now: datetime) -> None:
    """Read some texts: withhold one with the number of a case, mask names, release the others."""
    reader = office.acting_as(READER)
    for one in _some_of_each(own_words(connection, (), UNREAD, now)):
        place = TextPlace(one.case, one.item, one.fingerprint)
        if any(mark.kind is MarkKind.CASE for mark in one.marks):
            withhold(connection, reader, place, now)
        else:
            release(connection, reader, place, now, _masked(one))


def _some_of_each(queue: Iterable[QueuedText]) -> Iterator[QueuedText]:
    """Yield the first texts of each workshop, examples before messages."""
    quotable = [one for one in queue if one.item in ITEMS]
    read: Counter[str] = Counter()
    for one in sorted(quotable, key=lambda one: ITEMS.index(one.item)):
        if read[one.workshop] < READ:
            read[one.workshop] += 1
            yield one


def _masked(one: QueuedText) -> str | None:
    """Return a text without the names in it; None if there are none."""
    names = {mark.text for mark in one.marks if mark.kind is MarkKind.NAME}
    if not names:
        return None
    known = "|".join(map(re.escape, sorted(names)))
    return re.sub(rf"\b(?:{known})(?: (?:{known}))*\b", MASKED, one.text)
