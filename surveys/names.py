"""Names of languages and of places in the language of the reader, from CLDR through Babel."""

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from surveys.wording import ENGLISH

if TYPE_CHECKING:
    from babel import Locale

MEMBERS = {
    ("HK", "fr"): "Hong Kong, Chine",
    ("HK", "zh"): "中国香港",
    ("MO", "fr"): "Macao, Chine",
    ("MO", "zh"): "中国澳门",
}
"""Members of the WCO under a name of their own, as its list of members has them."""


@lru_cache(maxsize=256)
def language_in(code: str, reader: str) -> str:
    """Return the name of a language for a reader: "anglais" for en in French; else its code."""
    locale = _locale(code)
    return (locale.get_display_name(reader.replace("-", "_")) if locale else None) or code


def language_name(code: str) -> str:
    """Return a language by its own name: "ไทย" for th; the code if no name is known."""
    return language_in(code, code)


def language_meant(text: str, known: Collection[str]) -> str | None:
    """Return the one of some languages that a text names: by code, by its own name, or in English."""
    wanted = text.strip().casefold()
    for code in known:
        names = (code, language_name(code), language_in(code, ENGLISH))
        if wanted in {name.casefold() for name in names}:
            return code
    return None


@lru_cache(maxsize=256)
def is_language(code: str) -> bool:
    """Return whether this is the code of a language with known formats: "th", "zh-TW"."""
    return _locale(code) is not None


@lru_cache(maxsize=256)
def place_in(code: str, name: str, reader: str) -> str:
    """Return the name of an administration for a reader.

    `name` is the one in the table of administrations. It stays in English, and for a code that is
    of no territory.
    """
    language = reader.replace("_", "-").partition("-")[0]
    if language == ENGLISH:
        return name
    locale = _locale(reader)
    if locale is None:
        return name
    return MEMBERS.get((code, language)) or str(locale.territories.get(code, name))


@lru_cache(maxsize=256)
def script_in(name: str, reader: str) -> str:
    """Return the name of a script for a reader: "tibétain" for Tibetan in French; else its name."""
    english, locale = _locale(ENGLISH), _locale(reader)
    codes = {known: code for code, known in english.scripts.items()} if english else {}
    return str(locale.scripts.get(codes.get(name, ""), name)) if locale else name


def _locale(code: str) -> "Locale | None":
    """Return a locale; None if Babel lacks it. Babel is imported late: the help needs no names."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
