"""What the bot itself says: remarks as data in the core, gettext catalogues for the languages.

The core returns a `Remark`; the shell words it in the language of the person. English is the
message id, so a text without a translation is still readable.
"""

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

ENGLISH = "en"


def N_(text: str) -> str:  # noqa: N802 - the usual gettext marker
    """Mark a text for the catalogues without translating it yet."""
    return text


@dataclass(frozen=True)
class Remark:
    """One sentence to say, with named values to put in: Remark(N_("Until {day}."), {"day": ...})."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, read from its `.po` file; English needs none."""
    place = resources.files("surveys") / "locale" / f"{language}.po"
    if not place.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with place.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True)
class Words:
    """The bot's words in one language."""

    language: str = ENGLISH

    def __call__(self, text: str, **values: str) -> str:
        """A sentence with its values put in. Values are inserted literally, never interpreted."""
        return fill(catalogue(self.language).gettext(text), values)

    def plural(self, one: str, many: str, number: int, **values: str) -> str:
        """The singular or plural sentence for a number, which is put in as {number}."""
        chosen = catalogue(self.language).ngettext(one, many, number)
        return fill(chosen, {"number": str(number), **values})

    def remark(self, remark: Remark) -> str:
        """A remark of the core in this language."""
        return self(remark.text, **remark.values)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Replace {name} by its value; names without a value stay as written.

    Not `str.format`: a template must not reach into objects, and braces in values are just text.
    """
    parts = template.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        filled.append(values[name] + rest if closed and name in values else "{" + part)
    return "".join(filled)
