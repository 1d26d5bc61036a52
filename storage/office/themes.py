"""The code book of the office: themes of what people write in their own words.

One row for each change; the newest of a theme counts. Nothing is deleted, so a code keeps its meaning.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select

from storage.database import NotFound
from storage.schema import themes
from surveys.theme import Content, Theme


@dataclass(frozen=True)
class ThemeChange:
    """A change of a theme, and who made it."""

    number: int
    theme: Theme
    by: str
    at: datetime


def put_theme(connection: Connection, theme: Theme, by: str, at: datetime) -> int:
    """Store what a theme is from now on, and return the number of the change.

    Of two people who change the same theme at the same moment, the second one begins again.
    """
    newest = select(func.max(themes.c.change)).where(themes.c.code == theme.code)
    change = (connection.scalar(newest) or 0) + 1
    row = {"code": theme.code, "change": change, "changed_by": by, "changed_at": at}
    added = insert(themes).values(row | asdict(theme.content)).returning(themes.c.id)
    number: int = connection.execute(added).scalar_one()
    return number


def code_book(connection: Connection) -> list[Theme]:
    """Return all themes as they stand, also retired ones, in the order in which they were added."""
    rows = connection.execute(select(themes).order_by(themes.c.id))
    return list({row.code: _change(row).theme for row in rows}.values())


def changes_of(connection: Connection, code: str) -> list[ThemeChange]:
    """Return the changes of a theme, newest first."""
    here = select(themes).where(themes.c.code == code).order_by(themes.c.id.desc())
    return [_change(row) for row in connection.execute(here)]


def get_theme_change(connection: Connection, number: int) -> ThemeChange:
    """Return a change by its number. Raise NotFound if there is none."""
    row = connection.execute(select(themes).where(themes.c.id == number)).one_or_none()
    if row is None:
        raise NotFound(f"There is no change {number} of a theme.")
    return _change(row)


def _change(row: Row[tuple[object, ...]]) -> ThemeChange:
    content = Content(row.name, row.definition, row.example, row.retired)
    return ThemeChange(row.id, Theme(row.code, content), row.changed_by, row.changed_at)
