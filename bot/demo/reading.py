"""The office of the demonstration reads texts in people's own words, and decides about them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from bot.demo.titles import NOT_KNOWN
from bot.demo.truth import KINDS
from bot.desk.reports.own_words import TextPlace, own_words, release, withhold
from bot.desk.reports.queued_texts import UNREAD, QueuedText
from bot.desk.reports.shortening import MASKED
from bot.desk.reports.text_marks import MarkKind
from bot.settings.office import Office

READ = {"words": 12, "evidence": 2}
"""How many texts of each workshop are read, by what they are; the others wait."""
TITLES = ("project_name", *(f"title_{kind}" for kind in KINDS))
ITEMS = ("example", "practice", "scanner_story", "message", *TITLES)
"""What is read, in this order."""
KEPT_BACK = (MarkKind.CASE, MarkKind.EMAIL)
READER = "command line (demo)"


def read_texts(connection: Connection, office: Office, now: datetime) -> None:
    """Read some texts: withhold those with a case or an address, mask names, release the others."""
    reader = office.acting_as(READER)
    for one in _some_of_each(own_words(connection, (), UNREAD, now)):
        place = TextPlace(one.case, one.item, one.fingerprint)
        if any(mark.kind in KEPT_BACK for mark in one.marks):
            withhold(connection, reader, place, now)
        else:
            release(connection, reader, place, now, _masked(one))


def _some_of_each(queue: Iterable[QueuedText]) -> Iterator[QueuedText]:
    """Yield the first texts of each workshop, examples before messages, and the first titles."""
    quotable = [one for one in queue if one.item in ITEMS and one.text != NOT_KNOWN]
    read: Counter[tuple[str, str]] = Counter()
    for one in sorted(quotable, key=_place):
        kind = one.workshop, one.kind
        if read[kind] < READ[one.kind]:
            read[kind] += 1
            yield one


def _place(one: QueuedText) -> tuple[int, str, int]:
    return ITEMS.index(one.item), one.workshop, one.case


def _masked(one: QueuedText) -> str | None:
    """Return a text without the names in it; None if there are none."""
    names = {mark.text for mark in one.marks if mark.kind is MarkKind.NAME}
    if not names:
        return None
    known = "|".join(map(re.escape, sorted(names)))
    return re.sub(rf"\b(?:{known})(?: (?:{known}))*\b", MASKED, one.text)
