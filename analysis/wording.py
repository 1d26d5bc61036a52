"""The report's sentences in a language, from a catalogue of its own beside that of the bot.

English is the message id; a text that a catalogue lacks is printed in English.
"""

import gettext
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from surveys.wording import ENGLISH, Words, read_catalogue, translation

PLACE = resources.files("analysis") / "locale"


def report_languages() -> tuple[str, ...]:
    """Return the languages that reports are written in."""
    files = (file.name for file in PLACE.iterdir() if file.name.endswith(".po"))
    return (ENGLISH, *sorted(name.removesuffix(".po") for name in files))


@lru_cache(maxsize=16)
def report_catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language, empty for English and for a language without one."""
    if language == ENGLISH or language not in report_languages():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(PLACE / f"{language}.po", language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True)
class ReportWords(Words):
    """The words of reports in one language."""

    def __call__(self, text: str, **values: str) -> str:
        """Return a sentence with its values inserted."""
        return self._filled(translation(report_catalogue(self.language), text), values)

    def plural(self, one: str, many: str, number: int, **values: str) -> str:
        """Return the singular or plural sentence for a number, which is inserted as {number}."""
        chosen = report_catalogue(self.language).ngettext(one, many, number)
        return self._filled(chosen, {"number": str(number), **values})
