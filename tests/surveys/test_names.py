"""Names of languages and places as readers of a language know them."""

import pytest

from surveys.names import language_in, language_meant, place_in, script_in
from surveys.planning.administrations import packaged_administrations
from surveys.wording import ENGLISH, worded_languages


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [("en", "fr", "anglais"), ("en", "zh", "英语"), ("en", "th", "อังกฤษ"), ("x", "fr", "x")],
)
def test_a_language_in_the_words_of_the_reader(code: str, reader: str, name: str) -> None:
    assert language_in(code, reader) == name


@pytest.mark.parametrize(
    ("code", "name", "reader", "shown"),
    [
        ("KH", "Cambodia", "fr", "Cambodge"),
        ("KH", "Cambodia", "en", "Cambodia"),
        ("LA", "Lao PDR", "en", "Lao PDR"),
        ("HK", "Hong Kong, China", "zh", "中国香港"),
        ("HK", "Hong Kong, China", "fr", "Hong Kong, Chine"),
        ("SPC", "Pacific Community", "fr", "Pacific Community"),
        ("KH", "Cambodia", "tet", "Cambodia"),
    ],
)
def test_a_place_in_the_words_of_the_reader(code: str, name: str, reader: str, shown: str) -> None:
    assert place_in(code, name, reader) == shown


@pytest.mark.parametrize("reader", [one for one in worded_languages() if one != ENGLISH])
def test_every_packaged_administration_has_a_name_in_every_language(reader: str) -> None:
    for code, one in packaged_administrations().items():
        shown = place_in(code, one.name, reader)
        assert shown
        assert reader in ("fr", "vi") or not shown.isascii(), (code, shown)


def test_a_script_in_the_words_of_the_reader() -> None:
    assert script_in("Tibetan", "fr") == "tibétain"
    assert script_in("Tibetan", "en") == "Tibetan"
    assert script_in("Unheard of", "fr") == "Unheard of"


def test_a_language_is_known_by_its_code_its_own_name_and_in_english() -> None:
    known = ("en", "fr", "th", "zh")
    assert [language_meant(text, known) for text in ("fr", "Français", " french ", "ไทย")] == [
        *("fr", "fr", "fr", "th")
    ]
    assert language_meant("Klingon", known) is None
