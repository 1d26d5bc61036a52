"""Names of languages and of places in the language of the reader, from CLDR through Babel."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from surveys.wording import ENGLISH

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
    try:
        named = Locale.parse(code, sep="-").get_display_name(reader.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return code
    return named or code


@lru_cache(maxsize=256)
def place_in(code: str, name: str, reader: str) -> str:
    """Return the name of an administration for a reader.

    `name` is the one in the table of administrations. It stays in English, and for a code that is
    of no territory.
    """
    language = reader.replace("_", "-").partition("-")[0]
    if language == ENGLISH:
        return name
    try:
        territories = Locale.parse(reader, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return name
    return MEMBERS.get((code, language)) or str(territories.get(code, name))


@lru_cache(maxsize=256)
def script_in(name: str, reader: str) -> str:
    """Return the name of a script for a reader: "tibétain" for Tibetan in French; else its name."""
    code = {english: code for code, english in Locale(ENGLISH).scripts.items()}.get(name, "")
    try:
        return str(Locale.parse(reader, sep="-").scripts.get(code, name))
    except (UnknownLocaleError, ValueError):
        return name
