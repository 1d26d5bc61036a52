"""What an invitation says to people who asked the office for help, once it is done. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.messaging.messages import Card
from surveys.days import month_text
from surveys.help_asked import Standing
from surveys.wording import ENGLISH, N_, Words, best_language

SINCE_YOU_ASKED = N_("Since you asked in {month} for “{help}”: {sentence}")
IN_ENGLISH = N_("(The office wrote this in English.)")


@dataclass(frozen=True)
class HelpDone:
    """Help that a person asked for in a month, with its words by language, and what was done."""

    asked: date
    labels: Mapping[str, str]
    standing: Standing


def help_done_line(words: Words, done: HelpDone) -> str:
    """Return what was done, in the language of a person if the office gave it, else in English."""
    sentence, language = done.standing.said_in(words.language)
    said = words(
        SINCE_YOU_ASKED,
        month=month_text(done.asked, words.language),
        help=_label(done.labels, words.language),
        sentence=sentence,
    )
    foreign = language == ENGLISH and best_language(words.language, (ENGLISH,)) is None
    return f"{said} {words(IN_ENGLISH)}" if foreign else said


def with_help_done(card: Card, words: Words, done: Iterable[HelpDone]) -> Card:
    """Return an invitation that also says what was done."""
    lines = [help_done_line(words, one) for one in done]
    return replace(card, text="\n\n".join((card.text, *lines)))


def _label(labels: Mapping[str, str], language: str) -> str:
    known = best_language(language, labels)
    return labels[known or ENGLISH] if known or ENGLISH in labels else next(iter(labels.values()))
