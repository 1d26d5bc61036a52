"""What staff write and others read as it is written: it names no person."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from bot.desk.reports.queued_texts import names_of_everybody
from bot.desk.reports.text_marks import KnownNames, Mark, MarkKind, known_names, marks_in
from storage.database import Conflict

CONTACTS = (MarkKind.EMAIL, MarkKind.PHONE)
REFUSED = "{text} looks like somebody's {kind}. Change the words before they are released."
DOUBT = "This looks like a name: {names}. If it is a person's, take it back and change the words."


def contacts_in(text: str) -> Iterator[Mark]:
    """Yield what looks like an e-mail address or a phone number. Addresses of the web are left out."""
    return (one for one in marks_in(_without_links(text), known_names(())) if one.kind in CONTACTS)


def names_among(connection: Connection, texts: Iterable[str]) -> list[str]:
    """Return the words of texts that look like names of people."""
    texts = [one for one in texts if one]
    known = names_of_everybody(connection) if texts else known_names(())
    return sorted({name for text in texts for name in _names(text, known)})


def doubts_before_release(connection: Connection, texts: Iterable[str]) -> str:
    """Return what to look at in words that are released, "" for nothing. Conflict for contacts."""
    texts = tuple(texts)
    for mark in (one for text in texts for one in contacts_in(text)):
        raise Conflict(REFUSED.format(kind=mark.kind, text=mark.text))
    names = names_among(connection, texts)
    return DOUBT.format(names=", ".join(names)) if names else ""


def _names(text: str, known: KnownNames) -> Iterator[str]:
    """Yield what may be a name. One that is written small is a word of the language, such as "will"."""
    marks = (one for one in marks_in(_without_links(text), known) if one.kind is MarkKind.NAME)
    return (one.text for one in marks if not one.text.islower())


def _without_links(text: str) -> str:
    return " ".join(one for one in text.split() if "://" not in one)
