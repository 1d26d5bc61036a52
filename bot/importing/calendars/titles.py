"""Titles of calendars: what they name, and marks beside them such as "(tbc)" and "CANCELLED:"."""

import re

from bot.importing.tables.days import OPEN
from bot.importing.tables.headings import plain

MEETING = re.compile(
    r"\b(meetings?|conferences?|committees?|council|assembly|forum|symposium|holidays?)\b",
    re.I,
)
WORKSHOP = re.compile(r"\b(workshops?|seminars?|courses?)\b", re.I)
CANCELLED = re.compile(
    r"\b(cancell?ed|called off|annulée?s?)\b|取消|ยกเลิก|đã hủy|bị hủy|លុបចោល|لغو شد", re.I
)
"""Words for a workshop that does not take place."""
_CALLED_OFF = rf"(?:{CANCELLED.pattern})"
_MARKED = re.compile(
    rf"^\W*{_CALLED_OFF}\s*[:\-–—)\]/|]+\s*|\s*[(\[:\-–—/|]+\s*{_CALLED_OFF}\W*$", re.I
)
"""The same words beside a title, not in it: a workshop may be about cancelled declarations."""
_OPEN_MARKED = re.compile(rf"^\W*{OPEN.pattern}\W+|[\s(\[:\-–—/]+{OPEN.pattern}\W*$", re.I)

_EVENT = re.compile(r"(workshop|seminar|training|course|atelier|seminaire|formation|event)s?")
_KINDS = (
    ("accreditation", r"\baccreditation\b"),
    ("sub-regional", r"\b(sub|sous) ?regional\b"),
    ("regional", r"\bregional\b"),
    ("national", r"\bnational\b"),
)
"""Patterns of the kinds in the form of `plain`, the most specific first."""


def clean_title(text: str) -> str:
    """Return a title without HTML tags, leading symbols, and marks such as "CANCELLED:" or "(tbc)"."""
    bare = re.sub(r"<[^>]*>", " ", text)
    bare = _OPEN_MARKED.sub("", _MARKED.sub("", bare)).strip() or bare
    return " ".join(re.sub(r"^[\W_]+(?=\w)", "", bare).split())


def is_called_off(title: str) -> bool:
    """Return whether a title is marked as cancelled."""
    return bool(_MARKED.search(re.sub(r"<[^>]*>", " ", title)))


def is_open(title: str) -> bool:
    """Return whether a title is marked as not certain."""
    return bool(_OPEN_MARKED.search(title))


def is_meeting(title: str) -> bool:
    """Return whether a title names a meeting and not a workshop."""
    return bool(MEETING.search(title)) and not WORKSHOP.search(title)


def kind_in(written: str, title: str) -> str:
    """Return the kind that a cell names, as in "Regional Workshop"; of other words the words."""
    words = plain(written)
    if not words or _EVENT.fullmatch(words):
        return kind_of(title)
    return next((kind for kind, name in _KINDS if re.search(name, words)), written)


def kind_of(title: str) -> str:
    """Return the kind of workshop that a title names; "regional" if it names none."""
    small = title.lower()
    if "accreditation" in small:
        return "accreditation"
    if "sub-regional" in small or "subregional" in small:
        return "sub-regional"
    return "national" if "national" in small.replace("international", "") else "regional"
