"""Readers mark the themes of what people wrote: two, independently, and a third act where they differ.

Nobody is shown what another one has marked before both have read. An answer that is changed later comes
back to be read. An undo takes back the newest act about a text alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.code_book import marked_themes
from bot.desk.reports.own_words import TextPlace, reader_of
from bot.desk.reports.theme_reading import themed_text
from bot.desk.reports.undoable import Undoable
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.fieldwork.answers import answers_of
from storage.fieldwork.cases import lock_case
from storage.office.audit import Act
from storage.responses.theme_marks import (
    MarkedText,
    StoredMarks,
    add_marks,
    get_marks,
    marks_of,
)
from surveys.theme import READERS, Marks, Part, TextThemes, Themes, standing

if TYPE_CHECKING:
    from analysis.measures.own_words import OwnText

BOTH = (
    "Two have read text {item} of case {case}. Where they differ, "
    "`followup theme decide {case} {item} CODES` decides."
)
NOT_BOTH = "Text {item} of case {case} waits until two have read it."
OTHER = "There are no marks {number} of text {item} of case {case}. Nothing was changed."
ALIKE = "Both readers mark the same in text {item} of case {case}. There is nothing to decide."


@dataclass(frozen=True)
class ThemesMarked(Undoable):
    """A text after an act about its themes, in words."""

    command = "theme take-back"
    case: int
    item: str
    said: str
    undo: int = 0

    @property
    def undo_command(self) -> str:
        return f"{super().undo_command} {self.case} {self.item}"


def mark(
    connection: Connection,
    office: Office,
    place: TextPlace,
    codes: Sequence[str],
    now: datetime,
) -> ThemesMarked:
    """Mark the themes of a text as one of its two readers. Repeating it changes nothing.

    Raise Conflict once both have read: then somebody decides.
    """
    themes = marked_themes(connection, codes)
    one = _locked(connection, place, now)
    by, stands = reader_of(connection, office, place), _standing(connection, one)
    mine = next((each for each in stands.readings if each.by == by), None)
    if mine is not None and mine.themes == themes:
        said = f"You have marked {_name(one)} so already. Nothing was changed."
        return ThemesMarked(one.case_id, one.item, said)
    if len(stands.readings) == READERS:
        raise Conflict(BOTH.format(case=one.case_id, item=one.item))
    marks = Marks(by, now, Part.READING, themes)
    number = _add(connection, office, one, marks, Act.THEMES_MARKED)
    return ThemesMarked(one.case_id, one.item, f"{_said(themes)}: {_name(one)}.", number)


def decide(
    connection: Connection,
    office: Office,
    place: TextPlace,
    codes: Sequence[str],
    now: datetime,
) -> ThemesMarked:
    """Decide which themes of a text count, where its two readers differ. Raise Conflict else."""
    themes = marked_themes(connection, codes)
    one = _locked(connection, place, now)
    by, stands = reader_of(connection, office, place), _standing(connection, one)
    if len(stands.readings) < READERS:
        raise Conflict(NOT_BOTH.format(case=one.case_id, item=one.item))
    if not stands.differ:
        raise Conflict(ALIKE.format(case=one.case_id, item=one.item))
    if stands.decision == themes:
        said = f"So it was decided already about {_name(one)}. Nothing was changed."
        return ThemesMarked(one.case_id, one.item, said)
    marks = Marks(by, now, Part.DECISION, themes)
    number = _add(connection, office, one, marks, Act.THEMES_DECIDED)
    return ThemesMarked(one.case_id, one.item, f"Decided: {_said(themes)}: {_name(one)}.", number)


def take_back(
    connection: Connection, office: Office, number: int, place: TextPlace, now: datetime
) -> ThemesMarked:
    """Take marks or a decision back: what the same person had marked before counts again.

    If somebody has marked or decided since, nothing is changed, and that is said. Raise NotFound if
    the marks are of another text: after an erasure their number may be given again.
    """
    text = get_marks(connection, number).text
    if (text.case_id, text.item) != (place.case, place.item):
        raise NotFound(OTHER.format(number=number, case=place.case, item=place.item))
    lock_case(connection, text.case_id)
    acts = marks_of(connection, text.case_id, text.item, text.fingerprint)
    name = f"text {text.item} of case {text.case_id}"
    newest = acts[-1]
    if newest.number != number:
        said = f"Somebody has marked {name} since. Nothing was changed."
        return ThemesMarked(text.case_id, text.item, said)
    before = _before(newest, acts)
    again = Marks(newest.marks.by, now, newest.marks.part, before)
    done = add_marks(connection, text, again)
    about = f"case {text.case_id} {text.item}"
    record(connection, office, Act.THEMES_UNDONE, about, now, theme_marks=done)
    said = f"Taken back: {name} is as it was before."
    return ThemesMarked(text.case_id, text.item, said, done)


def _before(newest: StoredMarks, acts: Sequence[StoredMarks]) -> Themes | None:
    """Return what an act has replaced: of the same reader, or the decision before it."""
    part, by = newest.marks.part, newest.marks.by
    same = [
        one.marks
        for one in acts[:-1]
        if one.marks.part is part and (part is Part.DECISION or one.marks.by == by)
    ]
    return same[-1].themes if same else None


def _locked(connection: Connection, place: TextPlace, now: datetime) -> OwnText:
    """Return the text at a place, after its case is locked. Raise Conflict for a title."""
    lock_case(connection, place.case)
    return themed_text(connection, place, now)


def _standing(connection: Connection, one: OwnText) -> TextThemes:
    acts = marks_of(connection, one.case_id, one.item, one.fingerprint)
    return standing(act.marks for act in acts)


def _add(connection: Connection, office: Office, one: OwnText, marks: Marks, act: Act) -> int:
    """Store an act about a text, and record it without its themes: another reader may see the log."""
    reader = "" if marks.by == office.acting else f" by {marks.by}"
    written = answers_of(connection, [one.case_id])[one.case_id][one.item].at
    text = MarkedText(one.case_id, one.item, one.fingerprint, written)
    number = add_marks(connection, text, marks)
    about = f"case {one.case_id} {one.item}{reader}"
    record(connection, office, act, about, marks.at, theme_marks=number)
    return number


def _name(one: OwnText) -> str:
    return f"text {one.item} of case {one.case_id}"


def _said(themes: Themes) -> str:
    return f"Marked with {', '.join(sorted(themes))}" if themes else "Marked with no theme"
