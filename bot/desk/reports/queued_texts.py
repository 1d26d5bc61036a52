"""The texts that wait to be read, or were read, as the office sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.desk.reports.text_marks import KnownNames, Mark, known_names, marks_in
from storage.fieldwork.case_files import load_file
from storage.instruments.questionnaires import get_questionnaire
from storage.office.staff import members
from storage.people.participants import names_of_people
from storage.responses.text_decisions import Decision
from surveys.theme import TextThemes
from surveys.withholding import Why

if TYPE_CHECKING:
    from analysis.measures.own_words import OwnText

ENGLISH = "en"
TITLE = "${workshop_title}"
"""What stands for the title of the workshop in a question."""
UNREAD, RELEASED, WITHHELD = STATES = ("unread", "released", "withheld")


@dataclass(frozen=True)
class QueuedText:
    """A text with what was decided about it, and `marks`: what a reader should look at.

    `kind` is words or evidence; evidence that is not `quotable` may only be named as a title. `released`
    is what may be printed, `translation` that of it into English. `fingerprint` tells this text from one
    that replaces it. `why` says in words why it is withheld; '' if nobody has said.
    """

    case: int
    item: str
    kind: str
    workshop: str
    wave: str
    language: str
    quotable: bool
    text: str
    state: str
    released: str
    translation: str
    read_by: tuple[str, ...]
    marks: tuple[Mark, ...]
    fingerprint: str
    why: str = ""


def stored_texts(
    connection: Connection,
    codes: Sequence[str],
    now: datetime,
    enrolment: int | None = None,
    *,
    every: bool = False,
) -> Iterable[OwnText]:
    """Return the texts of some workshops (all if `codes` is empty) as they stand at a moment.

    With `enrolment` those of one person alone; with `every` also those that the office alone reads.
    """
    from analysis.facts.as_of import until
    from analysis.facts.frames import load
    from analysis.facts.responses import responses, with_facts
    from analysis.measures.own_words import own_texts

    frames = until(load(connection, list(codes) or None, enrolment), now)
    return own_texts(frames, responses(frames, with_facts(frames)), every=every)


def themed_texts(
    connection: Connection, codes: Sequence[str], now: datetime
) -> Iterator[tuple[OwnText, TextThemes]]:
    """Yield the texts that get themes, as they stand at a moment, each with what was marked in it."""
    from analysis.facts.as_of import until
    from analysis.facts.frames import load
    from analysis.facts.responses import responses, with_facts
    from analysis.measures.themes import of_texts, texts_to_code

    frames = until(load(connection, list(codes) or None), now)
    found = responses(frames, with_facts(frames))
    stands = of_texts(frames, found)
    for one in texts_to_code(frames, found):
        yield one, stands.get((one.case_id, one.item), TextThemes())


def question_of(connection: Connection, case: int, item: str) -> str:
    """Return the question to which a text is the answer, in English; its item if that is not known."""
    file = load_file(connection, case)
    key, version = file.wave.questionnaire_key, file.wave.questionnaire_version
    if key is None or version is None:
        return item
    asked = get_questionnaire(connection, key, version)
    found = asked.by_name.get(item)
    label = asked.text(found.label, ENGLISH) if found else ""
    return label.replace(TITLE, file.workshop.title) or item


def names_of_everybody(connection: Connection) -> KnownNames:
    """Return the names of all participants and staff."""
    staff = (member.label for member in members(connection))
    return known_names([*names_of_people(connection), *staff])


def why_withheld(decision: Decision | None) -> str:
    """Return in words why a text is withheld; '' if it is not, or nobody has said."""
    return Why(decision.reason).words if decision and decision.reason else ""


def queued(one: OwnText, names: KnownNames, decision: Decision | None = None) -> QueuedText:
    """Return a text with its marks, and why it is withheld by a decision."""
    return QueuedText(
        case=one.case_id,
        item=one.item,
        kind=one.kind,
        workshop=one.workshop,
        wave=one.wave,
        language=one.language,
        quotable=one.quotable,
        text=one.text,
        state=one.state,
        released=one.released,
        translation=one.translation,
        read_by=one.read_by,
        marks=marks_in(one.text, names),
        fingerprint=one.fingerprint,
        why=why_withheld(decision),
    )
