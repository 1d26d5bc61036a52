"""Texts for whoever marks themes: those that wait, and those in which two readers differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.desk.reports.code_book import active_themes
from bot.desk.reports.own_words import TextPlace, record_read, text_in_place
from bot.desk.reports.queued_texts import QueuedText, themed_texts
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import member_with
from storage.responses.theme_marks import marks_of
from surveys.theme import Reading, TextThemes, Theme, standing

if TYPE_CHECKING:
    from analysis.measures.own_words import OwnText
    from analysis.measures.theme_agreement import ThemeAgreement

TITLE = "Text {item} of case {case} is a title, and gets no themes."


@dataclass(frozen=True)
class ThemeText:
    """A text that a reader may mark, and how many others have read it."""

    case: int
    item: str
    workshop: str
    wave: str
    language: str
    text: str
    fingerprint: str
    others: int


@dataclass(frozen=True)
class DifferingText:
    """A text in which two readers have marked different themes, and nobody has decided."""

    text: ThemeText
    readings: tuple[Reading, ...]


def texts_to_mark(
    connection: Connection, reader: str, codes: Sequence[str], now: datetime
) -> list[ThemeText]:
    """Return the texts that somebody may mark: those that nobody has read come first.

    Whoever shows them records the reading.
    """
    found = [_shown(*one) for one in _texts(connection, codes, now) if one[1].waits_for(reader)]
    return sorted(found, key=lambda one: (one.others, one.workshop, one.case, one.item))


def text_at(connection: Connection, place: TextPlace, now: datetime) -> ThemeText:
    """Return one text that is being marked; how many others have read it is not told."""
    return _shown(themed_text(connection, place, now), TextThemes())


def themes_to_mark(connection: Connection, reader: str, one: QueuedText) -> list[Theme]:
    """Return the themes that a reader may mark in a text; none if two have read it, or it is a title."""
    from analysis.measures.own_words import TextKind

    acts = marks_of(connection, one.case, one.item, one.fingerprint)
    waits = standing(act.marks for act in acts).waits_for(reader)
    return active_themes(connection) if waits and one.kind == TextKind.WORDS else []


def differing_texts(
    connection: Connection, codes: Sequence[str], now: datetime
) -> list[DifferingText]:
    """Return the texts about which somebody has to decide; whoever shows them records the reading."""
    texts = _texts(connection, codes, now)
    found = [DifferingText(_shown(*one), one[1].readings) for one in texts if one[1].undecided]
    return sorted(found, key=lambda one: (one.text.workshop, one.text.case, one.text.item))


def agreement_of_readers(
    connection: Connection, codes: Sequence[str], now: datetime
) -> tuple[ThemeAgreement, ...]:
    """Return how far two readers agree on each theme, and last on all together."""
    from analysis.facts.as_of import until
    from analysis.facts.frames import load
    from analysis.measures.theme_agreement import agreement
    from analysis.measures.themes import code_book, marked

    frames = until(load(connection, list(codes) or None), now)
    return agreement(marked(frames).values(), code_book(frames))


def themed_text(connection: Connection, place: TextPlace, now: datetime) -> OwnText:
    """Return the text at a place. Raise Conflict for a title, which gets no themes."""
    from analysis.measures.own_words import TextKind

    one = text_in_place(connection, place, now, every=True)
    if one.kind is not TextKind.WORDS:
        raise Conflict(TITLE.format(case=one.case_id, item=one.item))
    return one


def list_to_mark(
    database: Database, office: Office, codes: Sequence[str], now: datetime, by: str = ""
) -> list[ThemeText]:
    """Return the texts that somebody may mark; `by` is the staff code of another reader."""
    reader = database.read(member_with, by).code if by else office.acting
    found = database.read(texts_to_mark, reader, codes, now)
    database.run(record_read, office, _about(codes), now, len(found))
    return found


def list_differing(
    database: Database, office: Office, codes: Sequence[str], now: datetime
) -> list[DifferingText]:
    """Return the texts about which somebody has to decide, each with what its readers have marked."""
    found = database.read(differing_texts, codes, now)
    database.run(record_read, office, _about(codes), now, len(found))
    return found


def _about(codes: Sequence[str]) -> str:
    return " ".join(codes) or "all workshops"


def _texts(
    connection: Connection, codes: Sequence[str], now: datetime
) -> Iterator[tuple[OwnText, TextThemes]]:
    for code in codes:
        get_workshop(connection, code)
    return themed_texts(connection, codes, now)


def _shown(one: OwnText, stands: TextThemes) -> ThemeText:
    return ThemeText(
        case=one.case_id,
        item=one.item,
        workshop=one.workshop,
        wave=one.wave,
        language=one.language,
        text=one.text,
        fingerprint=one.fingerprint,
        others=len(stands.readings),
    )
