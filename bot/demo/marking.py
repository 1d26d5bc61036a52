"""Two readers of the demonstration's office mark what people wrote about, each by oneself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.demo.reading import READER
from bot.desk.reports.code_book import add
from bot.desk.reports.own_words import TextPlace, own_words
from bot.desk.reports.queued_texts import RELEASED
from bot.desk.reports.theme_marks import mark
from bot.settings.office import Office
from surveys.theme import NONE

READERS = (READER, "command line (demo, a second reader)")
THEMES = {
    "profiles": ("Risk profiles", "Tells of profiles, selection or fewer checks."),
    "training": ("Training others", "Tells that colleagues were taught."),
    "papers": ("Checklists and texts", "Tells of a list, a text or a rule."),
}
WORDS = {
    "profiles": ("profile",),
    "training": ("train", "showed"),
    "papers": ("checklist", "case"),
}
"""By what a reader of the demonstration knows a theme."""
WORKSHOP, ITEM = "RM-2017", "example"


def mark_themes(connection: Connection, office: Office, now: datetime) -> None:
    """Write a code book, and let two mark a workshop; they differ about the last text alone."""
    asking = office.acting_as(READER)
    for code, (name, definition) in THEMES.items():
        add(connection, asking, code, (name, definition, ""), now)
    texts = [one for one in own_words(connection, (WORKSHOP,), RELEASED, now) if one.item == ITEM]
    for one in texts:
        place, themes = TextPlace(one.case, one.item, one.fingerprint), _themes(one.text)
        second = themes if one is not texts[-1] else list(THEMES)
        for reader, marked in zip(READERS, (themes, second), strict=True):
            mark(connection, office.acting_as(reader), place, marked, now)


def _themes(text: str) -> Sequence[str]:
    """Return the themes of a text: all that it has a word of, else that it has none."""
    found = [code for code, words in WORDS.items() if any(word in text for word in words)]
    return found or [NONE]
