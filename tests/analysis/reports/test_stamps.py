"""For whom a report is, at its foot."""

from dataclasses import replace

from analysis.model import Report, Section
from analysis.reports.audiences import Wishes
from analysis.reports.stamps import foot, restamped
from analysis.wording import ReportWords
from surveys.report_status import ReportStatus
from tests.analysis.builder import CUT_OFF

SAY = ReportWords("en")


def of(audience: str, level: str, whom: str = "") -> str:
    status = replace(ReportStatus(), status="presented", level=level)
    return foot(Wishes(audience, report_status=status), whom, SAY)


def test_what_everybody_may_read_is_not_for_members_only() -> None:
    assert of("good_practice", "public") == "Public. As presented. Version 1."
    assert of("member", "public", "Maldives") == (
        "Prepared for Maldives. May be published. As presented. Version 1."
    )
    assert of("member", "", "Maldives").startswith("Prepared for Maldives. Not for publication.")
    assert "May be published." in of("donor", "public", "JICA")
    assert of("good_practice", "members").startswith(
        "For Member administrations only. For Members."
    )


def test_a_version_of_earlier_words_gets_those_of_its_reader_when_it_becomes_public() -> None:
    own = Section("own", "Maldives")
    earlier = Report(
        "Title", "", "", CUT_OFF, "en", sections=(own,), footer="For Maldives only. Draft."
    )
    before = Wishes("member", "MV")
    status = replace(ReportStatus(), status="presented", level="public")
    after = replace(before, report_status=status)
    assert restamped(earlier, before, after, SAY).footer == (
        "Prepared for Maldives. May be published. As presented. Version 1."
    )
