"""How good the evidence of an anchor is: claimed, described, corroborated, document seen.

- Described: the title that an officer gives is long enough, has a number or several words, and is no
  way to say nothing (see `is_title`). The office's accept or reject wins over that.
- Corroborated: another person in another role gives the same kind as new, changed or in force. Two
  officers of a delegation do not corroborate each other.
- After the office has rejected the description, nothing below *document seen* counts.

Only the last two are called evidence by others; all grades are a floor and no rate.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from analysis.measures.anchor_statuses import TITLE
from analysis.measures.delegations.non_answers import NON_ANSWERS
from analysis.measures.delegations.units import Seat

LETTERS = 6
"""The fewest letters or digits of a title."""
_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts whose words stand without spaces, by the beginning of the names of their letters."""


class Evidence(IntEnum):
    """How good the evidence is, each better than the one before."""

    CLAIMED = 1
    DESCRIBED = 2
    CORROBORATED = 3
    DOCUMENT_SEEN = 4


def is_title(text: str) -> bool:
    """Return whether a text names a document, as far as a rule can say.

    In a script without spaces between words, six letters are as good as two words.
    """
    plain = _plain(text)
    if plain in _NOTHING or sum(one.isalnum() for one in plain) < LETTERS:
        return False
    return (
        any(one.isdigit() for one in plain)
        or len(plain.split()) > 1
        or sum(_is_without_spaces(one) for one in plain) >= LETTERS
    )


def _plain(text: str) -> str:
    """Return a text folded, with single spaces and without signs at its ends."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    words = " ".join(folded.split())
    ends = "".join({one for one in words if unicodedata.category(one)[0] in "PSZC"})
    return words.strip(ends)


def _is_without_spaces(letter: str) -> bool:
    return letter.isalnum() and unicodedata.name(letter, "").startswith(_NO_SPACES)


_NOTHING = frozenset(_plain(text) for texts in NON_ANSWERS.values() for text in texts)


@dataclass(frozen=True)
class Description:
    """The description of an anchor by one officer. `accepted` if the office, or the rule, takes it.

    `rejected` says that the office has rejected it.
    """

    accepted: bool = False
    rejected: bool = False


def description(member: Seat, kind: str, moment: str) -> Description:
    """Return the newest description that an officer has given of a kind until a moment.

    A text that was deleted after its time counts as a description, as it was one while it was there.
    """
    item = f"{TITLE}{kind}"
    for told in reversed(member.so_far(moment)):
        if item in told.deleted or told.values.get(item, "").strip():
            verdict = told.accepted.get(kind)
            by_rule = item in told.deleted or is_title(told.values[item])
            return Description(by_rule if verdict is None else verdict, verdict is False)
    return Description()


def evidence_of(descriptions: Iterable[Description], *, confirmed: bool, seen: bool) -> Evidence:
    """Return the evidence of an anchor from its descriptions, and what others say of it.

    `confirmed` says that somebody in another role says the same, `seen` that the office has seen the
    document.
    """
    given = tuple(descriptions)
    if seen:
        return Evidence.DOCUMENT_SEEN
    good = any(one.accepted for one in given)
    if not good and any(one.rejected for one in given):
        return Evidence.CLAIMED
    if confirmed:
        return Evidence.CORROBORATED
    return Evidence.DESCRIBED if good else Evidence.CLAIMED
