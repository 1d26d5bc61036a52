"""Versions of reports: which change begins the next one, and how many people may differ."""

from datetime import UTC, datetime

import pytest

from surveys.report_status import (
    DRAFT,
    FinalVersion,
    NextVersion,
    ReportStatus,
    changed,
    may_differ,
)

FIRST, SECOND = datetime(2018, 6, 1, tzinfo=UTC), datetime(2018, 6, 15, tzinfo=UTC)
PRESENTED = ReportStatus(1, "presented", "members", FIRST)
FINAL = ReportStatus(1, "final", "members", FIRST)


@pytest.mark.parametrize(
    ("before", "status", "news", "after"),
    [
        (DRAFT, "presented", True, ReportStatus(1, "presented", "", SECOND)),
        (DRAFT, "final", True, ReportStatus(1, "final", "", SECOND)),
        (DRAFT, "draft", True, DRAFT),
        (PRESENTED, "presented", False, PRESENTED),
        (PRESENTED, "presented", True, ReportStatus(2, "presented", "members", SECOND)),
        (PRESENTED, "final", True, FINAL),
        (PRESENTED, "draft", True, ReportStatus(2, "draft", "members")),
        (FINAL, "final", True, FINAL),
        (FINAL, "draft", True, ReportStatus(2, "draft", "members")),
    ],
)
def test_a_change_begins_the_next_version_where_the_one_before_is_with_others(
    before: ReportStatus, status: str, news: bool, after: ReportStatus
) -> None:
    assert changed(before, status, None, NextVersion(SECOND, news)) == after


@pytest.mark.parametrize(("status", "level"), [("presented", None), ("final", "public")])
def test_a_final_version_is_not_changed(status: str, level: str | None) -> None:
    with pytest.raises(FinalVersion):
        changed(FINAL, status, level, NextVersion(SECOND))


def test_a_version_presented_before_there_were_cut_offs_is_not_with_others() -> None:
    old = ReportStatus(3, "presented", "members")
    assert not old.published
    assert changed(old, "presented", None, NextVersion(SECOND)) == ReportStatus(
        3, "presented", "members", SECOND
    )


@pytest.mark.parametrize(
    ("places", "administrations", "may"),
    [
        ("", 9, True),
        ("ABCD", 9, False),
        ("ABCDE", 9, True),
        ("AABBC", 9, True),
        ("AABBB", 9, False),
        ("AAAAA", 2, False),
        ("AAAAA", 1, True),
        ("AAAA", 1, False),
    ],
)
def test_two_figures_may_differ_by_nobody_or_by_five_people_of_three_administrations(
    places: str, administrations: int, may: bool
) -> None:
    assert may_differ(set(enumerate(places)), administrations) is may
