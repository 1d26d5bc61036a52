"""Help that people ask the office for: which answers ask for it, and where it stands.

Pure. The packaged questionnaires ask with the list `help`; an office's own may use it too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from surveys.questionnaire import Item, Option, Questionnaire
from surveys.wording import ENGLISH, best_language

LIST = "help"
LONGEST = 300
"""The most characters of a sentence."""
MOST_TOLD = 3
"""The most sentences in one invitation; the others wait for the next one."""
_WITH_SCHEME = re.compile(r"\S*://\S*|\bwww\.\S+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)”\"'"


class HelpState(StrEnum):
    """Where the help that an administration asked for stands."""

    WAITING = "waiting"
    TAKEN = "taken up"
    DONE = "done"


@dataclass(frozen=True)
class Standing:
    """Where help stands: who takes it up by when, and the sentence that says what was done.

    Only an approved sentence is sent. `translations` are those that the office gave, by language.
    """

    state: HelpState = HelpState.WAITING
    due_on: date | None = None
    sentence: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)
    approved: bool = False

    def said_in(self, language: str) -> tuple[str, str]:
        """Return the sentence in a language with its code, else in English."""
        known = best_language(language, self.translations)
        return (self.translations[known], known) if known else (self.sentence, ENGLISH)


def help_items(questionnaire: Questionnaire) -> Iterator[Item]:
    """Yield the questions that ask which help is wanted."""
    return (one for one in questionnaire.items if one.list_name == LIST)


def help_options(questionnaire: Questionnaire) -> dict[str, Option]:
    """Return the kinds of help that can be asked for, without "no help needed", by their codes."""
    if not any(help_items(questionnaire)):
        return {}
    listed = questionnaire.choices.get(LIST, ())
    return {one.name: one for one in listed if not (one.exclusive or one.non_answer)}


def bad_links(text: str) -> list[str]:
    """Return what looks like an address of the web and is not one that everybody can open."""
    found = (one.strip("(").rstrip(_AFTER_LINK) for one in _WITH_SCHEME.findall(text))
    return [one for one in found if not _opens(one)]


def _opens(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in ("http", "https")
        and "." in host
        and not parts.username
        and address.isascii()
        and address.isprintable()
    )
