"""Texts of two directions in one line: inserted names keep their order and that of what surrounds them.

The signs are those of the Unicode bidirectional algorithm (UAX 9). Knows no language's words.
"""

import re
import unicodedata

FIRST_STRONG, POP = "\u2068", "\u2069"
OVERRIDES = re.compile("[\u202a-\u202e]")
"""Signs that turn what follows around; nobody needs them in a name, and they can disguise one."""
ISOLATES = re.compile("[\u2066-\u2069]")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "prs", "sd", "ug", "ur", "yi"})


def right_to_left(language: str) -> bool:
    """Whether a language is written from right to left; "fa-AF" is, as "fa" is."""
    return language.replace("_", "-").partition("-")[0].lower() in RIGHT_TO_LEFT


def tame(text: str) -> str:
    """The text without signs that turn the direction of what follows it."""
    calm = OVERRIDES.sub("", text)
    balanced = len(re.findall("[\u2066-\u2068]", calm)) == calm.count(POP)
    return calm if balanced else ISOLATES.sub("", calm)


def isolated(text: str, within_rtl: bool) -> str:
    """A text to put into a sentence, set apart where it runs the other way than the sentence."""
    calm = tame(text)
    against = {"L"} if within_rtl else {"R", "AL"}
    if any(unicodedata.bidirectional(sign) in against for sign in calm):
        return f"{FIRST_STRONG}{calm}{POP}"
    return calm


def direction(language: str) -> str:
    """Which way a language is written, as HTML says it: ltr or rtl."""
    return "rtl" if right_to_left(language) else "ltr"
