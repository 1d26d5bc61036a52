"""Texts in people's own words: who may read them outside, and what the office has released of them.

A text leaves the office only after somebody there has read and released it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from analysis.facts.frames import Frames
from analysis.facts.responses import Response, records
from analysis.measures.anchor_statuses import TITLE
from analysis.printable import cleaned
from surveys.items import type_of
from surveys.items.base import Level
from surveys.people import Role
from surveys.questionnaire import Questionnaire

EVIDENCE = frozenset(
    ("proof", "project_name", "references", "projects", "order_title", "compulsory_rule")
)
"""Items that name documents and projects, besides the titles of anchors.

What contact points write so for their administrations may be released as a title; what others write
is quoted, so they must agree: "We quote your own words only if you agree" is what they consent to.
"""
AGREED = frozenset(("named", "administration", "anonymous"))


class TextKind(StrEnum):
    """What a text is: somebody's words, or the title of a document or project."""

    WORDS = "words"
    EVIDENCE = "evidence"


class TextState(StrEnum):
    """What the office has decided about a text. A text that was changed since is unread again."""

    UNREAD = "unread"
    RELEASED = "released"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class OwnText:
    """A text that may be released, in one line as it would be printed, and what was decided.

    `quotable` says that the person agrees to be quoted. `fingerprint` is that of `text`. `released` is
    what may be printed; '' unless it is released. `translation` is that of it into English, if there is
    one. `read_by` are those who have released it.
    """

    case_id: int
    item: str
    kind: TextKind
    text: str
    language: str
    workshop: str
    wave: str
    quotable: bool
    fingerprint: str
    state: TextState = TextState.UNREAD
    released: str = ""
    read_by: tuple[str, ...] = ()
    translation: str = ""

    @property
    def key(self) -> tuple[int, str, str]:
        """What decisions about the text name."""
        return self.case_id, self.item, self.fingerprint


def one_line(text: str) -> str:
    """Return a text as it is printed: without control characters, on one line."""
    return " ".join(cleaned(text).split())


def fingerprint(text: str) -> str:
    """Return what tells a text from another one."""
    return sha256(text.encode()).hexdigest()


def agreed_to_quote(found: Iterable[Response]) -> dict[int, str]:
    """Return the latest answer about quoting of every enrolment that allows it."""
    told: dict[int, str] = {}
    for wave in ("M3", "M6", "M12"):
        told |= {
            r.enrolment_id: r.values["quote"]
            for r in found
            if r.wave == wave and r.role == "participant" and "quote" in r.values
        }
    return {who: wish for who, wish in told.items() if wish in AGREED}


def own_texts(
    frames: Frames, found: Iterable[Response], *, every: bool = False
) -> Iterator[OwnText]:
    """Yield the texts of usable responses that may be released: by agreement, or as a title.

    With `every` also those that the office alone reads.
    """
    # What nobody known has written cannot be released: nobody can be asked, and it is no case.
    found = tuple(one for one in found if one.linked)
    agreed = agreed_to_quote(found)
    decided = {_key(row): row for row in records(frames.text_decisions)}
    open_items = {key: _open_items(asked) for key, asked in frames.questionnaires.items()}
    for response in found:
        quotable = response.enrolment_id in agreed or _for_readers(response)
        asked = open_items.get(response.questionnaire, ()) if response.questionnaire else ()
        for item in (one for one in asked if one in response.values):
            text = one_line(response.values[item])
            if text and (every or quotable or _is_title(response, item)):
                yield _text(response, item, text, decided, quotable=quotable)


def _for_readers(response: Response) -> bool:
    """Return whether an administration lets others read what it wrote in a survey."""
    if response.role != Role.CONTACT_POINT:
        return False
    told = response.values
    return told.get("readers") in ("public", "members") or told.get("attribution") == "yes"


def released_texts(texts: Iterable[OwnText]) -> dict[tuple[int, str], OwnText]:
    """Return those texts that are released, by case and item."""
    return {(one.case_id, one.item): one for one in texts if one.state is TextState.RELEASED}


def _is_title(response: Response, item: str) -> bool:
    """Return whether a text names a document or project, by somebody who speaks for others."""
    return response.role == Role.CONTACT_POINT and _is_evidence(item)


def _is_evidence(item: str) -> bool:
    return item in EVIDENCE or item.startswith(TITLE)


def _open_items(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the items of a questionnaire that are answered in own words."""
    items = questionnaire.items
    return tuple(one.name for one in items if type_of(one.type).level is Level.WORDS)


def _text(
    response: Response, item: str, text: str, decided: Mapping[Any, Any], *, quotable: bool
) -> OwnText:
    mark = fingerprint(text)
    row = decided.get((response.case_id, item, mark))
    state = TextState(row["state"]) if row else TextState.UNREAD
    is_released = state is TextState.RELEASED
    return OwnText(
        case_id=response.case_id,
        item=item,
        kind=TextKind.EVIDENCE if _is_evidence(item) else TextKind.WORDS,
        text=text,
        language=response.languages.get(item, "en"),
        workshop=response.workshop,
        wave=response.wave,
        quotable=quotable,
        fingerprint=mark,
        state=state,
        released=row["text"] if row and is_released else "",
        read_by=_readers(row) if row and is_released else (),
        translation=row["translation"] if row and is_released else "",
    )


def _readers(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (row["decided_by"], row["second_by"])))


def _key(row: Mapping[str, Any]) -> tuple[int, str, str]:
    return int(row["case_id"]), row["item"], row["fingerprint"]
