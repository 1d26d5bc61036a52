"""Verification: it counts from its wave on, until it is withdrawn."""

from datetime import UTC, datetime

from sqlalchemy import insert

from analysis.model import Report, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from storage.schema import verifications
from tests.analysis.builder import CUT_OFF, PLACES, Story

SEEN = datetime(2018, 7, 1, tzinfo=UTC)
NOTHING_SEEN, ONE_SEEN = (6, 0, 0, 0, 6), (6, 1, 0, 0, 5)
"""New or changed; document seen, corroborated, described, claimed."""


def story() -> tuple[Story, int]:
    """Six administrations told of a new procedure; the case of the first."""
    told = Story().workshop("IPR", donors=("JICA",))
    cases = [
        told.answers(
            told.person("IPR", place),
            "M6",
            use_1="regular",
            anchors="procedure",
            anchor_status_procedure="new",
        )
        for place in PLACES[:6]
    ]
    return told, cases[0]


def verified(told: Story, case: int, **facts: object) -> None:
    values = {"verified_by": "P. Officer", "how": "Order 7", "verified_at": SEEN}
    row = {"case_id": case, "anchor": "procedure", **values, **facts}
    told.connection.execute(insert(verifications).values(**row))


def table(report: Report, key: str) -> Table | None:
    return next((t for s in report.sections for t in s.tables if t.key == key), None)


def in_force(report: Report) -> tuple[object, ...]:
    found = table(report, "anchors")
    assert found is not None
    return found.rows[0][1:6]


def test_a_proof_that_the_office_has_seen_makes_the_stage_and_the_anchor_verified() -> None:
    told, case = story()
    assert in_force(told.report("IPR")) == NOTHING_SEEN
    verified(told, case)
    report = told.report("IPR")
    assert in_force(report) == ONE_SEEN
    seen = table(report, "seen")
    assert seen is not None
    assert seen.rows[0][2:] == ("P. Officer", "2018-07-01", "Order 7")
    stages = table(report, "stages")
    assert stages is not None
    assert stages.rows[-1][1:6] == (6, 1, 0, 0, 5)


def test_who_has_seen_it_is_for_the_office_only() -> None:
    told, case = story()
    verified(told, case)
    report = build(told.connection, ["IPR"], CUT_OFF, Wishes("donor", "JICA"))
    assert table(report, "seen") is None
    assert "P. Officer" not in repr(report)


def test_a_verification_counts_between_its_day_and_the_day_it_is_taken_back() -> None:
    told, case = story()
    verified(told, case, withdrawn_at=datetime(2018, 9, 1, tzinfo=UTC))
    assert in_force(told.report("IPR")) == NOTHING_SEEN
    then = told.report("IPR", cut_off=datetime(2018, 8, 1, tzinfo=UTC))
    assert in_force(then) == ONE_SEEN
    before = told.report("IPR", cut_off=datetime(2018, 6, 20, tzinfo=UTC))
    assert in_force(before) == NOTHING_SEEN


def test_an_anchor_verified_at_six_months_is_still_verified_at_twelve_while_in_force() -> None:
    told, case = story()
    verified(told, case)
    for enrolment in [response.enrolment_id for response in told.responses()]:
        told.answers(enrolment, "M12", use_1="regular", still="procedure")
    assert in_force(told.report("IPR")) == ONE_SEEN
