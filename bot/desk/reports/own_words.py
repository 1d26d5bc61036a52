"""The queue of texts in people's own words: read, released as a whole or shortened, or withheld.

Nothing that people wrote is quoted outside before somebody of the office has read and released it. The
answers themselves stay as they are. A text that is changed later is unread again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.queued_texts import (
    RELEASED,
    UNREAD,
    WITHHELD,
    QueuedText,
    names_of_everybody,
    queued,
    stored_texts,
)
from bot.desk.reports.shortening import shortened
from bot.desk.reports.two_readers import READERS
from bot.desk.reports.wanted_texts import in_order_wanted
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.answers import answers_of
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import lock_case
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.office.staff import member_with
from storage.responses.text_decisions import (
    NewDecision,
    add_decision,
    find_decision,
    set_second_reader,
    standing_decisions,
)
from surveys.withholding import Why

if TYPE_CHECKING:
    from analysis.measures.own_words import OwnText


@dataclass(frozen=True)
class TextPlace:
    """The text of a case and item. `read` is the fingerprint of what was read, or its beginning.

    Without it the text is taken as it stands. `by` is the staff code of a reader who is not the one who
    acts.
    """

    case: int
    item: str
    read: str = ""
    by: str = ""


@dataclass(frozen=True)
class TextDecided:
    """A text after an act, and whether the act changed anything."""

    case: int
    item: str
    state: str
    released: str
    read_by: tuple[str, ...]
    changed: bool


def list_own_words(
    database: Database, office: Office, codes: Sequence[str], state: str, now: datetime
) -> list[QueuedText]:
    """Return the texts of some workshops (all if `codes` is empty) in a state (any if '').

    The audit log has the reading before they are returned. Raise NotFound for an unknown workshop.
    """
    found = database.read(own_words, codes, state, now)
    database.run(record_read, office, " ".join(codes) or "all workshops", now, len(found))
    return found


def own_words(
    connection: Connection, codes: Sequence[str], state: str, now: datetime
) -> list[QueuedText]:
    """Return the texts of some workshops, unread ones first, and what a report waits for first.

    Whoever shows them records the reading.
    """
    for code in codes:
        get_workshop(connection, code)
    names = names_of_everybody(connection)
    found = (one for one in stored_texts(connection, codes, now) if state in ("", one.state))
    ordered = [one for one, _ in in_order_wanted(connection, found)]
    kept = any(one.state == WITHHELD for one in ordered)
    standing = standing_decisions(connection) if kept else {}
    return [queued(one, names, standing.get(one.key)) for one in ordered]


def record_read(
    connection: Connection, office: Office, about: str, now: datetime, texts: int
) -> None:
    """Record that texts were read; nothing if there were none."""
    if texts:
        record(connection, office, Act.TEXTS_READ, f"{about} own words", now, texts=texts)


def release(
    connection: Connection,
    office: Office,
    place: TextPlace,
    now: datetime,
    shorter: str | None = None,
) -> TextDecided:
    """Release a text: as it was released before, or whole; or `shorter`, made of it by leaving out.

    If another member has released it so, this is the second reader. Repeating it changes nothing. Raise
    BadInput if `shorter` is not made of the text, Conflict if there is no such text or it was changed
    since it was read.
    """
    one = locked_text(connection, place, now)
    by = reader_of(connection, office, place)
    wanted = shortened(one.text, shorter) if shorter is not None else one.released or one.text
    if one.state != RELEASED or wanted != one.released:
        _decide(connection, office, one, (RELEASED, wanted, by, ""), now)
        return TextDecided(one.case_id, one.item, RELEASED, wanted, (by,), True)
    readers = one.read_by
    second = by not in readers and len(readers) < READERS
    if second:
        _second(connection, office, one, by, now)
        readers = (*readers, by)
    return TextDecided(one.case_id, one.item, RELEASED, wanted, readers, second)


def withhold(
    connection: Connection, office: Office, place: TextPlace, now: datetime, why: Why | None = None
) -> TextDecided:
    """Withhold a text, also one that was released, and say why. Repeating it changes nothing."""
    return _set(connection, office, place, (WITHHELD, why), now)


def read_again(
    connection: Connection, office: Office, place: TextPlace, now: datetime
) -> TextDecided:
    """Put a text back among the unread ones. Repeating it changes nothing."""
    return _set(connection, office, place, (UNREAD, None), now)


def locked_text(connection: Connection, place: TextPlace, now: datetime) -> OwnText:
    """Return the text at a place, after its case is locked against answers and other readers."""
    lock_case(connection, place.case)
    return text_in_place(connection, place, now)


def text_in_place(
    connection: Connection, place: TextPlace, now: datetime, *, every: bool = False
) -> OwnText:
    """Return the text at a place.

    With `every` also one that the office alone reads. Raise Conflict if there is no such text, or it
    was changed since it was read.
    """
    file = load_file(connection, place.case)
    code = file.workshop.code
    here = (place.case, place.item)
    texts = stored_texts(connection, [code], now, file.enrolment.id, every=every)
    found = next((one for one in texts if (one.case_id, one.item) == here), None)
    if found is None:
        raise Conflict(
            f"Case {place.case} has no text {place.item!r}{'' if every else ' that may be released'}. "
            f"`followup words list {code}` shows the texts."
        )
    if not found.fingerprint.startswith(place.read):
        raise Conflict(
            f"The text {place.item!r} of case {place.case} was changed since you read it. "
            f"`followup words list {code}` shows it as it is."
        )
    return found


def reader_of(connection: Connection, office: Office, place: TextPlace) -> str:
    return member_with(connection, place.by).code if place.by else office.acting


def _set(
    connection: Connection,
    office: Office,
    place: TextPlace,
    wanted: tuple[str, Why | None],
    now: datetime,
) -> TextDecided:
    state, why = wanted
    one = locked_text(connection, place, now)
    changed = one.state != state or (why is not None and why != _reason(connection, one))
    if changed:
        by = reader_of(connection, office, place)
        _decide(connection, office, one, (state, "", by, why or ""), now)
    return TextDecided(one.case_id, one.item, state, "", (), changed)


ACTS = {RELEASED: Act.TEXT_RELEASED, WITHHELD: Act.TEXT_WITHHELD, UNREAD: Act.TEXT_UNREAD}


def _reason(connection: Connection, one: OwnText) -> str:
    known = find_decision(connection, one.case_id, one.item, one.fingerprint)
    return known.reason if known else ""


def _decide(
    connection: Connection,
    office: Office,
    one: OwnText,
    decision: tuple[str, str, str, str],
    now: datetime,
) -> None:
    """Store a decision (state, released text, reader, reason) about a text, and record it."""
    state, text, by, why = decision
    written = answers_of(connection, [one.case_id])[one.case_id][one.item].at
    add_decision(
        connection,
        NewDecision(
            *(one.case_id, one.item, one.fingerprint, written, state, text, by, now), reason=why
        ),
    )
    _record(connection, office, ACTS[state], one, by, now)


def _second(connection: Connection, office: Office, one: OwnText, by: str, now: datetime) -> None:
    """Store the second reader of a released text, and record it."""
    known = find_decision(connection, one.case_id, one.item, one.fingerprint)
    if known is not None:
        set_second_reader(connection, known.id, by, now)
    _record(connection, office, Act.TEXT_RELEASED, one, by, now)


def _record(
    connection: Connection, office: Office, act: Act, one: OwnText, by: str, now: datetime
) -> None:
    reader = "" if by == office.acting else f" by {by}"
    record(connection, office, act, f"case {one.case_id} {one.item}{reader}", now)
