"""What the office has decided about texts in own words, newest first, and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.own_words import ACTS, TextPlace, read_again
from bot.desk.reports.queued_texts import (
    RELEASED,
    UNREAD,
    QueuedText,
    names_of_everybody,
    queued,
    stored_texts,
    why_withheld,
)
from bot.desk.reports.wanted_texts import Wanted, in_order_wanted
from bot.settings.office import Office
from storage.fieldwork.cases import lock_case
from storage.office.staff import members
from storage.responses.text_decisions import (
    DecidedText,
    Decision,
    NewDecision,
    add_decision,
    get_decision,
    newest_decisions,
    set_second_reader,
    standing_decisions,
)

if TYPE_CHECKING:
    from analysis.measures.own_words import OwnText

LONGEST = 60
"""How many characters of a text a list shows."""
SINCE = "Somebody has decided about text {item} of case {case} since. Nothing was changed."
BACK = "Text {item} of case {case} is to be read again."
AS_BEFORE = "Text {item} of case {case} is {state} as before."


@dataclass(frozen=True)
class ReadText:
    """A text that was decided about: its beginning, how it stands, and who has read it, by name.

    `number` is that of the decision, `why` says in words why a text is withheld.
    """

    number: int
    case: int
    item: str
    workshop: str
    language: str
    beginning: str
    state: str
    shortened: bool
    translated: bool
    why: str
    readers: tuple[str, ...]
    at: datetime

    @property
    def released(self) -> bool:
        return self.state == RELEASED


@dataclass(frozen=True)
class WordsAtDesk:
    """The texts that wait to be read, and those that were decided about, newest first.

    `wanted` says by which report a text is waited for first, if any is.
    """

    waiting: Sequence[QueuedText]
    decided: Sequence[ReadText]
    wanted: Wanted | None = None


@dataclass(frozen=True)
class DecisionBack:
    """An act about a decision, in words; `undo` is the number of what it stored, 0 for nothing."""

    said: str
    undo: int = 0


def words_at_desk(connection: Connection, now: datetime) -> WordsAtDesk:
    """Return the texts of all workshops; whoever shows them records the reading."""
    texts = in_order_wanted(connection, stored_texts(connection, (), now))
    names = names_of_everybody(connection)
    waiting = [(queued(one, names), wanted) for one, wanted in texts if one.state == UNREAD]
    first = next((wanted for _, wanted in waiting if wanted.by_a_report), None)
    return WordsAtDesk(
        [one for one, _ in waiting], _decided(connection, [one for one, _ in texts]), first
    )


def take_decision_back(
    connection: Connection, office: Office, number: int, now: datetime
) -> DecisionBack:
    """Put a text back among the unread ones; not if somebody has decided about it since."""
    about = get_decision(connection, number)
    lock_case(connection, about.case_id)
    if _newest(connection, about)[0].id != number:
        return DecisionBack(_said(SINCE, about))
    read_again(connection, office, TextPlace(about.case_id, about.item, about.fingerprint), now)
    return DecisionBack(_said(BACK, about), _newest(connection, about)[0].id)


def decide_as_before(
    connection: Connection, office: Office, number: int, now: datetime
) -> DecisionBack:
    """Decide as before a text was taken back, with the same readers; not if it was read since."""
    about = get_decision(connection, number)
    lock_case(connection, about.case_id)
    newest, *earlier = _newest(connection, about)
    if newest.id != number or newest.state != UNREAD or not earlier:
        return DecisionBack(_said(SINCE, about))
    _store_as_before(connection, office, about, earlier[0], now)
    return DecisionBack(_said(AS_BEFORE, about, earlier[0].state))


def _store_as_before(
    connection: Connection, office: Office, about: DecidedText, before: Decision, now: datetime
) -> None:
    """Store a decision of before once more, with its readers, and record it."""
    text = (about.case_id, about.item, about.fingerprint, about.answered_at)
    standing = (before.state, before.text, before.by)
    again = NewDecision(*text, *standing, now, before.translation, before.reason)
    number = add_decision(connection, again)
    if before.second_by:
        set_second_reader(connection, number, before.second_by, now)
    record(connection, office, ACTS[before.state], f"case {about.case_id} {about.item}", now)


def _decided(connection: Connection, texts: Sequence[OwnText]) -> list[ReadText]:
    standing = standing_decisions(connection)
    names = {one.code: one.label for one in members(connection)}
    found = ((one, standing.get(one.key)) for one in texts)
    read = [_read(one, its, names) for one, its in found if its and its.state != UNREAD]
    return sorted(read, key=lambda one: -one.number)


def _read(one: OwnText, decision: Decision, names: Mapping[str, str]) -> ReadText:
    readers = filter(None, (decision.by, decision.second_by))
    return ReadText(
        number=decision.id,
        case=one.case_id,
        item=one.item,
        workshop=one.workshop,
        language=one.language,
        beginning=_beginning(one.text),
        state=decision.state,
        shortened=decision.state == RELEASED and decision.text != one.text,
        translated=bool(decision.translation),
        why=why_withheld(decision),
        readers=tuple(names.get(code, code) for code in readers),
        at=decision.at,
    )


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def _newest(connection: Connection, about: DecidedText) -> list[Decision]:
    return newest_decisions(connection, about.case_id, about.item, about.fingerprint)


def _said(said: str, about: DecidedText, state: str = "") -> str:
    return said.format(case=about.case_id, item=about.item, state=state)
