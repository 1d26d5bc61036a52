"""What a reader should look at in a text before it is released. Pure.

A mark is a hint: whoever reads the text decides.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_NAME = 3
SHORTEST_UNSPACED = 2
"""Letters of a name that is searched for; the second where names are written without spaces."""
FEWEST_DIGITS = {"phone": 7, "case": 2, "joined": 4, "long": 5}
_BETWEEN_WORDS = re.compile(r"[^\w\u0300-\u036f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|_+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w+")
_PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d\s().\-]{5,}\d(?!\w)")
_AROUND = ".,;:!?()[]{}<>\"'“”‘’«»…"


class MarkKind(StrEnum):
    """What a mark looks like."""

    NAME = "name"
    EMAIL = "e-mail address"
    PHONE = "phone number"
    CASE = "case number"
    NUMBER = "long number"


@dataclass(frozen=True)
class Mark:
    """A part of a text, as it is written there."""

    kind: MarkKind
    text: str


@dataclass(frozen=True)
class KnownNames:
    """The words of names; `unspaced` are those of scripts without spaces between words."""

    words: frozenset[str]
    unspaced: tuple[str, ...]


def known_names(names: Iterable[str]) -> KnownNames:
    """Return the words of some names, as they are searched for."""
    words: set[str] = set()
    unspaced: set[str] = set()
    for name in names:
        for word in _BETWEEN_WORDS.split(_folded(name)):
            if _UNSPACED.search(word):
                unspaced |= {word} if len(word) >= SHORTEST_UNSPACED else set()
            elif len(word) >= SHORTEST_NAME and not word.isdecimal():
                words.add(word)
    return KnownNames(frozenset(words), tuple(sorted(unspaced)))


def marks_in(text: str, names: KnownNames) -> tuple[Mark, ...]:
    """Return names of known people, addresses and numbers in a text, each once."""
    found = [*_names_in(text, names)]
    for kind, pattern in ((MarkKind.EMAIL, _EMAIL), (MarkKind.PHONE, _PHONE)):
        marks = [
            one for one in pattern.findall(text) if kind is not MarkKind.PHONE or _dialled(one)
        ]
        found += [Mark(kind, one) for one in marks]
        for one in marks:
            text = text.replace(one, " ")
    found += _numbers_in(text)
    return tuple(dict.fromkeys(found))


def _names_in(text: str, names: KnownNames) -> Iterator[Mark]:
    for word in _BETWEEN_WORDS.split(text):
        if _folded(word) in names.words:
            yield Mark(MarkKind.NAME, word)
    whole = _folded(text)
    if _UNSPACED.search(whole):
        yield from (Mark(MarkKind.NAME, name) for name in names.unspaced if name in whole)


def _dialled(text: str) -> bool:
    return _digits(text) >= FEWEST_DIGITS["phone"]


def _numbers_in(text: str) -> Iterator[Mark]:
    """Yield numbers that may be those of a case: with letters or signs in them, or long."""
    for word in text.split():
        bare = word.strip(_AROUND)
        digits = _digits(bare)
        if bare.isdecimal():
            if digits >= FEWEST_DIGITS["long"]:
                yield Mark(MarkKind.NUMBER, bare)
        elif digits >= FEWEST_DIGITS["joined" if _letterless(bare) else "case"]:
            yield Mark(MarkKind.CASE, bare)


def _letterless(text: str) -> bool:
    return not any(sign.isalpha() for sign in text)


def _digits(text: str) -> int:
    return sum(sign.isdecimal() for sign in text)


def _folded(text: str) -> str:
    """Return a text in which the same letters look the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
