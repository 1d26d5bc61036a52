"""The kind of a list by its headings: people, or a calendar of workshops."""

from collections.abc import Iterator
from enum import StrEnum

from bot.importing.rows.column_words import CALENDAR, PEOPLE
from bot.importing.rows.rows import Events
from bot.importing.tables.cells import Book, Sheet
from bot.importing.tables.headings import Heading, Vocabulary, find_heading

CHOICES = {"list": ("list name",), "name": ("name",)}
"""The headings that lists of choices have, and lists of people never have together."""


class Kind(StrEnum):
    """The kinds of lists."""

    PEOPLE = "people"
    CALENDAR = "calendar"
    CHOICES = "choices"


def kind_of(read: Book | Events) -> Kind | None:
    """Return the kind of a file that was read; None for another table."""
    if isinstance(read, Events):
        return Kind.CALENDAR
    if _has_choices(read):
        return Kind.CHOICES
    if calendar_sheets(read):
        return Kind.CALENDAR
    return Kind.PEOPLE if people_sheets(read) else None


def _has_choices(book: Book) -> bool:
    """Return whether a sheet holds choices of questions, whose names are no people."""
    return any(len(heading.columns) == len(CHOICES) for _, heading in _headed(book, CHOICES))


def calendar_sheets(book: Book) -> list[tuple[Sheet, Heading]]:
    """Return the visible sheets that are calendars, with their headings."""
    return [
        (sheet, heading) for sheet, heading in _headed(book, CALENDAR) if _is_calendar(heading)
    ]


def people_sheets(book: Book) -> list[tuple[Sheet, Heading]]:
    """Return the visible sheets that are lists of people, with their headings."""
    return [
        (sheet, heading) for sheet, heading in _headed(book, PEOPLE) if _is_people_list(heading)
    ]


def _headed(book: Book, words: Vocabulary) -> Iterator[tuple[Sheet, Heading]]:
    for sheet in book.sheets:
        heading = None if sheet.hidden else find_heading(sheet, words)
        if heading is not None:
            yield sheet, heading


def _is_calendar(heading: Heading) -> bool:
    return "title" in heading.columns and bool({"dates", "starts_on"} & set(heading.columns))


def _is_people_list(heading: Heading) -> bool:
    return "name" in heading.columns or {"given", "family"} <= set(heading.columns)
