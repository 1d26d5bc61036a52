"""The script of a text, the font family that has it, and its direction."""

import unicodedata
from collections.abc import Iterable, Mapping

FAMILIES: Mapping[str, str] = {
    "LATIN": "Noto Sans",
    "CYRILLIC": "Noto Sans",
    "GREEK": "Noto Sans",
    "THAI": "Noto Sans Thai",
    "KHMER": "Noto Sans Khmer",
    "LAO": "Noto Sans Lao",
    "MYANMAR": "Noto Sans Myanmar",
    "ARABIC": "Noto Sans Arabic",
    "TAMIL": "Noto Sans Tamil",
    "CJK": "Noto Sans SC",
    "HIRAGANA": "Noto Sans SC",
    "KATAKANA": "Noto Sans SC",
}
"""The font family of a script, by the first word of its letters' Unicode names."""

RIGHT_TO_LEFT = frozenset(("R", "AL"))


def scripts(text: str) -> frozenset[str]:
    """Return the scripts of the letters of a text, such as {"LATIN", "KHMER"}."""
    names = (unicodedata.name(sign, "") for sign in set(text) if sign.isalpha())
    return frozenset(name.split()[0] for name in names if name)


def undrawable(text: str, families: Iterable[str]) -> str:
    """Return the first script of a text that no family has, such as "Tibetan"; else ''."""
    there = set(families)
    missing = sorted(name for name in scripts(text) if FAMILIES.get(name) not in there)
    return missing[0].capitalize() if missing else ""


def direction(text: str) -> str:
    """Return "rtl" when the first letter of a text runs from right to left, else "ltr"."""
    strong = (unicodedata.bidirectional(sign) for sign in text if sign.isalpha())
    return "rtl" if next(strong, "L") in RIGHT_TO_LEFT else "ltr"
