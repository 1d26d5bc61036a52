"""What readers of the office have marked in own words, and what was decided where two differ.

One row for each act; the newest of a reader counts. Marks hold for the text that was read: an answer
that is changed later comes back to be read.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select

from storage.database import NotFound
from storage.schema import theme_marks
from surveys.theme import Marks, Part


@dataclass(frozen=True)
class MarkedText:
    """The text that was read: its case and item, its fingerprint, and when it was written."""

    case_id: int
    item: str
    fingerprint: str
    answered_at: datetime


@dataclass(frozen=True)
class StoredMarks:
    """An act about the themes of a text, with its number."""

    number: int
    text: MarkedText
    marks: Marks


def add_marks(connection: Connection, text: MarkedText, marks: Marks) -> int:
    """Store an act about the themes of a text, and return its number."""
    values = {
        "case_id": text.case_id,
        "item": text.item,
        "fingerprint": text.fingerprint,
        "answered_at": text.answered_at,
        "part": marks.part,
        "themes": " ".join(sorted(marks.themes or ())),
        "taken_back": marks.themes is None,
        "marked_by": marks.by,
        "marked_at": marks.at,
    }
    added = insert(theme_marks).values(values).returning(theme_marks.c.id)
    number: int = connection.execute(added).scalar_one()
    return number


def marks_of(
    connection: Connection, case_id: int, item: str, fingerprint: str
) -> list[StoredMarks]:
    """Return all acts about the themes of a text, oldest first."""
    table = theme_marks.c
    here = (table.case_id == case_id, table.item == item, table.fingerprint == fingerprint)
    return [
        _stored(row)
        for row in connection.execute(select(theme_marks).where(*here).order_by(table.id))
    ]


def get_marks(connection: Connection, number: int) -> StoredMarks:
    """Return an act by its number. Raise NotFound if there is none."""
    wanted = select(theme_marks).where(theme_marks.c.id == number)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"There are no marks {number}.")
    return _stored(row)


def themes_marked(connection: Connection, case_id: int) -> list[tuple[str, tuple[str, ...]]]:
    """Return the items of a case with the themes that were marked in them, oldest act first."""
    here = select(theme_marks).where(theme_marks.c.case_id == case_id, theme_marks.c.themes != "")
    rows = connection.execute(here.order_by(theme_marks.c.id))
    return list(dict.fromkeys((row.item, tuple(row.themes.split())) for row in rows))


def _stored(row: Row[tuple[object, ...]]) -> StoredMarks:
    themes = None if row.taken_back else frozenset(row.themes.split())
    text = MarkedText(row.case_id, row.item, row.fingerprint, row.answered_at)
    marks = Marks(row.marked_by, row.marked_at, Part(row.part), themes)
    return StoredMarks(row.id, text, marks)
