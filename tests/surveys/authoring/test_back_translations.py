"""The tables of docs/translations: present translations, each with its back-translation."""

import pytest

from surveys.authoring.back_translations import choices_of, refreshed, rows_of
from surveys.wording import ENGLISH, worded_languages
from tests.places import ROOT

PAGES = ROOT / "docs" / "translations"
LANGUAGES = [code for code in worded_languages() if code != ENGLISH]
SCALES = (
    "use observes others_use stage_now anchors anchor_status anchor_status_seen without_it "
    "confidence relevance likelihood would_continue contribution effect_source effects obstacles "
    "project suggestion"
).split()


def page(language: str) -> str:
    return (PAGES / f"{language}.md").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_the_present_translations(language: str) -> None:
    assert refreshed(page(language), language) == page(language), "run `make words`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_on_a_page_is_put_back_into_english(language: str) -> None:
    empty = [(told, back) for _, _, told, back in rows_of(page(language)) if not told or not back]
    assert empty == [], "write what the translation says, without looking at the English"


def test_all_pages_have_the_same_texts_and_all_scales() -> None:
    shown = {code: [(row[0], row[1]) for row in rows_of(page(code))] for code in LANGUAGES}
    assert len({tuple(rows) for rows in shown.values()}) == 1
    for name in SCALES:
        on_the_page = [english for list_name, english in shown["fr"] if list_name == name]
        assert on_the_page == list(choices_of(name, "fr"))


def test_every_language_has_a_page_and_a_link_to_it() -> None:
    assert sorted(file.stem for file in PAGES.glob("*.md")) == LANGUAGES
    index = (ROOT / "docs" / "translations.md").read_text("utf-8")
    assert all(f"(translations/{code}.md)" in index for code in LANGUAGES)


def test_a_changed_translation_loses_its_back_translation_and_the_others_keep_theirs() -> None:
    old = page("fr").replace("| Je ne sais pas |", "| Je l’ignore |", 1)
    new = refreshed(old, "fr")
    assert new.count("| I do not know | Je ne sais pas |  |") == 1
    assert new.replace("| Je ne sais pas |  |", "| Je ne sais pas | I do not know |") == page("fr")


def test_a_new_choice_is_added_to_its_list() -> None:
    old = page("th")
    without = "\n".join(line for line in old.splitlines() if "| มั่นใจมาก |" not in line)
    assert "| Very confident | มั่นใจมาก |  |" in refreshed(without, "th")
