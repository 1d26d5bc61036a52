"""A released text is printed in English, marked as translated, and needs a second reader again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.findings.reading import read, read_outside
from analysis.sections.quotes import words
from bot.desk.reports.own_words import TextPlace, own_words, release, withhold
from bot.desk.reports.translating import TextTranslated, take_translation_back, translate
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.erasure.erasing import erase
from storage.fieldwork.next_contact import Rules
from storage.office.report_quotes import SHORTENED
from storage.responses.open_answers import open_answers_of
from storage.responses.text_decisions import released_of
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import CUT_OFF
from tests.analysis.quoting import SAID, told

OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
EVA, FAY = OFFICE.acting_as("S-EVA"), OFFICE.acting_as("S-FAY")
THAI, ENGLISH = "เราเขียนระเบียบ", "We wrote a rule"


class Desk:
    """An office that has released what six people wrote in Thai."""

    def __init__(self, url: str) -> None:
        self.story, self.cases = told([THAI, *SAID[1:]], url=url)
        self.story.set("participants", 1, name="Siosaia Vea")
        for case in self.cases:
            self.story.decides(case, "example")
            self.story.spoken(case, "th")
        self.story.connection.commit()
        self.database = Database(url)

    def translates(self, english: str = ENGLISH, by: Office = EVA) -> TextTranslated:
        place = TextPlace(self.cases[0], "example")
        return self.database.run(translate, by, place, english, CUT_OFF)

    def readers(self) -> tuple[str, ...]:
        found = self.database.read(own_words, (), "", CUT_OFF)
        return next(one.read_by for one in found if one.case == self.cases[0])

    def quotes(self, *, outside: bool = False) -> dict[str, tuple[str, str]]:
        self.story.connection.rollback()
        frames = self.story.frames()
        reading = read_outside(frames, None, CUT_OFF) if outside else read(frames, CUT_OFF)
        assert reading is not None
        return {one.text: (one.language, one.source) for one in words(reading).quotes}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(f"sqlite:///{tmp_path / 'words.sqlite3'}")
    yield desk
    desk.database.close()
    desk.story.close()


@pytest.mark.parametrize("outside", [False, True])
def test_a_quote_in_translation_says_so(desk: Desk, outside: bool) -> None:
    assert THAI in desk.quotes(outside=outside)
    done = desk.translates(f" {ENGLISH}\n")
    assert done.said.startswith(f"Text example of case {desk.cases[0]} is printed in English")
    found = desk.quotes(outside=outside)
    assert found[ENGLISH] == ("en", "A participant, 3 months; translated by the office")
    assert THAI not in found
    assert found[SAID[1]] == ("th", "A participant, 3 months")


def test_it_is_taken_back_with_the_readers_of_before(desk: Desk) -> None:
    desk.database.run(release, FAY, TextPlace(desk.cases[0], "example"), CUT_OFF)
    done = desk.translates()
    assert desk.readers() == ("S-EVA",), "the translation has one reader"
    back = desk.database.run(take_translation_back, EVA, done.undo, CUT_OFF)
    assert desk.readers() == ("S-EVA", "S-FAY")
    assert THAI in desk.quotes()
    assert desk.database.run(take_translation_back, EVA, back.undo, CUT_OFF).changed
    assert ENGLISH in desk.quotes()


def test_a_second_reader_confirms_it_and_then_it_is_not_taken_back(desk: Desk) -> None:
    done = desk.translates()
    later = CUT_OFF + timedelta(minutes=1)
    desk.database.run(release, FAY, TextPlace(desk.cases[0], "example"), later)
    assert desk.readers() == ("S-EVA", "S-FAY")
    assert ENGLISH in desk.quotes()
    late = desk.database.run(take_translation_back, EVA, done.undo, CUT_OFF)
    assert (late.changed, "Nothing was changed" in late.said) == (False, True)


def test_what_is_released_otherwise_is_printed_without_it(desk: Desk) -> None:
    desk.translates()
    place = TextPlace(desk.cases[0], "example")
    desk.database.run(withhold, EVA, place, CUT_OFF)
    with pytest.raises(Conflict, match="is not released"):
        desk.translates()
    desk.database.run(release, EVA, place, CUT_OFF)
    assert THAI in desk.quotes()


def test_repeating_it_changes_nothing_and_no_words_end_it(desk: Desk) -> None:
    desk.translates()
    assert not desk.translates().changed
    assert desk.translates("").said.endswith("is printed in its own language.")
    assert THAI in desk.quotes()


def test_a_text_in_english_is_not_translated_and_contacts_are_refused(desk: Desk) -> None:
    with pytest.raises(Conflict, match="e-mail"):
        desk.translates("Write to ana@example.org")
    assert "looks like a name: Siosaia" in desk.translates("Siosaia wrote a rule").said
    desk.story.spoken(desk.cases[0], "en")
    desk.story.connection.commit()
    with pytest.raises(Conflict, match="is in English"):
        desk.translates()


def test_it_belongs_to_the_person_and_goes_with_the_person(desk: Desk) -> None:
    desk.translates()
    case = desk.cases[0]
    assert ("example", ENGLISH) in desk.database.read(released_of, case)
    assert ENGLISH in desk.database.read(open_answers_of, [case])
    desk.database.run(lambda c: erase(c, 1, CUT_OFF, keep_answers=False))
    assert desk.database.read(open_answers_of, [case]) == []


def test_a_long_translation_is_cut_like_any_quote(desk: Desk) -> None:
    desk.translates("word " * 99)
    assert any(text.endswith(SHORTENED) for text in desk.quotes())
