"""The headlines of a fiscal year beside those of earlier years, where the questions were the same."""

from datetime import date

from sqlalchemy import update

from analysis.figures import Figure
from analysis.sections.trend import EarlierYear, earlier_year, trend
from storage.schema import workshops
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import PLACES, Story

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
