"""What was done to one person, from the audit log, and which of it can be taken back. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.audit import about_now
from storage.fieldwork.workshop_names import codes_by_former
from storage.office.audit import Act, Entry, entries_about
from storage.office.staff import label_of
from storage.people.participants import participant_with


class Back(StrEnum):
    """The act that takes a line of the history back."""

    START = "start"
    RESTORE = "restore"
    TAKE_IN = "take in"
    PUT_BACK = "put back"
    CLOSE = "close"
    UNMERGE = "unmerge"
    EMAIL_BACK = "email back"
    HAND_BACK = "hand back"


@dataclass(frozen=True)
class Line:
    """One act on a person: who did it, and about what, without the code of the person.

    `back` is the act that takes it back, with what it needs to know: workshop, wave or other entry.
    """

    at: datetime
    who: str
    act: Act
    about: str
    back: Back | None = None
    what: tuple[str, ...] = ()


Key = tuple[str, ...]
"""A subject of acts, such as ("workshop", "RM-2017"): only the newest act on it can be taken back."""


@dataclass(frozen=True)
class _Kind:
    """A kind of act: its subject, which words of an entry belong to it, and what takes it back."""

    subject: str
    back: Back | None = None
    words: tuple[int, int] = (0, 0)

    def key(self, entry: Entry) -> Key:
        first, last = self.words
        return (self.subject, *entry.about.split()[first:last])


_PLACE, _WAVE, _ENTRY = (1, 2), (1, 3), (0, 1)
_KINDS: Mapping[Act, _Kind] = {
    Act.PERSON_STOPPED: _Kind("messages", Back.START),
    Act.PERSON_PAUSED: _Kind("messages", Back.START),
    Act.PERSON_STARTED: _Kind("messages"),
    Act.PERSON_REMOVED: _Kind("workshop", Back.RESTORE, _PLACE),
    Act.PERSON_RESTORED: _Kind("workshop", None, _PLACE),
    Act.LEFT_OUT: _Kind("wave", Back.TAKE_IN, _WAVE),
    Act.TAKEN_IN: _Kind("wave", None, _WAVE),
    Act.CASE_SET_ASIDE: _Kind("case", Back.PUT_BACK, _WAVE),
    Act.CASE_PUT_BACK: _Kind("case", None, _WAVE),
    Act.CASE_REOPENED: _Kind("window", Back.CLOSE, _WAVE),
    Act.CASE_CLOSED: _Kind("window", None, _WAVE),
    Act.PEOPLE_MERGED: _Kind("entry", Back.UNMERGE, _ENTRY),
    Act.MERGE_UNDONE: _Kind("entry", None, _ENTRY),
}
_CHANGES: Mapping[str, _Kind] = {
    "new e-mail address": _Kind("e-mail", Back.EMAIL_BACK),
    "e-mail address before": _Kind("e-mail"),
    "hands over to": _Kind("successor", Back.HAND_BACK),
    "answers again": _Kind("successor"),
}
"""The kinds of `Act.PERSON_CHANGED`, by the words after the code of the person."""


def history_of(connection: Connection, code: str) -> list[Line]:
    """Return what was done to a person, newest first."""
    code = participant_with(connection, code).code
    former = codes_by_former(connection)
    entries = [
        replace(one, about=about_now(one, former)) for one in entries_about(connection, code)
    ]
    lines = history_lines(entries, code)
    names = {who: label_of(connection, who) for who in {one.who for one in lines}}
    return [replace(one, who=names[one.who]) for one in lines]


def history_lines(entries: Sequence[Entry], code: str) -> list[Line]:
    """Return entries about a person as lines, newest first; the newest of a subject can be undone."""
    seen: set[Key] = set()
    return [_line(one, code, seen) for one in reversed(entries)]


def _line(entry: Entry, code: str, seen: set[Key]) -> Line:
    about = " ".join(word for word in entry.about.split() if word != code)
    kind = _kind_of(entry, code)
    if kind is None:
        return Line(entry.at, entry.who, entry.act, about)
    key = kind.key(entry)
    back = None if key in seen else kind.back
    seen.add(key)
    return Line(entry.at, entry.who, entry.act, about, back, key[1:])


def _kind_of(entry: Entry, code: str) -> _Kind | None:
    if entry.act is not Act.PERSON_CHANGED:
        return _KINDS.get(entry.act)
    about = entry.about
    found = (kind for words, kind in _CHANGES.items() if about.startswith(f"{code} {words}"))
    return next(found, None)
