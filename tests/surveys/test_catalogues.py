"""The catalogues contain the texts of the code and the library, and no others."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.translating import extract_texts, translated_languages
from surveys.wording import ENGLISH, Words, reviewed, unreviewed_words, worded_languages
from tests.places import ROOT

WORDS = ROOT / "surveys" / "locale"
LIBRARY = ROOT / "surveys" / "library"
LANGUAGES = ("fa", "fr", "km", "th", "vi", "zh")
FORMS = {"fa": 2, "fr": 2, "km": 1, "th": 1, "vi": 1, "zh": 1}
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(["N_", "words", "plural:1,2"])
PLACEHOLDER = re.compile(r"\$?\{\w+\}|%\(\w+\)s|/[a-z]+\b|⋯")
TEMPLATES = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
Ids = frozenset[tuple[object, str | None]]


@lru_cache
def said_by_the_bot() -> Ids:
    found = [
        (message, context)
        for folder in ("surveys", "bot")
        for _, _, message, _, context in extract_from_dir(
            ROOT / folder, TEMPLATES, keywords=KEYWORDS
        )
    ]
    return frozenset(found)


@lru_cache
def asked_by_the_library() -> Ids:
    files = [*sorted((LIBRARY / "questionnaires").glob("*.yaml")), LIBRARY / "lists.yaml"]
    found = [
        (message, context)
        for file in files
        for _, message, _, context in extract(extract_texts, BytesIO(file.read_bytes()))  # type: ignore[arg-type]
    ]
    return frozenset(found)


@lru_cache
def catalogue(folder: Path, language: str) -> Catalog:
    with (folder / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(folder: Path, language: str) -> Iterator[Message]:
    return (message for message in catalogue(folder, language) if message.id)


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def test_the_six_languages_have_both_catalogues() -> None:
    assert translated_languages() == LANGUAGES
    assert worded_languages() == tuple(sorted((ENGLISH, *LANGUAGES)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_word_of_the_bot_and_no_other(language: str) -> None:
    held = {(message.id, message.context) for message in messages(WORDS, language)}
    assert held == said_by_the_bot(), "run `make words` and translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_text_of_the_library_and_no_other(language: str) -> None:
    held = {
        (message.id, message.context) for message in messages(LIBRARY / "translations", language)
    }
    assert held == asked_by_the_library(), "run `make words`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated_into_the_forms_of_its_language(language: str) -> None:
    for message in messages(WORDS, language):
        wanted = FORMS[language] if message.pluralizable else 1
        assert len(forms(message.string)) == wanted, message.id
        assert all(forms(message.string)), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("folder", [WORDS, LIBRARY / "translations"], ids=["words", "library"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_placeholders(language: str, folder: Path) -> None:
    for message in messages(folder, language):
        english = forms(message.id)[-1]
        for text in filter(None, forms(message.string)):
            placed, wanted = (
                Counter(PLACEHOLDER.findall(text)),
                Counter(PLACEHOLDER.findall(english)),
            )
            if message.pluralizable:
                wanted["{number}"] = placed["{number}"]
            assert placed == wanted, (message.id, text)


def test_the_singular_and_the_plural_are_those_of_the_language() -> None:
    one, many = "{number} answer is stored.", "{number} answers are stored."
    told = {code: [Words(code).plural(one, many, n) for n in (0, 1, 2)] for code in ("fr", "th")}
    assert told["fr"][0].startswith("0 réponse est") and told["fr"][2].startswith(
        "2 réponses sont"
    )
    assert told["th"] == [f"เก็บคำตอบไว้ {n} ข้อ" for n in (0, 1, 2)]
    few = "One short questionnaire. It takes about 5 minutes."
    more = "{number} short questionnaires in one year. Each takes about 5 minutes."
    assert Words("fa").plural(few, more, 1) != Words("fa").plural(few, more, 2)


@pytest.mark.parametrize("key", packaged_keys())
def test_a_language_is_offered_only_with_all_its_texts(key: str) -> None:
    questionnaire = packaged_questionnaire(key)
    texts: list[Mapping[str, str]] = [questionnaire.title]
    for item in questionnaire.items:
        texts += [item.label, item.hint, item.heading, item.constraint_message]
    texts += [option.label for options in questionnaire.choices.values() for option in options]
    for text in texts:
        assert not text or set(text) == set(questionnaire.languages), text


def test_drafts_are_drafts_until_a_reviewer_is_named() -> None:
    assert unreviewed_words() == LANGUAGES
    assert packaged_questionnaire("M6").unreviewed == LANGUAGES
    catalog = Catalog(locale="th")
    for team in ("", "not yet reviewed", "th <LL@li.org>", "reviewed by "):
        catalog.language_team = team
        assert not reviewed(catalog), team
    catalog.language_team = "Reviewed by Somchai, Thai Customs"
    assert reviewed(catalog)


def test_an_unknown_language_is_spoken_to_in_english_and_a_region_in_its_language() -> None:
    assert Words("lo")("Thank you.") == "Thank you."
    assert Words("../../etc/passwd")("Thank you.") == "Thank you."
    assert Words("zh-Hans-CN")("Thank you.") == Words("zh")("Thank you.") == "谢谢。"
