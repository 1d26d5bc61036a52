"""The pages of the full PDF as a reader goes through them: headings, bars, and what ends a chapter."""

import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from analysis.formats import render
from analysis.model import Chapter, Quote, Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year
from tests.analysis.reports.test_survey import before, result

MORE = "All numbers, and more tables: Annex B"


@pytest.fixture(scope="module")
def outside() -> Report:
    """A report for readers outside the office, with counts in words beside its bars."""
    told = Story().workshop("RM")
    for number, place in enumerate(PLACES[:25]):
        use = "regular" if number < 13 else "not_yet"
        told.answers(told.person("RM", place), "M6", use_1=use, actions="briefed")
    return build(told.connection, ["RM"], CUT_OFF, Wishes("good_practice"))


def read_with(command: str, made: bytes, folder: Path) -> str:
    """Return what a program says of a PDF."""
    (folder / "full.pdf").write_bytes(made)
    words = [one.format(file=folder / "full.pdf") for one in command.split()]
    return subprocess.run(words, capture_output=True, check=True).stdout.decode(errors="replace")


def pages(made: bytes, folder: Path) -> list[str]:
    return read_with("pdftotext -layout {file} -", made, folder).split("\f")


def levels(made: bytes, folder: Path) -> list[int]:
    """The levels of the headings of a tagged PDF, in their order."""
    tags = read_with("pdfinfo -struct {file}", made, folder)
    return [int(level) for level in re.findall(r"^ *H(\d)\b", tags, re.M)]


@pytest.mark.parametrize("name", ["office", "outside", "survey"])
def test_no_level_of_headings_is_passed_over(name: str, outside: Report, tmp_path: Path) -> None:
    made = {
        "office": lambda: a_whole_year().report("RM"),
        "outside": lambda: outside,
        "survey": lambda: result(before(), "PRE"),
    }[name]()
    found = levels(render(made, "full"), tmp_path)
    assert found[0] == 1
    assert len(found) > 3
    assert all(later - earlier <= 1 for earlier, later in pairwise(found))


def chapters_of(report: Report, *sections: Section, more: str = "") -> Report:
    """The same report with one chapter."""
    chapter = Chapter("1", "In their words", tuple(one.key for one in sections), more=more)
    return replace(report, sections=sections, chapters=(chapter,))


def test_a_section_does_not_say_the_heading_of_its_chapter_again(
    outside: Report, tmp_path: Path
) -> None:
    words = Section("words", "In their words", quotes=(Quote("We use it.", "en", "An officer"),))
    table = Table("themes", "Themes", ("Theme", "People"), (("Targeting", 7),))
    themes = Section("themes", "Themes in their words", tables=(table,))
    made = render(chapters_of(outside, words, themes), "full")
    # Once in the contents, and once over the chapter.
    assert "".join(pages(made, tmp_path)).count("In their words") == 2


def test_where_more_tables_are_does_not_stand_alone_on_a_page(
    outside: Report, tmp_path: Path
) -> None:
    """The last table is moved down row by row over the end of a page."""
    alone = []
    for number in range(40, 46):
        long = Table("a", "Long", ("Row", "Count"), tuple((f"Row {n}.", n) for n in range(number)))
        last = Table("b", "Last", ("Row", "Count"), tuple((f"End {n}.", n) for n in range(9)))
        both = Section("words", "Words", tables=(long, last))
        found = pages(render(chapters_of(outside, both, more=MORE), "full"), tmp_path)
        (page,) = [one for one in found if MORE in one]
        alone += [number] if "End 8." not in page else []
    assert alone == []


@pytest.mark.parametrize("chart", ["bars", "grouped"])
def test_what_stands_beside_a_bar_is_one_line(chart: str, outside: Report, tmp_path: Path) -> None:
    first = ("Of the unit",) if chart == "grouped" else ()
    row = (*first, "in regular use, after 12 months", 14, "at least 14 of 27 (52 %)")
    heads = (*first, "Figure", "Delegations", "Of those counted")
    table = Table("figures", "Figures", heads, (row,), chart=chart, base=27)
    made = render(chapters_of(outside, Section("stages", "Figures", tables=(table,))), "full")
    found = "".join(pages(made, tmp_path)).replace("\u00a0", " ")
    assert "at least 14 of 27 (52 %)" in found
