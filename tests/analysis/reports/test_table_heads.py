"""The heads of tables fit beside each other on a page, in all languages.

A page of the printed report is wide enough for 110 letters at the 8 points of its heads, and the
space in a cell takes two of them. Columns get the width that they need, so a table fits if the
longest words of its heads fit side by side.
"""

import pytest

from analysis.model import Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.wording import report_languages
from surveys.widths import columns
from tests.analysis.builder import CUT_OFF, Story
from tests.analysis.large import a_whole_year

PAGE = 110
SPACE = 2
LONGEST_HEAD = 32
UNSPACED = ("km", "th", "zh")


@pytest.fixture(scope="module")
def year() -> Story:
    return a_whole_year()


def needed(table: Table, language: str) -> int:
    """The letters that the heads need beside each other."""
    if language in UNSPACED:  # their lines break inside of what has no spaces, into three at most
        return sum(-(-columns(head) // 3) + SPACE for head in table.columns)
    return sum(max(map(columns, head.split()), default=0) + SPACE for head in table.columns)


@pytest.mark.parametrize("language", report_languages())
def test_heads_fit_beside_each_other(year: Story, language: str) -> None:
    report = build(year.connection, ("RM",), CUT_OFF, Wishes(language=language))
    tables = [table for section in report.sections for table in section.tables]
    assert len(tables) > 10
    wide = {table.key: need for table in tables if (need := needed(table, language)) > PAGE}
    assert wide == {}
    heads = {head for table in tables for head in table.columns}
    assert {head for head in heads if columns(head) > LONGEST_HEAD} == set()
