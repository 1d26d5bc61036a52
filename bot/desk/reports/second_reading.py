"""The second reading of released texts: by another member, who is not shown what the first has released.

A final report quotes only what two members have released alike.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.own_words import (
    TextDecided,
    TextPlace,
    locked_text,
    own_words,
    release,
    text_in_place,
    withhold,
)
from bot.desk.reports.queued_texts import RELEASED, QueuedText
from bot.desk.reports.reading_text import Leaving
from bot.desk.reports.shortening import shortened
from bot.desk.reports.two_readers import READERS
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.cases import lock_case
from storage.office.audit import Act
from storage.responses.text_decisions import find_decision, set_second_reader

ALREADY = "You have read this text. Another member of staff reads it the second time."
DONE = "Two members of staff have read this text."
NOT_RELEASED = "This text is not released any more. Somebody has decided about it since."


@dataclass(frozen=True)
class Released:
    """What the first reader has released of a text, and what the second one would."""

    first: str
    second: str


def texts_to_read_again(connection: Connection, reader: str, now: datetime) -> list[QueuedText]:
    """Return the released texts that one other member has read, those first that a report waits for."""
    found = own_words(connection, (), RELEASED, now)
    return [one for one in found if reader not in one.read_by and len(one.read_by) < READERS]


def compared(
    connection: Connection,
    office: Office,
    place: TextPlace,
    wanted: tuple[Leaving, str],
    now: datetime,
) -> Released:
    """Return what both readers release of a text; nothing of who withholds it.

    `wanted` is what the second reader lets leave, and the shortened text. Raise BadInput for one that is
    not made of the text, Conflict if the text does not wait for this reader.
    """
    one = text_in_place(connection, place, now)
    if one.state != RELEASED:
        raise Conflict(NOT_RELEASED)
    if office.acting in one.read_by:
        raise Conflict(ALREADY)
    if len(one.read_by) >= READERS:
        raise Conflict(DONE)
    leaving, shorter = wanted
    if leaving is Leaving.WITHHOLD:
        return Released(one.released, "")
    return Released(
        one.released, one.text if leaving is Leaving.WHOLE else shortened(one.text, shorter)
    )


def read_again_by_another(
    connection: Connection,
    office: Office,
    place: TextPlace,
    wanted: tuple[Leaving, str],
    now: datetime,
    *,
    agrees: bool = False,
) -> TextDecided:
    """Store what the second reader says: agreement, a release of their own, or that it is withheld.

    With `agrees` the text of the first reader is released, whatever was wanted before. A release of
    their own makes the second reader the first one of that text. Raises what `compared` raises.
    """
    lock_case(connection, place.case)
    told = compared(connection, office, place, wanted, now)
    if not told.second and not agrees:
        return withhold(connection, office, place, now)
    return release(connection, office, place, now, told.first if agrees else told.second)


def take_agreement_back(
    connection: Connection, office: Office, place: TextPlace, now: datetime
) -> str:
    """Let a text wait for a second reader again, if the acting member was that; say what was done."""
    one = locked_text(connection, place, now)
    about = f"Case {one.case_id}, {one.item}"
    decision = find_decision(connection, one.case_id, one.item, one.fingerprint)
    if decision is None or decision.state != RELEASED or decision.second_by != office.acting:
        return f"{about}: nothing to take back. Somebody has decided about it since."
    set_second_reader(connection, decision.id, "", None)
    record(connection, office, Act.TEXT_RELEASED, f"case {one.case_id} {one.item} one reader", now)
    return f"{about} waits for a second reader again."
