"""The headlines of a fiscal year beside those of earlier years, where the questions were the same."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import text, update

from analysis.figures import Figure
from analysis.findings.reading import read_outside
from analysis.measures.delegations.headlines import FIGURES
from analysis.model import Cell
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.sections.trend import EarlierYear, earlier_year, trend
from storage.schema import workshops
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.recount_delegations import Recount

BEFORE = Figure("tried", "tried or used, after 6 months", "9 of 20", 9, 20)


def two_years() -> Story:
    """A workshop of the year before, and one of this year."""
    story = Story().workshop("OLD").workshop("NEW")
    days = {"starts_on": date(2016, 11, 7), "ends_on": date(2016, 11, 11)}
    story.connection.execute(update(workshops).where(workshops.c.code == "OLD").values(days))
    return story


def test_a_year_of_people_is_not_compared_with_one_of_delegations() -> None:
    story = two_years()
    for number, place in enumerate(PLACES[:12]):
        use = "regular" if number < 9 else "not_yet"
        story.answers(story.person("OLD", "FJ"), "M6", use_1=use)
        story.answers(story.person("NEW", place), "M6", use_1="tried")
    before = earlier_year(FiscalYear(2016), story.report("OLD"))
    section = trend(story.reading("NEW"), FiscalYear(2017), [before], story.frames())
    drawn, table = section.tables
    rows = [row[1:] for row in drawn.rows if row[0] == "tried or used"]
    assert rows[0] == ("2016/17", "", "", "", "", "9 of 12 (at most 9); counts people")
    assert rows[1][:2] == ("2017/18", 12)
    assert table.rows[0][1] == "9 of 12 (at most 9); counts people"
    assert table.rows[1][1] == "12 of 12 (at most 12)"


def test_a_year_stays_comparable_when_a_later_wave_of_it_has_opened_since() -> None:
    story = two_years()
    for code in ("OLD", "NEW"):
        for place in PLACES[:6]:
            story.answers(story.person(code, place), "M6", use_1="tried")
    story.wave("OLD", "M12")
    earlier = EarlierYear(FiscalYear(2016), (BEFORE,), ("OLD",))
    _, table = trend(story.reading("NEW"), FiscalYear(2017), [earlier], story.frames()).tables
    assert table.rows[0][:2] == ("2016/17, after 6 months", "9 of 20")


def a_year_of_answers(story: Story, code: str, every: int) -> None:
    """Officers of twenty administrations, of whom some use it, share it, or have something new."""
    new = {"anchors": "unit", "anchor_status_unit": "new", "title_unit": "Unit 7 of 2018"}
    for number, place in enumerate(PLACES[:20]):
        person = story.person(code, place)
        use = ("regular", "tried", "not_yet")[number % every]
        said = new if number % every == 0 else {"anchors": "none"}
        actions = "briefed" if number % every else "none"
        story.answers(person, "M3", use_1=use, actions=actions, suggestion="accepted")
        story.answers(person, "M6", use_1=use, others_use="most", **said)
        story.answers(
            person, "M12", use_1=use, others_use="few", still="unit" * ("title_unit" in said)
        )


@pytest.mark.parametrize("audience", ["staff", "good_practice"])
def test_each_number_of_a_trend_is_found_by_a_query(audience: str) -> None:
    story = two_years()
    for code, every in (("OLD", 2), ("NEW", 3)):
        a_year_of_answers(story, code, every)
    reports = {
        code: build(story.connection, [code], CUT_OFF, Wishes(audience)) for code in ("OLD", "NEW")
    }
    before = earlier_year(FiscalYear(2016), reports["OLD"])
    reading = read_outside(story.frames(), ["NEW"], CUT_OFF)
    now = reading if audience == "good_practice" else story.reading("NEW")
    assert now is not None
    drawn, _ = trend(now, FiscalYear(2017), [before], story.frames()).tables
    queried = {
        name: numbers_of(story, code) for name, code in (("2016/17", "OLD"), ("2017/18", "NEW"))
    }
    told = 0
    for key, rows in zip(FIGURES, batched(drawn.rows), strict=True):
        for _, name, yes, _, base, share, printed in rows:
            if isinstance(yes, int):
                told += 1
                grade = "claimed" if "claimed" in str(rows[0][0]) else ""
                assert (yes, base, share) == queried[str(name)][f"{key} {grade}".strip()], printed
    assert told >= (12 if audience == "staff" else 6)


def batched(rows: Sequence[tuple[Cell, ...]]) -> list[Sequence[tuple[Cell, ...]]]:
    """Two rows for each figure: one of each year."""
    return [rows[n : n + 2] for n in range(0, len(rows), 2)]


def numbers_of(story: Story, code: str) -> dict[str, tuple[int, int, int]]:
    """Yes, base and percent of each figure by a query; of embedded also with what is claimed."""
    recount, found = Recount(story.connection, [code], "M12"), {}
    for key in FIGURES:
        yes, *others = recount.states(key)
        total, claimed = yes + sum(others), recount.grades()[0] if key == "embedded" else 0
        for name, part in ((key, yes - claimed), (f"{key} claimed", yes)):
            query = "SELECT CAST(floor(100.0 * :part / :base + 0.5) AS INTEGER)"
            share = story.connection.scalar(text(query), {"part": part, "base": total})
            found[name] = (part, total, int(share or 0))
    return found
