"""Bidirectional text: insert names into a line so that they and the text around keep their order.

The signs are those of the Unicode bidirectional algorithm (UAX 9). Knows no language's words.
"""

import re
import unicodedata
from functools import cache

FIRST_STRONG, POP = "\u2068", "\u2069"
OVERRIDES = re.compile("[\u202a-\u202e]")
"""Signs that reverse the text after them; no name needs them, and they can disguise one."""
ISOLATES = re.compile("[\u2066-\u2069]")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "prs", "sd", "ug", "ur", "yi"})


@cache
def right_to_left(language: str) -> bool:
    """Whether a language is written from right to left; "fa-AF" is, as "fa" is."""
    return language.replace("_", "-").partition("-")[0].lower() in RIGHT_TO_LEFT


def tame(text: str) -> str:
    """Return the text without signs that change the direction of what follows."""
    calm = OVERRIDES.sub("", text)
    balanced = len(re.findall("[\u2066-\u2068]", calm)) == calm.count(POP)
    return calm if balanced else ISOLATES.sub("", calm)


def isolated(text: str, within_rtl: bool) -> str:
    """Return a text to insert into a sentence, isolated if it runs in the other direction."""
    if text.isascii() and not within_rtl:
        return text  # Most are so: nothing in them runs, or is turned, from right to left.
    calm = tame(text)
    against = {"L"} if within_rtl else {"R", "AL"}
    if any(unicodedata.bidirectional(sign) in against for sign in calm):
        return f"{FIRST_STRONG}{calm}{POP}"
    return calm


def direction(language: str) -> str:
    """Return the direction of a language as in HTML: ltr or rtl."""
    return "rtl" if right_to_left(language) else "ltr"
