"""What people wrote is quoted only after somebody of the office has read and released it."""

from datetime import timedelta
from pathlib import Path

import pytest

from analysis.findings.reading import read, read_outside
from analysis.formats import FORMATS, render
from analysis.model import Quote, Report, Section
from analysis.sections.quotes import words as words_of
from tests.analysis.builder import CUT_OFF, READ_AT, Story
from tests.analysis.quoting import SAID, everything_in, told

TOKEN = "Zebrafish"
PAINTED = frozenset(("png", "phone", "news-png", "news-svg"))
"""Forms without letters in their bytes."""
WITHOUT_QUOTES = frozenset(("newsletter", "caption", "places", "xlsx"))


def words(story: Story, *, outside: bool = False) -> Section:
    frames = story.frames()
    reading = read_outside(frames, None, CUT_OFF) if outside else read(frames, CUT_OFF)
    assert reading is not None
    return words_of(reading)


def quotes(story: Story, *, outside: bool = False) -> dict[str, str]:
    """The quoted texts of a report with their sources."""
    return {one.text: one.source for one in words(story, outside=outside).quotes}


def released(places: tuple[str, ...] | None = None, **how: str) -> tuple[Story, list[int]]:
    story, cases = told(places=places, **how) if places else told(**how)
    for case in cases:
        story.decides(case, "example")
    return story, cases


@pytest.fixture(scope="module")
def unread() -> Report:
    """A report on people of whom each wrote a word that stands nowhere else."""
    story, _ = told([f"{TOKEN} {text}" for text in SAID])
    return story.report()


@pytest.mark.parametrize("form", sorted(set(FORMATS) - PAINTED))
def test_an_unread_text_appears_in_no_form(unread: Report, form: str, tmp_path: Path) -> None:
    assert TOKEN.encode() not in everything_in(render(unread, form), tmp_path)


def test_an_unread_text_is_not_painted_either(unread: Report) -> None:
    assert TOKEN not in str(unread)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - PAINTED - WITHOUT_QUOTES))
def test_a_released_text_appears_in_the_same_forms(form: str, tmp_path: Path) -> None:
    story, cases = told([f"{TOKEN} {text}" for text in SAID])
    for case in cases:
        story.decides(case, "example")
    assert TOKEN.encode() in everything_in(render(story.report(), form), tmp_path)


def test_a_withheld_text_is_not_quoted_and_a_shortened_one_as_it_was_shortened() -> None:
    story, cases = released()
    story.decides(cases[0], "example", "withheld")
    assert set(quotes(story)) == set(SAID[1:])
    story.decides(cases[1], "example", text="We … rule two")
    assert set(quotes(story)) == {"We … rule two", *SAID[2:]}
    story.decides(cases[1], "example", "unread")
    assert quotes(story) == {}, "four people are too few"


def test_a_text_that_was_changed_is_unread_again_and_read_again_when_it_is_changed_back() -> None:
    story, cases = released()
    later = READ_AT + timedelta(days=1)
    story.changes(cases[0], "example", "We wrote nothing", later)
    assert set(quotes(story)) == set(SAID[1:])
    story.changes(cases[0], "example", SAID[0], later + timedelta(days=1))
    assert set(quotes(story)) == set(SAID)


def test_a_released_text_is_not_quoted_after_the_person_has_said_no() -> None:
    story, cases = released()
    story.changes(cases[0], "quote", "no", READ_AT)
    assert set(quotes(story)) == set(SAID[1:])


def test_evidence_of_a_person_who_did_not_agree_is_not_quoted() -> None:
    story = Story().workshop("TFA")
    for number, place in enumerate(("AU", "BD", "BN", "BT", "CN", "FJ")):
        case = story.answers(
            story.person("TFA", place), "M6", job="same", project_name=f"Engine {number}"
        )
        story.decides(case, "project_name")
    assert quotes(story) == {}


def test_the_office_is_told_how_many_texts_wait_and_nobody_else() -> None:
    story, cases = told()
    for case in cases[:5]:
        story.decides(case, "example")
    assert words(story).notes[-1] == "1 text waits to be read by the office."
    assert "waits" not in str(words(story, outside=True))
    story.decides(cases[5], "example", "withheld")
    assert "waits" not in str(words(story))


def test_a_report_as_of_a_day_has_what_was_released_until_then_and_is_still() -> None:
    story, cases = told()
    for case in cases:
        story.decides(case, "example", at=CUT_OFF - timedelta(days=1))
    story.decides(cases[0], "example", "withheld", at=CUT_OFF + timedelta(days=1))
    story.decides(cases[1], "example", text="We … rule two", at=CUT_OFF + timedelta(days=1))
    assert set(quotes(story)) == {"We … rule two", *SAID[2:]}
    story, cases = told()
    for case in cases:
        story.decides(case, "example", at=CUT_OFF + timedelta(days=1))
    assert quotes(story) == {}


# What a source tells


def test_a_wave_is_told_where_five_people_of_two_administrations_replied_in_the_language() -> None:
    story, cases = released()
    assert set(quotes(story).values()) == {"A participant, 3 months"}
    for case in cases[:2]:
        story.spoken(case, "th")
    assert quotes(story) == dict.fromkeys(SAID, "A participant")


def test_a_wave_is_not_told_where_one_administration_alone_replied() -> None:
    story, _ = released(("FJ",) * 6)
    assert set(quotes(story).values()) == {"A participant, 3 months"}, "a national workshop"
    story.person("TFA", "TO")
    assert set(quotes(story).values()) == {"A participant"}


def test_a_text_in_a_language_of_few_is_not_quoted_outside() -> None:
    story, cases = told([*SAID, "We wrote rule seven"])
    for case in cases:
        story.decides(case, "example")
    story.spoken(cases[0], "th")
    assert SAID[0] in quotes(story)
    assert SAID[0] not in quotes(story, outside=True)
    assert words(story, outside=True).quotes[0].language == "en"


def test_a_language_of_five_people_in_all_waves_is_quoted_without_its_wave() -> None:
    story, cases = released()
    for case in cases[:4]:
        story.spoken(case, "th")
    for place in ("NP", "NZ"):
        later = story.answers(story.person("TFA", place), "M6", job="same")
        story.spoken(later, "th")
    outside = {one.text: one for one in words(story, outside=True).quotes}
    assert outside == {}, "two quotes in English are left out, and four are too few"
    more = story.answers(
        story.person("TFA", "PG"), "M12", job="same", project_name="Engine", quote="anonymous"
    )
    story.spoken(more, "th")
    story.decides(more, "project_name")
    assert set(words(story, outside=True).quotes) == {
        Quote(text, "th", "A participant") for text in (*SAID[:4], "Engine")
    }


@pytest.mark.parametrize(("here", "named"), [(5, True), (4, False)])
def test_an_administration_is_named_where_five_of_its_people_replied(
    here: int, named: bool
) -> None:
    places = (*["FJ"] * here, "AU", "BD", "BN", "BT", "CN")
    story = Story().workshop("TFA")
    for number, place in enumerate(places):
        person = story.person("TFA", place)
        story.answers(person, "PRE", attribution="yes" if place == "FJ" else "no")
        case = story.answers(
            person, "M3", job="same", example=f"Rule {number}", quote="administration"
        )
        story.decides(case, "example")
    for outside in (False, True):
        sources = set(quotes(story, outside=outside).values())
        assert ("Administration FJ, 3 months" in sources) is named
        assert "A participant, 3 months" in sources


def test_the_wave_is_told_of_all_quotes_or_of_none() -> None:
    story, _ = released()
    assert set(quotes(story, outside=True).values()) == {"A participant, 3 months"}
    more = story.answers(
        story.person("TFA", "PG"), "M12", job="same", project_name="Engine", quote="anonymous"
    )
    story.decides(more, "project_name")
    told = quotes(story, outside=True)
    assert "Engine" in told
    assert set(told.values()) == {"A participant"}, "only one person replied after a year"


def test_a_language_of_few_at_its_workshop_is_not_quoted_in_the_report_on_all() -> None:
    story, cases = told([*SAID, "We wrote rule seven"])
    for case in cases:
        story.decides(case, "example")
    story.spoken(cases[0], "th")
    story.workshop("RM")
    for place in ("AU", "BD", "BN", "BT", "CN"):
        case = story.answers(story.person("RM", place), "M3", job="same")
        story.spoken(case, "th")
    assert SAID[0] not in quotes(story, outside=True)
    assert SAID[1] in quotes(story, outside=True)


def test_an_administration_is_not_named_beside_a_language_that_fewer_of_its_people_use() -> None:
    story = Story().workshop("TFA")
    for place, letter in zip(
        (*["FJ"] * 9, "AU", "BD", "BN", "BT", "CN"), "abcdefghijklmn", strict=True
    ):
        person = story.person("TFA", place)
        story.answers(person, "PRE", attribution="yes" if place == "FJ" else "no")
        case = story.answers(
            person, "M3", job="same", example=f"Rule {letter}", quote="administration"
        )
        story.decides(case, "example")
        if letter in "fghi":
            story.spoken(case, "fr")
    sources = quotes(story)
    assert sources["Rule a"] == "Administration FJ, 3 months"
    assert "FJ" not in sources["Rule f"]
