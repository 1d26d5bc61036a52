"""Of which kind a list is, by its headings: people, or a calendar of workshops. Saves nothing."""

from enum import StrEnum

from bot.calendars import is_calendar
from bot.column_words import CALENDAR
from bot.ics import is_ics
from bot.people_lists import headed, is_list
from bot.tables.headings import find_heading
from bot.tables.reading import read_book
from surveys.xlsform.sheets import Unreadable


class Kind(StrEnum):
    """What a table holds."""

    PEOPLE = "people"
    CALENDAR = "calendar"


def kind_of(content: bytes) -> Kind | None:
    """The kind of a file; None for another table, or for none at all."""
    if is_ics(content):
        return Kind.CALENDAR
    try:
        book = read_book(content)
    except Unreadable:
        return None
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    found = [find_heading(sheet, CALENDAR) for sheet in shown]
    if any(heading is not None and is_calendar(heading) for heading in found):
        return Kind.CALENDAR
    return Kind.PEOPLE if any(is_list(heading) for _, heading in headed(book)) else None
