"""Who of an administration may be the person of a name that is written otherwise, and why. Pure.

Nothing is decided here: each find becomes a question. Parts that many people share, such as a family
name that every tenth has, are no evidence, so that few questions are asked in vain.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from bot.importing.people.spellings import Spelling, sound, spelling

ORDER = "name in other order"
SIGNS = "name in another form (spaces, accents, titles)"
SCRIPT = "name in another script"
SPELT = "name spelt a little otherwise"
MORE = "one of the names has a part more"
INITIAL = "one of the names has an initial"
CERTAIN = frozenset((ORDER, SIGNS))
"""Reasons by which all letters of the names are the same."""
FEW, SHARE = 4, 300
"""A part of a name is evidence if at most this many people have it, or one of this many."""
SHORTEST_SPELT = 5
LONG = 9
"""Letters of a part from which on two of them may differ."""
MOST_SOUNDS_SAME = 20
"""People with the same sounds beyond whom these are no evidence."""
FEWEST_SOUNDS = 3
LONG_SOUNDS = 7
LIKE_LETTERS = 58
"""Percent of the letters that names of two scripts share if they sound alike."""
LIKE_SHORT = 70
"""The same for names of few sounds."""
LIKE_SPELT, LIKE_SHORT_SPELT = 75, 80
"""The same for two parts of names in one script."""


def difference(one: Spelling, two: Spelling, common: Callable[[str], bool]) -> str:
    """Return how two spellings that may be of one person differ; '' if they may not.

    `common` says which parts of a name so many people have that sharing them means nothing.
    """
    if one.script != two.script:
        return SCRIPT if _same_letters(one, two) or _sound_alike(one, two) else ""
    if one.key == two.key:
        return SIGNS if one.parts == two.parts else ORDER
    if _same_letters(one, two):
        return SIGNS
    return _by_parts(one, two, common)


def spelt_how(one: str, two: str) -> str:
    """Return how two names with the same letters differ."""
    return difference(spelling(one), spelling(two), lambda _: False) or SIGNS


def _same_letters(one: Spelling, two: Spelling) -> bool:
    return one.letters == two.letters and not one.wholes.isdisjoint(two.wholes)


def _sound_alike(one: Spelling, two: Spelling) -> bool:
    """Return whether names of two scripts sound alike. Chinese ones must have the same letters."""
    if "Han" in (one.script, two.script):
        return False
    return any(_sounds_like(turned, two) for turned in one.turned())


def _sounds_like(one: Spelling, two: Spelling) -> bool:
    short = min(len(one.sounds), len(two.sounds))
    most = 1 if short >= LONG_SOUNDS else 0
    apart = Levenshtein.distance(one.sounds, two.sounds, score_cutoff=most)
    like = LIKE_LETTERS if short >= FEWEST_SOUNDS else LIKE_SHORT
    return short > 1 and apart <= most and fuzz.ratio(one.vowels, two.vowels) >= like


def _by_parts(one: Spelling, two: Spelling, common: Callable[[str], bool]) -> str:
    """Return how names differ that share some parts; '' if too much of them differs."""
    first, second = list(one.parts), list(two.parts)
    shared = [part for part in one.parts if part in second]
    for part in shared:
        first.remove(part)
        if part in second:
            second.remove(part)
    pairs = list(zip(sorted(first), sorted(second), strict=False))
    if not pairs:
        return MORE if len(shared) > 1 and not all(map(common, shared)) else ""
    if len(first) != len(second) or not all(_alike(*pair) for pair in pairs):
        told = shared and not all(map(common, shared)) and _are_initials(first, second)
        return INITIAL if told else ""
    told = not all(map(common, shared)) if shared else all(_sounds_same(*pair) for pair in pairs)
    return SPELT if told else ""


def _alike(one: str, two: str) -> bool:
    """Return whether two parts are one name spelt a little otherwise."""
    if not (one + two).isalpha() or one[0] != two[0]:
        return False
    most = 2 if min(len(one), len(two)) >= LONG else 1
    long = min(len(one), len(two)) >= SHORTEST_SPELT
    return (long and OSA.distance(one, two, score_cutoff=most) <= most) or _sounds_same(one, two)


def _sounds_same(one: str, two: str) -> bool:
    """Return whether two parts have the same sounds, and few enough different vowels."""
    if min(len(one), len(two)) < SHORTEST_SPELT or sound(one) != sound(two) or one[0] != two[0]:
        return False
    like = LIKE_SPELT if len(sound(one)) >= FEWEST_SOUNDS else LIKE_SHORT_SPELT
    return one.isalpha() and fuzz.ratio(one, two) >= like


def _are_initials(first: list[str], second: list[str]) -> bool:
    """Return whether the rest of one name are the initials of the rest of the other."""
    short, full = sorted((first, second), key=lambda parts: max(map(len, parts)))
    letters = "".join(short)
    alone = all(len(one) == 1 for one in short) and len(short) <= len(full)
    return alone and letters == "".join(one[0] for one in full)[: len(letters)]


@dataclass
class Likely:
    """The people of one administration by the forms of their names."""

    names: dict[int, str] = field(default_factory=dict)
    _by_key: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    _by_letters: dict[str, list[int]] = field(default_factory=dict)
    _by_part: dict[str, list[int]] = field(default_factory=dict)
    _by_sounds: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    _by_script: dict[str, dict[tuple[str, int], dict[int, str]]] = field(default_factory=dict)
    """The sounds of names in each script, by the first one and their number."""

    @classmethod
    def of(cls, people: Iterable[tuple[int, str]]) -> "Likely":
        """Return the people with these ids and names."""
        found = cls()
        for number, name in people:
            if number not in found.names:
                found._add(number, name)
        return found

    def find(self, name: str) -> dict[int, str]:
        """Return the people who may be the person of a name, and how theirs is written otherwise."""
        wanted = spelling(name)
        near = dict.fromkeys(self._near(wanted))
        found = {one: self._difference(wanted, one) for one in near}
        return {number: why for number, why in found.items() if why}

    def share(self, name: str, number: int) -> bool:
        """Return whether a name has a part of a person's name that few people have."""
        parts = set(spelling(name).parts) & set(spelling(self.names[number]).parts)
        return not all(map(self._is_common, parts))

    def _add(self, number: int, name: str) -> None:
        one = spelling(name)
        self.names[number] = name
        self._by_letters.setdefault(one.letters, []).append(number)
        for part in set(one.parts):
            self._by_part.setdefault(part, []).append(number)
        self._by_sounds.setdefault(_sounds(one), []).append(number)
        if one.script != "Han" and one.sounds:
            said = (one.sounds[0], len(one.sounds))
            scripts = self._by_script.setdefault(one.script, {})
            scripts.setdefault(said, {})[number] = one.sounds

    def _difference(self, wanted: Spelling, number: int) -> str:
        return difference(wanted, spelling(self.names[number]), self._is_common)

    def _is_common(self, part: str) -> bool:
        return len(self._by_part.get(part, ())) > max(FEW, len(self.names) // SHARE)

    def _near(self, wanted: Spelling) -> Iterable[int]:
        yield from self._by_letters.get(wanted.letters, ())
        sounds_same = self._by_sounds.get(_sounds(wanted), ())
        yield from sounds_same if len(sounds_same) <= MOST_SOUNDS_SAME else ()
        for part in wanted.parts:
            if not self._is_common(part):
                yield from self._by_part.get(part, ())
        if wanted.script != "Han":
            yield from self._of_other_scripts(wanted)

    def _of_other_scripts(self, wanted: Spelling) -> Iterable[int]:
        """Yield the people of other scripts with the first sound and at most one other sound less."""
        spoken = {turned.sounds for turned in wanted.turned()} - {""}
        others = [one for script, one in self._by_script.items() if script != wanted.script]
        for said, sounds in product(spoken, others):
            most = 1 if len(said) >= LONG_SOUNDS else 0
            for length in range(len(said) - most, len(said) + most + 1):
                alike = sounds.get((said[0], length), {})
                found = process.extract(
                    said, alike, scorer=Levenshtein.distance, score_cutoff=most, limit=None
                )
                yield from (number for _, _, number in found)


def _sounds(one: Spelling) -> tuple[str, ...]:
    return tuple(sorted(map(sound, one.parts)))
