"""The headlines of a fiscal year beside those of earlier years, where the questions were the same."""

from datetime import date

from sqlalchemy import update

from analysis.figures import Figure
from analysis.sections.trend import EarlierYear, trend
from storage.schema import workshops
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import PLACES, Story

BEFORE = Figure("tried", "tried or used, after 6 months", "9 of 20", 9, 20)


def test_a_year_stays_comparable_when_a_later_wave_of_it_has_opened_since() -> None:
    story = Story().workshop("OLD").workshop("NEW")
    days = {"starts_on": date(2016, 11, 7), "ends_on": date(2016, 11, 11)}
    story.connection.execute(update(workshops).where(workshops.c.code == "OLD").values(days))
    for code in ("OLD", "NEW"):
        for place in PLACES[:6]:
            story.answers(story.person(code, place), "M6", use_1="tried")
    story.wave("OLD", "M12")
    earlier = EarlierYear(FiscalYear(2016), (BEFORE,), ("OLD",))
    _, table = trend(story.reading("NEW"), FiscalYear(2017), [earlier], story.frames()).tables
    assert table.rows[0][:2] == ("2016/17, after 6 months", "9 of 20")
