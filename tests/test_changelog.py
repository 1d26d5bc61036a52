"""The change log has the form of Keep a Changelog, which people and programs know."""

import re
from datetime import date
from itertools import pairwise

from tests.places import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text("utf-8")
VERSION = re.compile(r"Unreleased|\[?(\d+)\.(\d+)\.(\d+)\]? - (\d{4}-\d\d-\d\d)( \[YANKED\])?")
KINDS = ("Upgrade", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
"""What a version did, in this order; `Upgrade` is what to know before it is installed."""


def parts_of(text: str, level: int) -> dict[str, str]:
    """Return what stands below each heading of a level."""
    _, *parts = re.split(rf"^{'#' * level} (.+)\n", text, flags=re.MULTILINE)
    headings = parts[::2]
    assert len(headings) == len(set(headings)), "a heading stands twice"
    return dict(zip(headings, parts[1::2], strict=True))


def test_versions_stand_with_their_day_the_newest_first() -> None:
    assert TEXT.startswith("# Changes\n")
    versions = [VERSION.fullmatch(heading) for heading in parts_of(TEXT, 2)]
    assert None not in versions
    released = [one.groups() for one in versions if one and one[1]]
    assert "Unreleased" not in [one[0] for one in versions[1:] if one]
    numbers = [tuple(map(int, one[:3])) for one in released]
    days = [date.fromisoformat(str(one[3])) for one in released]
    assert all(newer > older for newer, older in pairwise(numbers))
    assert all(newer >= older for newer, older in pairwise(days))


def test_each_version_says_what_it_did_by_kind() -> None:
    for version, text in parts_of(TEXT, 2).items():
        kinds = parts_of(text, 3)
        assert [kind for kind in kinds if kind not in KINDS] == [], version
        assert list(kinds) == sorted(kinds, key=KINDS.index), version
        for kind, entries in kinds.items():
            assert kind == "Upgrade" or re.search(r"^- ", entries, re.MULTILINE), (version, kind)


def test_entries_are_items_of_lists_below_their_kind() -> None:
    for text in parts_of(TEXT, 2).values():
        for kind, entries in parts_of(text, 3).items():
            beside = [line for line in entries.splitlines() if line and line[0] not in "-# "]
            assert kind == "Upgrade" or beside == []
