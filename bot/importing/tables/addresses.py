"""E-mail addresses and telephone numbers as people write them into cells.

`email-validator` says what is an address; nothing is looked up. Only what can be meant in one way is
mended.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from bot.importing.tables.cells import clean

EXPONENT = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d+)")
LOST = "is a number in short form; digits are lost. Format the column as text."


def read_phone(text: str) -> tuple[str, str]:
    """Return the digits of a number with its zeros, or '' and a warning if some are lost.

    A number such as 6.79E+07 is written out if it has all its digits.
    """
    found = EXPONENT.fullmatch(text.strip())
    if found:
        digits = found[1] + (found[2] or "")
        missing = int(found[3]) + 1 - len(digits)
        return (digits, "") if missing == 0 else ("", LOST)
    return re.sub(r"\D", "", re.sub(r"^(\d+)\.0+$", r"\1", text.strip())), ""


PLAIN = re.compile(r"([a-z0-9]+(?:[._+-][a-z0-9]+)*)@((?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,})")
"""What needs no mending; the library alone says whether it is an address."""
LONGEST_LOCAL = 64
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width signs."""
SIGNS = WIDE | {0x3002: ".", 0xFF61: ".", 0x3001: ",", 0x200C: None, 0x200D: None}
"""Full-width signs, stops of Chinese and Japanese, and joiners, which no address has."""
NONE = re.compile(r"\W*|n/?\.?a\.?|nil|no|none|unknown|no e-?mail|not available")
REMARK = re.compile(r"\((?!\s*(?:at|dot)\s*\))[^()@]*\)|\[(?!\s*(?:at|dot)\s*\])[^\[\]@]*\]")
AT = re.compile(r"\s*[(\[{]\s*at\s*[)\]}]\s*")
SPOKEN_AT = re.compile(r"\s+at\s+")
DOT = re.compile(r"\s*[(\[{]\s*dot\s*[)\]}]\s*|\s+dot\s+")
SPACED = re.compile(r"\s*@\s*")
LABEL = re.compile(r"(?:^|(?<=[\s<(]))(?:mailto|e-?mail|mail)\s*:\s*")
QUERY = re.compile(r"(?<=mailto:)([^?]*)\?.*")
BETWEEN = re.compile(r"[,;|/<>()\[\]]+")
QUOTES = "'\"`“”‘’«» "
NAMED = re.compile(r"\s*[\"']?([^<>@]*?)[\"']?\s*<[^<>]*@[^<>]*>\s*")
WORDS = "It has words before the address, or a space in it."


@dataclass(frozen=True)
class ReadEmail:
    """The address of a cell, '' if there is none that can be used, and a doubt about it.

    `why` says what is wrong with a text that is no address, `others` are further addresses of the cell.
    """

    address: str = ""
    why: str = ""
    others: tuple[str, ...] = ()


def read_email(text: str) -> ReadEmail:
    """Return the e-mail address of a cell, mended where it can be meant in one way only."""
    lower = clean(text).lower()
    if NONE.fullmatch(lower):
        return ReadEmail()
    whole = PLAIN.fullmatch(lower)
    if whole and len(whole[1]) <= LONGEST_LOCAL and _is_domain(whole[2]):
        return ReadEmail(lower)
    meant = QUERY.sub(r"\1", REMARK.sub(" ", lower.translate(SIGNS)))
    meant = DOT.sub(".", AT.sub("@", LABEL.sub("", meant)))
    meant = meant if "@" in meant else SPOKEN_AT.sub("@", meant)
    pieces = [one for part in BETWEEN.split(SPACED.sub("@", meant)) for one in _addresses(part)]
    return _checked(list(dict.fromkeys(pieces))) if pieces else ReadEmail(why="It has no @ sign.")


def name_beside_email(text: str) -> str:
    """Return the name in a cell such as "Mele Fonua <mele@example.org>"; '' if there is none."""
    found = NAMED.fullmatch(text.translate(WIDE))
    return found[1].strip() if found else ""


def is_email(text: str) -> bool:
    """Return whether a text is an e-mail address as it stands."""
    return read_email(text).address == text.strip().lower() != ""


def _addresses(part: str) -> list[str]:
    """Return the words of a part of a cell that may be addresses.

    Words before an address may belong to it ("mele fonua@example.org"), so they stay with it.
    """
    words = [one.strip(QUOTES).rstrip("." + QUOTES) for one in part.split()]
    marked = [one for one in words if "@" in one]
    return marked if words[:1] == marked[:1] else [part.strip()] if marked else []


def _checked(pieces: list[str]) -> ReadEmail:
    """Return the first address among some texts; if none is one, why the first is not."""
    why, right = "", []
    for piece in pieces:
        try:
            found = validate_email(piece, check_deliverability=False, strict=True)
            right.append(found.normalized.lower())
        except EmailNotValidError as error:
            why = why or (WORDS if " " in piece else str(error))
    return ReadEmail(right[0], "", tuple(right[1:])) if right else ReadEmail(why=why)


@lru_cache(maxsize=4096)
def _is_domain(domain: str) -> bool:
    return not _checked([f"a@{domain}"]).why
