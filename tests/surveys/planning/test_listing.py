"""Lists of workshops: what staff look for stands first, and a word finds the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from surveys.planning.listing import Group, in_order, matching
from surveys.workshop import Workshop

TODAY = date(2018, 6, 7)
FIRST = Workshop("A", "Origin", "regional", TODAY, TODAY, "Nuku'alofa", "TO", ("CCF Japan",))


def on(code: str, days: int, **facts: Any) -> Workshop:
    day = TODAY + timedelta(days=days)
    return replace(FIRST, code=code, starts_on=day, ends_on=day, **facts)


def test_current_ones_come_first_and_past_and_cancelled_ones_apart() -> None:
    workshops = [
        on("PAST", -300),
        on("ASKED", -180),
        on("LATER", 90),
        on("SOON", 10),
        on("RECENT", -20),
        on("OFF", 1, cancelled_at=datetime(2018, 6, 1, tzinfo=UTC)),
        on("TODAY", 0),
    ]
    found = [(group, one.code) for group, one in in_order(workshops, {"ASKED"}, TODAY)]
    assert found == [
        (Group.CURRENT, "TODAY"),
        (Group.CURRENT, "ASKED"),
        (Group.COMING, "SOON"),
        (Group.COMING, "LATER"),
        (Group.PAST, "RECENT"),
        (Group.PAST, "PAST"),
        (Group.CANCELLED, "OFF"),
    ]


def test_words_are_found_in_code_title_place_donor_and_year_without_accents() -> None:
    workshops = [
        replace(FIRST, code="ORG-1"),
        on("B", 400, title="Évaluation en douane", city="Nouméa", donors=()),
    ]
    for words, code in (
        ("org-1", "ORG-1"),
        ("ccf origin", "ORG-1"),
        ("noumea 2019", "B"),
        ("evaluation", "B"),
    ):
        assert [one.code for one in matching(workshops, words)] == [code], words
    assert matching(workshops, "noumea 2018") == []
    assert matching(workshops, "") == workshops
