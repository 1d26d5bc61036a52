"""One name: its title, place-holders for a missing part, and forms for comparing. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.importing.tables.addresses import WIDE
from bot.importing.tables.headings import plain

BARE = frozenset(
    "mr mrs ms miss mx dr prof professor rev reverend mme mlle shri smt madam madame monsieur"
    " г-н г-жа ông bà លោក លោកស្រី ທ່ານ ທ້າວ السيد السيدة الدكتور آقای خانم นาย นาง นางสาว น.ส ดร".split()
)
"""Titles of people, also without a full stop."""
DOTTED = BARE | frozenset(
    "revd hon sr sra sh er capt col maj lt gen sgt cdr insp supt brig comm dir ir drs".split()
)
"""Titles with a full stop; without one Hon, Col and Sh are names."""
JOINED = re.compile(r"(นางสาว|นาง(?!สาว)|นาย|น\.ส\.|ดร\.)\s*(?=[\u0e01-\u0e2e\u0e40-\u0e44]\S{2})")
"""Thai titles, which are written without a space before the name."""
AFTER = re.compile(
    r"(?<=[\u3400-\u9fff\uac00-\ud7a3]{2})\s*(先生|女士|小姐|博士|教授|様|さん|씨|님)$"
)
"""Titles that follow a Chinese, Japanese or Korean name."""
TIGHT = re.compile(r"(?<![^\s,/(])([^\W\d_]{2,})\.(?=[^\W\d_])")
"""A title with a full stop and no space: "Dr.Mele"."""
NUMBER = re.compile(r"^\(?\d{1,3}[.)]{1,2}\s*(?=[^\W\d_])")
"""The number of a row before a name: "3. Ann", "(3) Ann"."""
UNKNOWN = ("LNU", "FNU")
NO_PART = re.compile(rf"[^\w]+|#?[Nn]/[AaDd]|[Nn]\.[Aa]\.?|{'|'.join(UNKNOWN)}")
"""What stands in a name for a part that the person does not have."""
NO_NAME = frozenset(("nil", "none", "unknown", "no surname", "no family name", "not applicable"))
"""What stands in a column of family or given names for the same."""
SPECIAL = BARE | {one.casefold() for one in UNKNOWN}
SIMPLE = re.compile("[A-Za-z0-9']+(?:[ -][A-Za-z0-9']+)*")
"""A name with nothing to be split off but a title without a full stop."""
INITIALS = 2
"""Letters in capitals that may be initials beside a name that is not: "MS Dhoni"."""


@dataclass(frozen=True)
class ReadName:
    """A name as it is stored, '' if there is none, and the title that stood with it."""

    name: str = ""
    title: str = ""


@lru_cache(maxsize=65536)
def read_name(text: str) -> ReadName:
    """Return a name without its titles and without what stands for missing parts."""
    if SIMPLE.fullmatch(text) and SPECIAL.isdisjoint(text.casefold().split()):
        return ReadName(text)
    bare = NUMBER.sub("", text.translate(WIDE))
    wide = " ".join(TIGHT.sub(_spaced, bare).split())
    joined, after = JOINED.match(wide), AFTER.search(wide)
    titles = [found[1] for found in (joined, after) if found]
    words = wide[joined.end() if joined else 0 : after.start() if after else None].split()
    titles += [one.strip("(),") for at, one in enumerate(words) if _is_title(words, at)]
    left = [one for at, one in enumerate(words) if not _is_title(words, at)]
    kept = [one for one in left if not NO_PART.fullmatch(one)]
    return ReadName(" ".join(kept).strip(",; "), " ".join(titles))


def read_part(text: str) -> ReadName:
    """Return what stands in a column of given or of family names; two capitals are initials."""
    if len(text) == INITIALS and text.isupper():
        return ReadName(text)
    return ReadName() if plain(text) in NO_NAME else read_name(text)


def _spaced(found: re.Match[str]) -> str:
    return f"{found[0]} " if found[1].casefold() in DOTTED else found[0]


def _is_title(words: list[str], at: int) -> bool:
    """Return whether a word is a title: at the start, after a comma, at the end, or after another."""
    word = words[at]
    first = at == 0 or words[at - 1].endswith(",") or _is_title(words, at - 1)
    last = at == len(words) - 1 and word.casefold().strip("().") in BARE
    last = last and not word[-1].isalpha()
    pieces = [one for one in re.split(r"[/&]", word.strip("(),")) if one]
    rest = "".join(words[at + 1 :])
    if len(word) == INITIALS and word.isupper() and rest and not rest.isupper():
        return False
    return (first or last) and bool(pieces) and all(map(_names_title, pieces))


def _names_title(piece: str) -> bool:
    bare = piece.rstrip(".").casefold()
    return bare in BARE or (piece.endswith(".") and bare in DOTTED)


def folded(name: str) -> str:
    """Return a name apart from case, titles and Unicode composition."""
    bare = read_name(name).name or name
    return bare.casefold() if bare.isascii() else unicodedata.normalize("NFC", bare).casefold()


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return a name without accents, case and order of its parts: "TUPOU, Mele" is "mele tupou"."""
    bare = folded(name)
    return " ".join(sorted(plain(bare.replace(",", " ")).split())) or bare


def hinted(email: str) -> str:
    """Return an e-mail address of which only its owner knows the whole: "m…@example.org"."""
    name, _, place = email.partition("@")
    return f"{name[:1]}…@{place}"
