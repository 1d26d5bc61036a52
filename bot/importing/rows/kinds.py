"""Of which kind a list is, by its headings: people, or a calendar of workshops. Saves nothing."""

from dataclasses import replace
from enum import StrEnum

from bot.importing.rows.column_words import CALENDAR, PEOPLE
from bot.importing.rows.rows import Events
from bot.importing.tables.cells import Book, Sheet
from bot.importing.tables.headings import Heading, find_heading, plain


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
    return (
        Kind.PEOPLE if any(is_people_list(heading) for _, heading in headed_sheets(read)) else None
    )


def is_calendar(heading: Heading) -> bool:
    """Whether a heading names workshops and their days."""
    return "title" in heading.columns and bool({"dates", "starts_on"} & set(heading.columns))


def headed_sheets(book: Book) -> list[tuple[Sheet, Heading]]:
    """The visible sheets on which a heading of a list of people was found."""
    found = ((sheet, find_heading(sheet, PEOPLE)) for sheet in book.sheets if not sheet.hidden)
    return [(sheet, _with_first_names(heading)) for sheet, heading in found if heading]


def _with_first_names(heading: Heading) -> Heading:
    """French lists have `Nom` and `Prénom`: then `Nom` is the family name."""
    name = heading.columns.get("name")
    if name is None or plain(name.heading) != "nom" or "given" not in heading.columns:
        return heading
    others = {key: column for key, column in heading.columns.items() if key != "name"}
    return replace(heading, columns={"family": name, **others})


def is_people_list(heading: Heading) -> bool:
    """Whether a heading names people."""
    return "name" in heading.columns or {"given", "family"} <= set(heading.columns)
