"""Languages of XLSForm headings, such as "English (en)", as the codes of a questionnaire."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from surveys.names import language_in

CODE = re.compile(r"([A-Za-z]{2,3})([-_][A-Za-z0-9]+)*")
IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*\)\s*$")
OWN_NAMES = "ar bn dz fa fr hi id km lo mn ms my ne pt si ta tet th vi zh".split()
"""Languages of the region whose own names are understood too; all are known in English."""
DEFAULT = "default"
"""The name in XLSForm for the language of columns without one."""


def language_code(written: str) -> str | None:
    """Return the code of a language: "ไทย (th)", "Thai" and "th" are th; None if it is not known."""
    bracketed = IN_BRACKETS.search(written)
    text = bracketed[1] if bracketed else written.strip()
    if not bracketed and text.casefold() in _codes_by_name():
        return _codes_by_name()[text.casefold()]
    found = CODE.fullmatch(text)
    if found and (bracketed or found[1].lower() in _names()):
        return found[1].lower() + text[len(found[1]) :].replace("_", "-")
    return None


def language_name(code: str) -> str:
    """Return a heading for a code, such as "Thai (th)"; `language_code` reads it back."""
    plain = re.sub(r"[^\w ]+", " ", language_in(code, "en")).strip()
    return f"{plain} ({code})"


@lru_cache
def _names() -> dict[str, str]:
    return dict(Locale("en").languages)


@lru_cache
def _codes_by_name() -> dict[str, str]:
    named = {name.casefold(): code for code, name in _names().items() if "_" not in code}
    for code in OWN_NAMES:
        try:
            own = Locale(code).get_language_name(code)
        except UnknownLocaleError:
            continue
        if own:
            named.setdefault(own.casefold(), code)
    return named
