"""The language that a cell names: by code, or by its name in a language of the offices."""

import re
from functools import cache

from bot.importing.tables.headings import plain
from surveys.names import is_language

CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}))?")
READERS = ("en", "fr", "th", "km", "vi", "zh", "fa")
OF_THE_REGION = "ja ko ru ms id mn ne si ta hi bn ur lo my dz ps pt to fil".split()
"""Languages that are known by what they call themselves, beside those of the readers."""
PARTS = re.compile(r"\s*(?:[,;/&+、，]|\b(?:and|et|or)\b)\s*")
OTHER_NAMES = {
    "zh": "simplified chinese, chinese simplified, mandarin, putonghua, 汉语, 普通话, 华语",
    "zh-Hant": "traditional chinese, chinese traditional",
    "fa": "farsi, dari",
    "km": "cambodian, khmer language",
    "bn": "bangla, bengali",
    "ms": "bahasa melayu, malay",
    "id": "bahasa indonesia, bahasa",
    "fil": "tagalog, pilipino",
    "dv": "dhivehi, maldivian",
}
"""More names that lists use, separated by commas."""


@cache
def _names() -> dict[str, str]:
    """Return codes by the plain names of languages, and by what each calls itself."""
    from babel import Locale

    found: dict[str, str] = {}
    for reader in READERS:
        for code, name in Locale(reader).languages.items():
            found.setdefault(plain(str(name)), code.replace("_", "-"))
    for code in OF_THE_REGION:
        found.setdefault(plain(Locale(code).get_display_name() or ""), code)
    for code, names in OTHER_NAMES.items():
        found.update(dict.fromkeys((plain(name) for name in names.split(",")), code))
    return found


def language_code(text: str) -> str | None:
    """Return the code of the language that a text is or names; None if it names none."""
    found = CODE.fullmatch(text)
    code = "-".join(filter(None, (found[1].lower(), found[2]))) if found else ""
    names, named = _names(), plain(text)
    # "Lao" is a name, although other languages have codes of three letters.
    if named in names and len(named) > 2:
        return names[named]
    if code and is_language(code):
        return code
    return names.get(re.sub(r"^(?:langue|ภาษา|ភាសា|زبان|tieng)\s*|\s*language$", "", named))


def languages_in(text: str) -> list[str]:
    """Return the codes of the languages in a text such as "English, Hindi"; [] if one is unknown."""
    codes = [language_code(part) for part in PARTS.split(text) if part]
    return [code for code in codes if code] if None not in codes else []
