"""Two of the office of the demonstration mark what some texts are about; somebody decides about one."""

from datetime import datetime

from sqlalchemy import Connection

from bot.demo.reading import READER
from bot.desk.reports.code_book import add
from bot.desk.reports.own_words import TextPlace
from bot.desk.reports.theme_marks import decide, mark
from bot.desk.reports.theme_reading import ThemeText, differing_texts, texts_to_mark
from bot.settings.office import Office
from surveys.theme import NONE

WORKSHOP, ITEM = "RM-2017", "example"
MARKED = 20
"""How many texts are marked."""
SECOND = "command line (demo, again)"
BOOK = {
    "targeting": ("Targeting", "Choosing what to check, by risk.", ("profile",)),
    "procedure": ("Written procedure", "Something is written down and used.", ("checklist",)),
    "teaching": ("Training of others", "Colleagues have learned it.", ("showed", "train")),
}
"""Themes with their meaning, and the words by which they are known."""


def mark_themes(connection: Connection, office: Office, now: datetime) -> None:
    """Write a code book, and mark some texts twice; the second reader marks one theme of each."""
    first, second = office.acting_as(READER), office.acting_as(SECOND)
    for code, (name, definition, _) in BOOK.items():
        add(connection, first, code, (name, definition, ""), now)
    waiting = texts_to_mark(connection, READER, [WORKSHOP], now)
    for one in [one for one in waiting if one.item == ITEM][:MARKED]:
        themes = _themes(one.text)
        mark(connection, first, _place(one), themes, now)
        mark(connection, second, _place(one), themes[-1:], now)
    for differing in differing_texts(connection, [WORKSHOP], now)[:1]:
        themes = _themes(differing.text.text)
        decide(connection, first, _place(differing.text), themes, now)


def _themes(text: str) -> list[str]:
    found = [code for code, (_, _, words) in BOOK.items() if any(word in text for word in words)]
    return found or [NONE]


def _place(one: ThemeText) -> TextPlace:
    return TextPlace(one.case, one.item, one.fingerprint)
