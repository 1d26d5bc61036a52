"""A name in Latin letters, and by its sounds, so that other scripts and spellings can be compared. Pure.

Transliteration is that of `anyascii`: pinyin for Chinese, letter by letter for scripts that write no
vowels. Sounds are consonants in classes, rough enough for what offices write instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from anyascii import anyascii

from bot.importing.people.names import read_name

HAN = re.compile("[\u3400-\u9fff]")
SYLLABLES = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")
CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")
SILENT = re.compile("[\u0e01-\u0e2e][\u0e34\u0e38]?\u0e4c")
"""Thai letters that are written and not spoken."""
FAMILIES = {"이": "Lee ", "박": "Park ", "임": "Lim ", "노": "Roh ", "김": "Kim "}
"""Korean family names whose usual spelling is not that of the transliteration."""
PERSIAN = re.compile("[پچژگکی]")
SOUNDED_Z = str.maketrans(dict.fromkeys("ضذظ", "ز"))
HISSED = str.maketrans(dict.fromkeys("शषশষ", "sh"))
MUHAMMAD = re.compile(r"m[ou]h?[ae]m+[aeiu]d|mohd|md")
"""The name of which most spellings are in use, and its short forms."""
APOSTROPHES = re.compile(r"['`\u2019\u02bb\u02bc]")
BREAKS = re.compile(r"[^a-z0-9]+")
MOST_ORDERS = 4
"""Parts of a name in all of whose orders it is compared."""
DIGRAPHS = tuple(
    pair.split(">")
    for pair in (
        "shch>c tch>c ch>c sh>c zh>c dj>c ph>p th>t kh>k gh>k dh>t ng>n ts>s ck>k qu>k orn>on"
    ).split()
)
CLASSES = str.maketrans("jzxqgkvfbpdtrl", "csskkkppppttll", "aeiouyhw")
HALF_VOWELS = str.maketrans("yw", "iu")
DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """The parts of a name in Latin letters, without titles. `script` is "" for Latin names."""

    parts: tuple[str, ...]
    script: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The parts in an order of their own: the same whatever order they are written in."""
        return tuple(sorted(self.parts))

    @property
    def letters(self) -> str:
        """All letters, sorted: the same whatever the spaces and hyphens are."""
        return "".join(sorted("".join(self.parts)))

    @property
    def wholes(self) -> set[str]:
        """The name without spaces, in each order of its parts."""
        orders = permutations(self.parts) if len(self.parts) <= MOST_ORDERS else [self.parts]
        return {"".join(order) for order in orders}

    @property
    def sounds(self) -> str:
        """The sounds of the name as it is written."""
        return DOUBLED.sub(r"\1", "".join(map(sound, self.parts)))

    @property
    def vowels(self) -> str:
        """The name without spaces, where signs that are vowels in some scripts are vowels."""
        return "".join(self.parts).translate(HALF_VOWELS)

    def turned(self) -> Iterator["Spelling"]:
        """Yield the name as it is written, and with its last parts first."""
        for at in range(max(len(self.parts), 1)):
            yield Spelling(self.parts[at:] + self.parts[:at], self.script)


@lru_cache(maxsize=65536)
def spelling(name: str) -> Spelling:
    """Return how a name is written."""
    if name.isascii():
        return Spelling(_parts(read_name(name).name))
    bare = SILENT.sub("", read_name(name).name)
    bare = FAMILIES.get(bare[:1], bare[:1]) + bare[1:]
    bare = bare.translate(SOUNDED_Z) if PERSIAN.search(bare) else bare
    script = "Han" if HAN.search(bare) else "" if _is_latin(bare) else "other"
    latin = anyascii(bare.translate(HISSED))
    return Spelling(_parts(CAPITALS.sub(" ", latin) if SYLLABLES.search(bare) else latin), script)


@lru_cache(maxsize=65536)
def sound(part: str) -> str:
    """Return the sounds of a part of a name in Latin letters: consonants in classes."""
    said = part
    for letters, one in DIGRAPHS:
        said = said.replace(letters, one)
    return DOUBLED.sub(r"\1", said.translate(CLASSES))


def _parts(latin: str) -> tuple[str, ...]:
    words = BREAKS.sub(" ", APOSTROPHES.sub("", latin).lower()).split()
    return tuple("muhammad" if MUHAMMAD.fullmatch(word) else word for word in words)


def _is_latin(name: str) -> bool:
    return all(
        sign < "\u0370" or "\u1e00" <= sign < "\u1f00" or sign in "\u2019\u02bb" for sign in name
    )
