"""Chapters of one picture and one table, and annexes that have everything else."""

from dataclasses import replace

import pytest

from analysis.arrangement import arranged
from analysis.model import Chapter, Report, Section, Table
from tests.analysis.large import a_whole_year


@pytest.fixture(scope="module")
def year() -> Report:
    return a_whole_year().report("RM")


@pytest.fixture(scope="module")
def long(year: Report) -> Report:
    return arranged(year)


def tables(report: Report, *, annex: bool) -> list[list[Table]]:
    """The tables of each chapter, or of each annex."""
    placed = {one.key: one for one in report.sections}
    return [
        [table for key in chapter.sections for table in placed[key].filled_tables]
        for chapter in report.chapters
        if chapter.annex is annex
    ]


def rows(report: Report) -> set[tuple[object, ...]]:
    return {row for one in report.sections for table in one.tables for row in table.rows}


def texts(report: Report) -> set[str]:
    """The notes, figures and quotes of all sections."""
    return {
        text
        for one in report.sections
        for text in (*one.notes, *(f.text for f in one.figures), *(q.text for q in one.quotes))
    }


def test_a_chapter_has_one_picture_and_after_it_one_table(long: Report) -> None:
    for found in tables(long, annex=False):
        drawn = [bool(one.chart) for one in found]
        assert drawn in ([], [True], [False], [True, False])


def test_an_annex_has_no_picture_and_the_numbers_of_the_picture_of_its_chapter(
    long: Report,
) -> None:
    listed = [one for found in tables(long, annex=True) for one in found]
    assert not any(one.chart for one in listed)
    drawn = [one for found in tables(long, annex=False) for one in found if one.chart]
    assert len(drawn) > 5
    assert all(any(one.rows == picture.rows for one in listed) for picture in drawn)


def test_nothing_of_the_report_is_lost(year: Report, long: Report) -> None:
    assert rows(year) <= rows(long)
    in_picture = {f.text for one in year.sections if one.key == "fieldwork" for f in one.figures}
    shown = " ".join(str(cell) for row in rows(long) for cell in row)
    assert texts(year) - in_picture <= texts(long)
    assert all(text in shown for text in in_picture)


def test_the_six_chapters_of_the_series_open_with_a_sentence(long: Report) -> None:
    assert [chapter.finding != "" for chapter in long.chapters][1:7] == [True] * 6
    assert long.chapters[1].finding.startswith("Replied, ")


def test_a_chapter_names_the_letter_of_its_annex(long: Report) -> None:
    letters = {one.heading: one.number for one in long.chapters if one.annex}
    assert list(letters.values())[:3] == ["A", "B", "C"]
    for chapter in long.chapters:
        if chapter.more:
            letter = letters[f"Annex: {chapter.heading}"]
            assert chapter.more == f"All numbers, and more tables: Annex {letter}"


def test_of_a_picture_without_rows_a_chapter_says_the_reason(year: Report) -> None:
    empty = Table("effects", "Effects", ("Answer",), (), note="Not asked here.", chart="bars")
    sections = tuple(
        replace(one, tables=(empty,)) if one.key == "effects" else one for one in year.sections
    )
    long = arranged(replace(year, sections=sections))
    chapter = next(one for one in long.chapters if one.heading == "Direct effects")
    assert chapter.finding == "Not asked here."
    assert (chapter.sections, chapter.more) == ((), "")


def test_a_picture_that_cannot_be_drawn_is_the_table(year: Report) -> None:
    sections = tuple(
        replace(one, tables=tuple(replace(t, chart="") for t in one.tables))
        for one in year.sections
    )
    for found in tables(arranged(replace(year, sections=sections)), annex=False)[2:7]:
        assert len(found) == 1


@pytest.mark.parametrize("other", [{"layout": "survey"}, {"notice": "Too few."}, {"sections": ()}])
def test_what_is_no_report_of_workshops_stays_as_it_is(
    year: Report, other: dict[str, object]
) -> None:
    short = replace(year, **other)  # type: ignore[arg-type]
    assert arranged(short) == short


def test_a_section_without_tables_stays_in_its_chapter(long: Report) -> None:
    placed: dict[str, Section] = {one.key: one for one in long.sections}
    assert placed["sure"].notes
    assert "sure_more" not in placed


def test_empty_tables_of_an_annex_are_named_in_one_line(year: Report) -> None:
    def emptied(table: Table) -> Table:
        return (
            replace(table, rows=(), note="Not shown.")
            if table.key in ("survived", "stays")
            else table
        )

    sections = tuple(
        replace(one, tables=tuple(emptied(t) for t in one.tables)) for one in year.sections
    )
    long = arranged(replace(year, sections=sections))
    lasting = next(one for one in long.sections if one.key == "lasting_more")
    assert lasting.notes[-1] == (
        "What the new way of working has survived, What stays of those who left: Not shown."
    )


def test_moves_of_which_some_are_hidden_are_no_picture(year: Report) -> None:
    hidden = ("Use", 53, "not shown", "not shown", "not shown", "not shown")
    paired = Table("paired", "Change", ("",) * 6, (hidden,), chart="moves")
    sections = tuple(
        replace(one, tables=(paired,)) if one.key == "improvement" else one
        for one in year.sections
    )
    long = arranged(replace(year, sections=sections))
    found = next(one for one in long.sections if one.key == "improvement")
    assert [(one.chart, one.rows) for one in found.tables] == [("", (hidden,))]


def test_no_annex_is_lost_after_the_last_letter(year: Report) -> None:
    chapters = tuple(Chapter("", f"Words {n}", (f"glossary{n}",)) for n in range(54))
    more = tuple(
        Section(one.sections[0], one.heading, notes=("A note.",), annex=True) for one in chapters
    )
    report = replace(
        year,
        chapters=chapters,
        sections=(*more, *(s for s in year.sections if s.key == "workshops")),
    )
    numbers = [one.number for one in arranged(report).chapters if one.annex]
    assert [numbers[n] for n in (0, 25, 26, 51, 52, 53)] == ["A", "Z", "AA", "AZ", "BA", "BB"]
    assert len(numbers) == 54
