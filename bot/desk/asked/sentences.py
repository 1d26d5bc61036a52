"""The sentence that says what was done: what it may be. It is sent to people as it is written."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection

from bot.desk.reports.personal_words import contacts_in, names_among
from surveys.help_asked import LONGEST, Standing, bad_links
from surveys.problems import BadInput, Problem
from surveys.wording import ENGLISH, worded_languages

LINK = "Write the whole address, such as https://example.org/model-texts."
WITHOUT = "It is sent to many people. Name the office or a page of the web."


def check_sentence(sentences: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """Return the sentence in English, and those in other languages. BadInput if one cannot be sent."""
    given = {language: " ".join(text.split()) for language, text in sentences.items()}
    given = {language: text for language, text in given.items() if text}
    problems = [one for language, text in given.items() for one in _problems(language, text)]
    if ENGLISH not in given:
        fix = "It is sent to people for whose language there is no other."
        problems.insert(0, Problem("sentence", "", "There is none in English.", fix=fix))
    if problems:
        raise BadInput(tuple(problems))
    return given.pop(ENGLISH), given


def names_in(connection: Connection, standings: Iterable[Standing]) -> list[str]:
    """Return the words of sentences that look like names of people, for whoever approves them."""
    texts = (text for one in standings for text in (one.sentence, *one.translations.values()))
    return names_among(connection, texts)


def _problems(language: str, text: str) -> Iterator[Problem]:
    place = f"sentence ({language})"
    if language not in worded_languages():
        known = f"It speaks {', '.join(worded_languages())}."
        yield Problem(place, "", "is in a language that the bot does not speak.", fix=known)
    if len(text) > LONGEST:
        yield Problem(place, "", f"is longer than {LONGEST} characters.", text)
    for link in bad_links(text):
        yield Problem(place, "", "has an address that not everybody can open.", link, LINK)
    for mark in contacts_in(text):
        yield Problem(place, "", f"has what looks like a {mark.kind}.", mark.text, WITHOUT)
