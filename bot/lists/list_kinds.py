"""Of which kind a list is, by its headings: people, or a calendar of workshops. Saves nothing."""

from enum import StrEnum

from bot.lists.calendars import is_calendar
from bot.lists.column_words import CALENDAR
from bot.lists.people_lists import headed, is_list
from bot.lists.rows import Events
from bot.lists.tables.cells import Book
from bot.lists.tables.headings import find_heading


class Kind(StrEnum):
    """What a table holds."""

    PEOPLE = "people"
    CALENDAR = "calendar"


def kind_of(read: Book | Events) -> Kind | None:
    """The kind of a file that was read; None for another table."""
    if isinstance(read, Events):
        return Kind.CALENDAR
    shown = [sheet for sheet in read.sheets if not sheet.hidden]
    found = [find_heading(sheet, CALENDAR) for sheet in shown]
    if any(heading is not None and is_calendar(heading) for heading in found):
        return Kind.CALENDAR
    return Kind.PEOPLE if any(is_list(heading) for _, heading in headed(read)) else None
