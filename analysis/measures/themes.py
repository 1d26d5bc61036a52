"""Themes of what people write in their own words: the code book, and what was marked with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.facts.frames import Frames
from analysis.facts.responses import Response, records
from analysis.measures.own_words import OwnText, TextKind, fingerprint, one_line, own_texts
from surveys.theme import Content, Marks, Part, TextThemes, Theme, standing

Place = tuple[int, str, str]
"""A case, an item, and the fingerprint of the text that was read."""


@dataclass(frozen=True)
class Term:
    """A theme as it stands, with the times in which it was in the code book: from, and until or None."""

    theme: Theme
    times: tuple[tuple[datetime, datetime | None], ...]

    def known_at(self, at: datetime) -> bool:
        """Return whether the theme was in the code book at a moment."""
        return any(begin <= at and (end is None or at < end) for begin, end in self.times)


def code_book(frames: Frames) -> tuple[Term, ...]:
    """Return all themes, also retired ones, in the order in which they were added."""
    changes: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in records(frames.themes):
        changes[row["code"]].append(row)
    return tuple(_term(code, rows) for code, rows in changes.items())


def _term(code: str, rows: list[Mapping[str, Any]]) -> Term:
    last = rows[-1]
    content = Content(last["name"], last["definition"], last["example"], bool(last["retired"]))
    ends = [*(row["changed_at"] for row in rows[1:]), None]
    times = (
        (row["changed_at"], end) for row, end in zip(rows, ends, strict=True) if not row["retired"]
    )
    return Term(Theme(code, content), tuple(times))


def marked(frames: Frames) -> dict[Place, TextThemes]:
    """Return how each text stands that somebody has marked, also texts that were changed since."""
    acts: dict[Place, list[Marks]] = defaultdict(list)
    for row in records(frames.theme_marks):
        themes = None if row["taken_back"] else frozenset(row["themes"].split())
        place = int(row["case_id"]), row["item"], row["fingerprint"]
        acts[place].append(Marks(row["marked_by"], row["marked_at"], Part(row["part"]), themes))
    return {place: standing(found) for place, found in acts.items()}


def of_texts(frames: Frames, found: Iterable[Response]) -> dict[tuple[int, str], TextThemes]:
    """Return how the texts of responses stand that were read as they are now, by case and item.

    Those of a text that was deleted after its time stay.
    """
    known = marked(frames)
    asked = {(case, item) for case, item, _ in known}
    signs = {
        (one.case_id, item): fingerprint(one_line(one.values[item])) if item in one.values else ""
        for one in found
        for item in (*one.values, *one.deleted)
        if (one.case_id, item) in asked
    }
    stand = {(case, item): known.get((case, item, sign)) for (case, item), sign in signs.items()}
    return {place: one for place, one in stand.items() if one is not None and one.readings}


def texts_to_code(frames: Frames, found: Iterable[Response]) -> Iterable[OwnText]:
    """Return all texts that readers mark with themes: what people say, and no titles."""
    texts = own_texts(frames, found, every=True)
    return (one for one in texts if one.kind is TextKind.WORDS)
