"""Themes of own words in reports: counts by question with their base, agreement, and who sees what."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from analysis.disclosure.question import Telling
from analysis.facts.cut_offs import CutOffs
from analysis.findings.reading import read, read_outside
from analysis.model import Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.versions import Change, next_cut_offs
from analysis.reports.workshops import build
from analysis.sections.themes import readers, themes
from storage.erasure.erasing import erase
from storage.office.report_versions import CutOff
from storage.office.themes import put_theme
from surveys.theme import Content, Theme
from tests.analysis.builder import CUT_OFF, PLACES, READ_AT, Story
from tests.analysis.quoting import told
from tests.analysis.theming import BOOK, FAY, decide, mark, retire, write_book
from tests.pseudo import LANGUAGE, pseudo_language, untranslated

SHORT = "Can you give one short example of what you did or changed?"
CYCLE = ("targeting", "teaching", "targeting teaching", "", "targeting")
# One answer of each person, the latest that was read: what readers agree on, or what was decided.
COUNTED = text("""
    WITH newest AS (
        SELECT case_id, item, part, marked_by, themes,
               ROW_NUMBER() OVER (PARTITION BY case_id, item, part,
                   CASE part WHEN 'reading' THEN marked_by END ORDER BY id DESC) AS place
        FROM theme_marks
    ), texts AS (
        SELECT case_id,
               MAX(CASE part WHEN 'decision' THEN themes END) AS decided,
               MIN(CASE part WHEN 'reading' THEN themes END) AS one,
               MAX(CASE part WHEN 'reading' THEN themes END) AS other
        FROM newest WHERE place = 1 AND item = 'example' GROUP BY case_id
    ), settled AS (
        SELECT case_id, COALESCE(decided, one) AS themes FROM texts
        WHERE decided IS NOT NULL OR one = other
    )
    SELECT COUNT(*), SUM(' ' || themes || ' ' LIKE '% targeting %'),
           SUM(' ' || themes || ' ' LIKE '% teaching %'), SUM(themes = '')
    FROM settled
""")


def marked(people: int = 30, second: int = 0) -> tuple[Story, list[int]]:
    """People wrote an example each, of which somebody has marked the themes, and another one some."""
    story, cases = told([f"We wrote rule {n}" for n in range(people)])
    write_book(story)
    for number, case in enumerate(cases):
        mark(story, case, "example", CYCLE[number % 5])
        if number < second:
            same = CYCLE[number % 5] if number % 5 < 3 else "seizures"
            mark(story, case, "example", same, FAY)
    return story, cases


def section(story: Story, *, outside: bool = False) -> Section:
    frames = story.frames()
    reading = read_outside(frames, None, CUT_OFF) if outside else read(frames, CUT_OFF)
    assert reading is not None
    return themes(reading)


def counts(found: Section) -> dict[str, object]:
    return {str(row[0]): row[1] for row in found.tables[0].rows}


def test_people_are_counted_by_theme_with_their_base_and_the_list_is_printed() -> None:
    found = section(marked()[0])
    table, book = found.tables
    assert table.heading == SHORT
    assert table.rows[0] == ("Targeting", 18, "18 of 30 (60 %)")
    assert counts(found) == {
        "Targeting": 18,
        "Training of others": 12,
        "Seizures": 0,
        "None of the themes": 6,
    }
    assert table.note.startswith("The answers of 30 people were read. Wave: 3 months.")
    assert table.finding == f"{SHORT} Most often “Targeting”, 18 of 30 (60 %)"
    assert book.rows[0] == ("Targeting", "What is done about targeting.", "We began targeting.")


def test_the_counts_are_those_of_a_query_where_readers_differ_and_somebody_decides() -> None:
    story, cases = marked(second=20)
    for case in cases[:5]:
        if cases.index(case) == 3:
            decide(story, case, "example", "teaching")
    base, targeting, teaching, none = story.connection.execute(COUNTED).one()
    found = section(story)
    assert found.tables[0].base == base == 23
    assert list(counts(found).values()) == [targeting, teaching, 0, none]
    assert found.notes[1].startswith("7 answers are not counted yet")


def test_an_answer_that_was_changed_comes_back_to_be_read() -> None:
    story, cases = marked()
    story.changes(cases[0], "example", "We wrote nothing", READ_AT)
    assert section(story).tables[0].base == 29
    mark(story, cases[0], "example", "seizures")
    assert counts(section(story))["Seizures"] == 1


def test_the_marks_of_an_erased_person_go() -> None:
    story, _ = marked()
    erase(story.connection, 1, CUT_OFF, keep_answers=False)
    assert section(story).tables[0].base == 29
    left = story.connection.execute(text("SELECT COUNT(DISTINCT case_id) FROM theme_marks"))
    assert left.scalar() == 29


def test_each_person_counts_once_by_the_latest_answer_that_was_read() -> None:
    story, _ = marked(10)
    story.workshop("RM")
    again = story.person("RM", PLACES[0], same_as=1)
    later = story.answers(again, "M3", job="same", example="A course", quote="no")
    assert section(story).tables[0].base == 10
    mark(story, later, "example", "seizures")
    assert counts(section(story)) | {"Seizures": 1, "Targeting": 5} == counts(section(story))


def test_a_retired_theme_is_counted_where_it_was_marked_and_not_listed_where_it_was_not() -> None:
    story, _ = marked()
    retire(story, "seizures", READ_AT)
    retire(story, "teaching", READ_AT)
    assert list(counts(section(story))) == [
        "Targeting",
        "Training of others",
        "None of the themes",
    ]


def test_there_is_no_section_while_nobody_has_read() -> None:
    story, _ = told()
    write_book(story)
    assert not section(story).filled
    assert not section(story, outside=True).filled


def test_all_but_what_the_office_wrote_is_translated(tmp_path: Path) -> None:
    story, _ = marked(second=20)
    own = [*BOOK.values(), SHORT, *(word for name in BOOK.values() for word in _words_about(name))]
    with pseudo_language(tmp_path):
        reading = read(story.frames(), CUT_OFF, LANGUAGE)
        parts = [themes(reading), readers(reading)]
    tables = [table for part in parts for table in part.tables]
    cells = [str(cell) for table in tables for row in (table.columns, *table.rows) for cell in row]
    notes = [*(part.heading for part in parts), *(note for part in parts for note in part.notes)]
    said = [*cells, *notes, *(table.note for table in tables)]
    assert {text: left for text in said if (left := untranslated(text, own))} == {}


def _words_about(name: str) -> tuple[str, str]:
    return f"What is done about {name.lower()}.", f"We began {name.lower()}."


# Readers outside


def test_outside_what_few_wrote_of_is_not_shown_and_no_example_of_the_office() -> None:
    story, cases = marked()
    mark(story, cases[0], "example", "seizures targeting")
    found = section(story, outside=True)
    assert counts(found)["Seizures"] == "not shown"
    assert counts(found)["Targeting"] == 18
    assert found.tables[1].columns == ("Theme", "Meaning")
    assert "began" not in str(found)


def test_outside_no_list_of_themes_stands_where_no_count_is_told() -> None:
    story, _ = marked(people=4)
    (table,) = section(story, outside=True).tables
    assert table.rows == ()
    assert section(story, outside=True).notes == ()


@pytest.mark.parametrize("few", [1, 4])
def test_outside_a_retired_theme_of_few_is_nowhere_listed(few: int) -> None:
    """Nor does it stand beside those of nobody, so its name would tell that somebody wrote of it."""
    story, cases = marked()
    for case in cases[:few]:
        mark(story, case, "example", "seizures targeting")
    retire(story, "seizures", READ_AT)
    assert "eizures" in str(section(story))
    assert "eizures" not in str(section(story, outside=True))


def test_outside_a_base_does_not_tell_of_few_whose_answers_were_not_read() -> None:
    story, cases = marked()
    for case in cases[:3]:
        mark(story, case, "example", None)
    assert section(story).tables[0].base == 27
    assert section(story, outside=True).tables[0].base == 30


@pytest.mark.parametrize("few", [1, 4])
def test_no_difference_of_two_reports_tells_of_few(few: int) -> None:
    """Of a small workshop nothing is told; all together minus the large one would tell of it."""
    story, _ = marked(20)
    story.workshop("RM")
    for number in range(9):
        person = story.person("RM", PLACES[20 + number])
        case = story.answers(person, "M3", job="same", example=f"Course {number}")
        mark(story, case, "example", "seizures" if number < few else "targeting")
    reading = read_outside(story.frames(), None, CUT_OFF)
    assert reading is not None and reading.published is not None
    themes(reading)
    (tables,) = (
        tables
        for question, tables in reading.published.questions()
        if "seizures" in question.options
    )
    told_of = {
        key: {row.codes: row.units for row in rows if row.telling is Telling.COUNT}
        for key, rows in tables.items()
    }
    assert told_of["all"]
    assert not any(("seizures",) in rows for rows in told_of.values())
    everybody, large = told_of["all"], told_of.get("workshop TFA", {})
    both = everybody.keys() & large.keys()
    assert not [codes for codes in both if 0 < everybody[codes] - large[codes] < 5]


def test_a_report_for_members_has_the_themes_and_one_for_a_newsletter_has_not() -> None:
    story, _ = marked()
    for audience, there in (("good_practice", True), ("newsletter", False)):
        found = build(story.connection, None, CUT_OFF, Wishes(audience))
        assert ("themes" in [one.key for one in found.sections]) is there


def closed(people: int) -> tuple[Story, list[int]]:
    story, cases = marked(people)
    story.set("waves", story.wave("TFA", "M3"), closed_at=READ_AT)
    return story, cases


def test_a_version_counts_what_was_marked_until_the_moment_of_its_wave() -> None:
    story, cases = closed(10)
    later = CUT_OFF + timedelta(days=9)
    for case in cases[:5]:
        mark(story, case, "example", "seizures", at=later)
    until_then = CutOffs(later, {("TFA", "M3"): CUT_OFF})
    before, now = (themes(read(story.frames(), one)) for one in (until_then, later))
    assert (counts(before)["Seizures"], counts(now)["Seizures"]) == (0, 5)


@pytest.mark.parametrize(("people", "moves"), [(4, False), (5, True)])
def test_a_wave_moves_on_when_enough_people_have_other_themes(people: int, moves: bool) -> None:
    story, cases = closed(10)
    later = CUT_OFF + timedelta(days=9)
    for number, case in enumerate(cases):
        # A second reader who marks the same changes nothing that is told.
        same = CYCLE[number % 5]
        mark(story, case, "example", "seizures" if number < people else same, at=later)
    told = [CutOff("all", 1, "TFA", "M3", CUT_OFF)]
    found = next_cut_offs(Change(story.frames(), []), ("all", ["TFA"]), told, later)
    assert found["TFA", "M3"] == (later if moves else CUT_OFF)


# Two readers


def agreement(story: Story) -> Table:
    return readers(story.reading()).tables[0]


def test_agreement_is_counted_by_theme_and_together_with_kappa() -> None:
    rows = agreement(marked(second=20)[0]).rows
    assert rows == (
        ("Targeting", 8, 4, 0, 8, 20, "0.62"),
        ("Training of others", 8, 0, 0, 12, 20, "1.00"),
        ("Seizures", 0, 0, 8, 12, 20, "0.00"),
        ("All themes together", 16, 4, 8, 32, 20, "0.57"),
    )


def test_under_ten_answers_there_are_counts_and_no_kappa() -> None:
    rows = agreement(marked(second=9)[0]).rows
    assert {row[-1] for row in rows} == {"–"}
    assert {row[-2] for row in rows} == {9}


def test_a_theme_that_came_later_is_compared_where_both_could_mark_it() -> None:
    story, cases = marked(12, second=12)
    added = READ_AT + timedelta(days=1)
    put_theme(story.connection, Theme("late", Content("Late")), FAY, added)
    assert len(agreement(story).rows) == 4
    for by in ("S-EVA", FAY):
        mark(story, cases[0], "example", "late", by, added + timedelta(days=1))
    assert agreement(story).rows[3] == ("Late", 1, 0, 0, 0, 1, "–")


def test_it_is_for_the_office() -> None:
    story, _ = marked(second=12)
    reading = read_outside(story.frames(), None, CUT_OFF)
    assert reading is not None
    assert not readers(reading).filled
    assert not readers(marked()[0].reading()).filled
