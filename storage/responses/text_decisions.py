"""Decisions about texts in people's own words: one row for each; the newest row of a text counts.

The text itself stays in the answers as it was written; a decision keeps what was released of it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from storage.database import NotFound
from storage.schema import text_decisions


@dataclass(frozen=True)
class NewDecision:
    """A decision about the text of a case and item, as it was read.

    `fingerprint` and `answered_at` are those of the text that was read. `text` is what is released of
    it; '' unless the state is released. `translation` is that into English; '' if there is none.
    `reason` says why it is withheld; '' if nobody has said.
    """

    case_id: int
    item: str
    fingerprint: str
    answered_at: datetime
    state: str
    text: str
    by: str
    at: datetime
    translation: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Decision:
    """A stored decision. `second_by` has read the text too, and agrees; '' if nobody has.

    `translation` is that of the released text into English; '' if there is none. `reason` says why a
    text is withheld; '' if nobody has said.
    """

    id: int
    state: str
    text: str
    by: str
    at: datetime
    second_by: str = ""
    second_at: datetime | None = None
    translation: str = ""
    reason: str = ""


@dataclass(frozen=True)
class DecidedText:
    """The text that a decision is about, as it was read."""

    case_id: int
    item: str
    fingerprint: str
    answered_at: datetime


def find_decision(
    connection: Connection, case_id: int, item: str, fingerprint: str
) -> Decision | None:
    """Return the newest decision about a text; None if nobody has decided about it."""
    return next(iter(newest_decisions(connection, case_id, item, fingerprint, 1)), None)


def newest_decisions(
    connection: Connection, case_id: int, item: str, fingerprint: str, most: int = 2
) -> list[Decision]:
    """Return the newest decisions about a text, the newest first."""
    table = text_decisions.c
    rows = connection.execute(
        select(text_decisions)
        .where(table.case_id == case_id, table.item == item, table.fingerprint == fingerprint)
        .order_by(table.id.desc())
        .limit(most)
    )
    return [_decision_of(row) for row in rows]


def standing_decisions(connection: Connection) -> dict[tuple[int, str, str], Decision]:
    """Return the newest decision about each text, by case, item and fingerprint."""
    table = text_decisions.c
    newest = select(func.max(table.id)).group_by(table.case_id, table.item, table.fingerprint)
    rows = connection.execute(select(text_decisions).where(table.id.in_(newest)))
    return {(row.case_id, row.item, row.fingerprint): _decision_of(row) for row in rows}


def get_decision(connection: Connection, number: int) -> DecidedText:
    """Return what a decision is about, by its number. Raise NotFound if there is none."""
    wanted = select(text_decisions).where(text_decisions.c.id == number)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"There is no decision {number} about a text.")
    return DecidedText(row.case_id, row.item, row.fingerprint, row.answered_at)


def released_of(connection: Connection, case_id: int) -> list[tuple[str, str]]:
    """Return items and texts of a case as they were released, also earlier ones, oldest first.

    Translations of a text follow it.
    """
    table = text_decisions.c
    told = select(table.item, table.text, table.translation).where(table.case_id == case_id)
    rows = connection.execute(told.where(table.text != "").order_by(table.id))
    found = ((row.item, text) for row in rows for text in (row.text, row.translation) if text)
    return list(dict.fromkeys(found))


def add_decision(connection: Connection, new: NewDecision) -> int:
    """Store a decision about a text, and return its number."""
    number: int = connection.execute(
        insert(text_decisions)
        .values(
            case_id=new.case_id,
            item=new.item,
            fingerprint=new.fingerprint,
            answered_at=new.answered_at,
            state=new.state,
            text=new.text,
            translation=new.translation,
            reason=new.reason,
            decided_by=new.by,
            decided_at=new.at,
        )
        .returning(text_decisions.c.id)
    ).scalar_one()
    return number


def set_second_reader(connection: Connection, number: int, by: str, at: datetime | None) -> None:
    """Store who else has read a released text and agrees; '' and None for nobody any more."""
    row = text_decisions.c.id == number
    connection.execute(update(text_decisions).where(row).values(second_by=by, second_at=at))


def _decision_of(row: Row[tuple[object, ...]]) -> Decision:
    return Decision(
        row.id,
        row.state,
        row.text,
        row.decided_by,
        row.decided_at,
        row.second_by,
        row.second_at,
        row.translation,
        row.reason,
    )
