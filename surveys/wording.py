"""The bot's own texts: remarks as data in the rules, gettext catalogues for the languages.

The rules return a `Remark`; the shell puts it into the language of the person. English is the message
id, so a text without a translation is still readable.
"""

import gettext
import io
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from surveys.bidi import isolated, right_to_left

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ENGLISH = "en"
PLACE = resources.files("surveys") / "locale"
LONGEST_TAG = 35
"""The most characters of a language that are read, as RFC 5646 advises. Browsers send any length."""
REVIEWED = re.compile(r"reviewed by \S", re.IGNORECASE)
"""The value of the header Language-Team of a reviewed translation."""


def N_(text: str) -> str:  # noqa: N802 - the usual gettext marker
    """Mark a text for the catalogues without translating it yet."""
    return text


COMMA = N_(", ")
SEMICOLON = N_("; ")
"""The separators of a list, without and with commas inside its parts."""
COLON = N_(": ")
"""What stands between a name and its value, with its spaces: a French colon has two."""
QUOTED = N_("“{text}”")
FULL_STOP = "。"
"""Its space is part of the sign."""


@dataclass(frozen=True)
class Remark:
    """One sentence with named values to insert: Remark(N_("Until {day}."), {"day": ...}).

    `also` is said after it.
    """

    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    also: "Remark | None" = None


@lru_cache
def worded_languages() -> tuple[str, ...]:
    """Return the languages of the bot's own texts, sorted."""
    names = [file.name for file in PLACE.iterdir()]
    return tuple(sorted([ENGLISH, *(name[:-3] for name in names if name.endswith(".po"))]))


def best_language(wanted: str, offered: Collection[str]) -> str | None:
    """Return the offered language for a wanted one: itself, else without its region, else None.

    "zh-Hans-CN" is served by "zh"; "th" is not served by "en".
    """
    parts = wanted[:LONGEST_TAG].replace("_", "-").split("-")
    return next(
        (code for end in range(len(parts), 0, -1) if (code := "-".join(parts[:end])) in offered),
        None,
    )


def read_catalogue(place: Traversable, language: str) -> "Catalog":
    """Return the entries of a `.po` file."""
    from babel.messages.pofile import read_po

    with place.open("rb") as source:
        return read_po(source, locale=language)


def reviewed(catalog: "Catalog") -> bool:
    """Return whether a reviewer of the translation is named; else it is a draft."""
    return REVIEWED.match(catalog.language_team or "") is not None


@lru_cache(maxsize=64)
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language, read from its `.po` file; English needs none."""
    known = best_language(language, worded_languages())
    if known is None or known == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(PLACE / f"{known}.po", known))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def unreviewed_words() -> tuple[str, ...]:
    """Return the languages whose translation of the bot's texts was not reviewed yet."""
    codes = (code for code in worded_languages() if code != ENGLISH)
    return tuple(c for c in codes if not reviewed(read_catalogue(PLACE / f"{c}.po", c)))


def translation(known: gettext.NullTranslations, text: str) -> str:
    """Return a text in the language of a catalogue; "" stands for its head there, and has none."""
    return known.gettext(text) if text else ""


@dataclass(frozen=True)
class Words:
    """The bot's texts in one language."""

    language: str = ENGLISH

    def __call__(self, text: str, **values: str) -> str:
        """Return a sentence with its values inserted literally, never interpreted."""
        return self._filled(translation(catalogue(self.language), text), values)

    def plural(self, one: str, many: str, number: int, **values: str) -> str:
        """Return the singular or plural sentence for a number, which is inserted as {number}."""
        chosen = catalogue(self.language).ngettext(one, many, number)
        return self._filled(chosen, {"number": str(number), **values})

    def listed(self, parts: Iterable[str]) -> str:
        """Return several things as a list in the language: "a, b", "a، b", "a、b".

        A semicolon separates them if one of them contains a comma: "a, b or c; d".
        """
        told, comma = list(parts), self.comma
        apart = any(comma.strip() in part for part in told)
        return (self.semicolon if apart else comma).join(told)

    @property
    def comma(self) -> str:
        """The separator of a list, with its space.

        The sign is a word of the catalogues: the list patterns of CLDR put "and" before the last
        one, which does not go with every choice, and no sign at all between choices in Thai.
        """
        return catalogue(self.language).gettext(COMMA)

    @property
    def semicolon(self) -> str:
        """The separator of a list whose parts contain commas, with its space."""
        return catalogue(self.language).gettext(SEMICOLON)

    @property
    def colon(self) -> str:
        """What stands between a name and its value, with its spaces."""
        return catalogue(self.language).gettext(COLON)

    @property
    def quotes(self) -> tuple[str, str]:
        """The marks before and after quoted words."""
        before, _, after = catalogue(self.language).gettext(QUOTED).partition("{text}")
        return before, after

    def beside(self, parts: Iterable[str]) -> str:
        """Return parts in one line with a dot between them, each isolated if it runs the other way."""
        return " · ".join(isolated(part, right_to_left(self.language)) for part in parts)

    def _filled(self, template: str, values: Mapping[str, str]) -> str:
        rtl = right_to_left(self.language)
        return fill(template, {name: isolated(value, rtl) for name, value in values.items()})

    def remark(self, remark: Remark) -> str:
        """Return a remark in this language."""
        said = self(remark.text, **remark.values)
        return sentences([said, self.remark(remark.also) if remark.also else ""])


def sentences(parts: Iterable[str]) -> str:
    """Return sentences in one line, without the empty ones. No space follows a full-width stop."""
    return " ".join(filter(None, parts)).replace(f"{FULL_STOP} ", FULL_STOP)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the template with {name} replaced by its value; names without a value stay.

    Not `str.format`: a template must not reach into objects, and braces in values are just text.
    """
    parts = template.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        filled.append(values[name] + rest if closed and name in values else "{" + part)
    return "".join(filled)
