"""The fieldwork for readers outside, and the replies of workshops."""

from sqlalchemy import text

from analysis.model import Report, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story


def table(report: Report, key: str) -> Table:
    return next(one for part in report.sections for one in part.tables if one.key == key)


def test_outside_it_is_not_told_how_many_were_asked_where_these_are_a_few() -> None:
    told = Story().workshop("RM", donors=("JICA",))
    for place in PLACES[:12]:
        told.answers(told.person("RM", place), "M6", use_1="regular")
    for place in PLACES[:3]:
        told.answers(told.person("RM", place, "supervisor"), "SUP6", observes="tried")
    report = build(told.connection, ["RM"], CUT_OFF, Wishes("donor", "JICA"))
    asked = {row[0]: row[1] for row in table(report, "fieldwork").rows}
    assert asked == {"6 months": 12, "Supervisors, 6 months": "not shown"}


def test_a_survey_has_no_row_among_the_workshops_that_people_attended() -> None:
    told = Story().workshop("RM").workshop("IPR")
    for place in PLACES[:6]:
        told.answers(told.person("RM", place), "M6", use_1="regular")
    told.connection.execute(text("update workshops set kind = 'survey' where code = 'IPR'"))
    assert [row[0] for row in table(told.report(), "replies").rows] == ["RM"]
