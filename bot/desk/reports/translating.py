"""A released text in English: the office translates it, and reports say that it is translated.

What is printed has changed then, so a final report needs a second reader of the translation too.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.own_words import TextPlace, locked_text, reader_of
from bot.desk.reports.personal_words import doubts_before_release
from bot.desk.reports.queued_texts import ENGLISH, RELEASED
from bot.desk.reports.recommendation_wording import check_length
from bot.desk.reports.undoable import Undoable
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.answers import answers_of
from storage.fieldwork.cases import lock_case
from storage.office.audit import Act
from storage.responses.text_decisions import (
    NewDecision,
    add_decision,
    get_decision,
    newest_decisions,
    set_second_reader,
)

NOT_RELEASED = (
    "Text {item} of case {case} is not released, so nothing of it is printed. "
    "`followup words release {case} {item}` releases it."
)
IS_ENGLISH = "Text {item} of case {case} is in English, so it needs no translation."


@dataclass(frozen=True)
class TextTranslated(Undoable):
    """A text after an act about its translation, in words."""

    command = "words take-back"
    case: int
    item: str
    translation: str
    said: str
    undo: int = 0


def translate(
    connection: Connection, office: Office, place: TextPlace, english: str, now: datetime
) -> TextTranslated:
    """Print a released text in English from now on, marked as translated; '' prints the original again.

    Repeating it changes nothing. Raise Conflict if it is not released, or is in English.
    """
    one = locked_text(connection, place, now)
    where = {"case": one.case_id, "item": one.item}
    english = " ".join(english.split())
    if one.state != RELEASED:
        raise Conflict(NOT_RELEASED.format(**where))
    if one.language == ENGLISH:
        raise Conflict(IS_ENGLISH.format(**where))
    check_length("TEXT", english)
    if english == one.translation:
        said = "It is printed so already. Nothing was changed."
        return TextTranslated(one.case_id, one.item, english, said)
    doubts = doubts_before_release(connection, (english,))
    by = reader_of(connection, office, place)
    written = answers_of(connection, [one.case_id])[one.case_id][one.item].at
    text = (one.case_id, one.item, one.fingerprint, written)
    decision = NewDecision(*text, RELEASED, one.released, by, now, english)
    record(connection, office, Act.TEXT_TRANSLATED, f"case {one.case_id} {one.item}", now)
    number = add_decision(connection, decision)
    said = " ".join(filter(None, (_said(one.case_id, one.item, english), doubts)))
    return TextTranslated(one.case_id, one.item, english, said, number)


def take_translation_back(
    connection: Connection, office: Office, number: int, now: datetime
) -> TextTranslated:
    """Take an act about a translation back: the text is printed as before, with the same readers.

    If somebody has decided about the text since, nothing is changed, and that is said.
    """
    place = get_decision(connection, number)
    lock_case(connection, place.case_id)
    case, item = place.case_id, place.item
    newest, *earlier = newest_decisions(connection, case, item, place.fingerprint)
    # A second reader who was put back with it has the moment of the act itself.
    read_since = newest.second_at is not None and newest.second_at > newest.at
    if newest.id != number or read_since or not earlier:
        said = f"Somebody has decided about text {item} of case {case} since. Nothing was changed."
        return TextTranslated(case, item, newest.translation, said)
    before = earlier[0]
    text = (case, item, place.fingerprint, place.answered_at)
    again = NewDecision(*text, before.state, before.text, before.by, now, before.translation)
    record(connection, office, Act.TEXT_TRANSLATED, f"case {case} {item}", now)
    done = add_decision(connection, again)
    if before.second_by:
        set_second_reader(connection, done, before.second_by, now)
    said = _said(case, item, before.translation)
    return TextTranslated(case, item, before.translation, said, done)


def _said(case: int, item: str, english: str) -> str:
    if not english:
        return f"Text {item} of case {case} is printed in its own language."
    return (
        f"Text {item} of case {case} is printed in English, marked as translated: “{english}”. "
        "A final report needs a second reader of the translation."
    )
