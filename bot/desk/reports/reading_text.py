"""What one reader says of a text at a screen, in one act: what may leave the office, and its themes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.desk.reports.own_words import TextDecided, TextPlace, read_again, release, withhold
from bot.desk.reports.theme_marks import ThemesMarked, mark, take_back
from bot.desk.reports.translating import TextTranslated, translate
from bot.settings.office import Office
from surveys.withholding import Why


class Leaving(StrEnum):
    """What may leave the office of a text."""

    SHORTER = "shorter"
    WITHHOLD = "withhold"
    WHOLE = "whole"


@dataclass(frozen=True)
class TextReading:
    """What is said of a text: what may leave, as what and in which translation; themes, none unread.

    `why` is why nothing may leave.
    """

    leaving: Leaving
    shorter: str = ""
    english: str = ""
    themes: tuple[str, ...] = ()
    why: Why | None = None


@dataclass(frozen=True)
class TextRead:
    """A text after it was read. What was not said is None."""

    decided: TextDecided
    marked: ThemesMarked | None
    translated: TextTranslated | None

    @property
    def said(self) -> Sequence[str]:
        """What was marked and translated, in words."""
        return [one.said for one in (self.marked, self.translated) if one is not None]


def read_text(
    connection: Connection, office: Office, place: TextPlace, reading: TextReading, now: datetime
) -> TextRead:
    """Decide about a text, mark its themes and translate it, all or nothing."""
    marked = mark(connection, office, place, reading.themes, now) if reading.themes else None
    if reading.leaving is Leaving.WITHHOLD:
        return TextRead(withhold(connection, office, place, now, reading.why), marked, None)
    shorter = reading.shorter if reading.leaving is Leaving.SHORTER else None
    decided = release(connection, office, place, now, shorter)
    if not reading.english:
        return TextRead(decided, marked, None)
    translated = translate(connection, office, place, reading.english, now)
    return TextRead(decided, marked, translated)


def put_back(
    connection: Connection, office: Office, place: TextPlace, marks: int, now: datetime
) -> str:
    """Put a text back among the unread ones, with the marks of this number (0 for none); say it."""
    marked = take_back(connection, office, marks, place, now) if marks else None
    read_again(connection, office, place, now)
    if marked is None:
        return "To be read again."
    return "To be read again, without these themes." if marked.changed else marked.said
