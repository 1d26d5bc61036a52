"""The kind of a list by its headings: people, or a calendar of workshops."""

from dataclasses import replace
from enum import StrEnum

from bot.importing.rows.column_words import CALENDAR, PEOPLE
from bot.importing.rows.rows import Events
from bot.importing.tables.cells import Book, Sheet
from bot.importing.tables.headings import Heading, find_heading, plain


class Kind(StrEnum):
    """The kinds of lists."""

    PEOPLE = "people"
    CALENDAR = "calendar"


def kind_of(read: Book | Events) -> Kind | None:
    """Return the kind of a file that was read; None for another table."""
    if isinstance(read, Events):
        return Kind.CALENDAR
    shown = [sheet for sheet in read.sheets if not sheet.hidden]
    found = [find_heading(sheet, CALENDAR) for sheet in shown]
    if any(heading is not None and is_calendar(heading) for heading in found):
        return Kind.CALENDAR
    return (
        Kind.PEOPLE if any(is_people_list(heading) for _, heading in headed_sheets(read)) else None
    )


def is_calendar(heading: Heading) -> bool:
    """Return whether a heading is that of a calendar."""
    return "title" in heading.columns and bool({"dates", "starts_on"} & set(heading.columns))


def headed_sheets(book: Book) -> list[tuple[Sheet, Heading]]:
    """Return the visible sheets with any heading of a list of people."""
    found = ((sheet, find_heading(sheet, PEOPLE)) for sheet in book.sheets if not sheet.hidden)
    return [(sheet, _with_first_names(heading)) for sheet, heading in found if heading]


def _with_first_names(heading: Heading) -> Heading:
    """Read `Nom` beside `Prénom` as the family name, as French lists mean it."""
    name = heading.columns.get("name")
    if name is None or plain(name.heading) != "nom" or "given" not in heading.columns:
        return heading
    others = {key: column for key, column in heading.columns.items() if key != "name"}
    return replace(heading, columns={"family": name, **others})


def is_people_list(heading: Heading) -> bool:
    """Return whether a heading is that of a list of people."""
    return "name" in heading.columns or {"given", "family"} <= set(heading.columns)
