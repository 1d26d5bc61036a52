"""The stage table: what stands beside an administration that agreed to be named."""

import pytest

from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story

NAMED, *OTHERS = PLACES[:20]
CLAIM = {"anchors": "procedure", "anchor_status_procedure": "new"}


def a_workshop(supervisor: dict[str, str]) -> Story:
    """Of twenty administrations one agrees to be named; a supervisor there says what is given."""
    told = Story().workshop("A")
    for number, place in enumerate((NAMED, *OTHERS)):
        person = told.person("A", place)
        told.answers(person, "PRE", attribution="no" if number else "yes")
        claim = CLAIM if number % 2 == 0 else {"anchors": "none"}
        told.answers(person, "M6", use_1=("regular", "not_yet")[number % 2], **claim)
    told.answers(told.person("A", NAMED, "supervisor"), "SUP6", **supervisor)
    return told


def row(told: Story, audience: str) -> dict[str, object]:
    report = build(told.connection, ["A"], CUT_OFF, Wishes(audience))
    (table,) = next(one for one in report.sections if one.key == "stage_table").tables
    return dict(zip(table.columns, table.rows[0], strict=True))


def test_a_stage_has_its_name_beside_its_number() -> None:
    told = a_workshop({"anchors": "procedure", "anchor_seen_procedure": "new"})
    assert row(told, "staff")["6 months"] == "5 Embedded"
    assert row(told, "good_practice")["Stage"] == "5 Embedded"


@pytest.mark.parametrize(
    ("said", "office"),
    [
        ({"anchors": "none"}, ("–", "Disputed")),
        ({"anchors": "procedure", "anchor_seen_procedure": "new"}, ("corroborated", "")),
    ],
)
def test_what_a_supervisor_says_is_told_to_the_office_alone(
    said: dict[str, str], office: tuple[str, str]
) -> None:
    told = a_workshop(said)
    inside, outside = row(told, "staff"), row(told, "good_practice")
    assert (inside["Evidence"], inside["Notes"]) == office
    assert outside["Notes"] == ""
    assert outside["Evidence"] != "corroborated"
