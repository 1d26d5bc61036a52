"""For whom a report is, at its foot."""

from dataclasses import replace

from analysis.reports.audiences import Wishes
from analysis.reports.stamps import foot
from analysis.wording import ReportWords
from surveys.report_status import ReportStatus

SAY = ReportWords("en")


def of(audience: str, level: str) -> str:
    status = replace(ReportStatus(), status="presented", level=level)
    return foot(Wishes(audience, report_status=status), "", SAY)


def test_what_everybody_may_read_is_not_for_members_only() -> None:
    assert of("good_practice", "public") == "Public. As presented. Version 1."
    assert of("good_practice", "members").startswith(
        "For Member administrations only. For Members."
    )
