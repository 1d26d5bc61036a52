"""followup share: asked about first, shown once, listed, ended and restored by the printed line."""

import re
import shlex

import pytest

from tests.cli.conftest import CODE, Terminal

MAKE = ("share", "make", CODE, "--audience", "rtc", "--until", "31 July", "--to", "Eva Kovac")


@pytest.fixture
def presented(office: Terminal) -> Terminal:
    """The office with a web page and a presented report."""
    office.write("config.yaml", "web: {public_url: https://followup.example.org}\n")
    office.says("report", "status", CODE, "presented")
    return office


def test_a_link_is_asked_about_made_ended_and_restored(presented: Terminal) -> None:
    asked = presented.type(*MAKE)
    assert asked.code == 2
    assert f"version 1 of the report on {CODE} as rtc sees it" in asked.out
    assert presented.data("share", "list") == []

    said = presented.says(*MAKE, "--yes")
    url = re.search(r"https://followup\.example\.org/r/[\w-]{22}\n", said)
    assert url is not None
    (one,) = presented.data("share", "list")
    assert (one["state"], one["opened"], one["to whom"]) == ("works", 0, "Eva Kovac")
    assert " 31 July " in one["until"]
    assert url[0].strip() not in presented.says("share", "list")

    for state in ("ended", "works", "ended"):
        said = presented.says(*undo_in(said))
        assert [one["state"] for one in presented.data("share", "list")] == [state]
    assert "Nothing was changed" in presented.says("share", "end", one["code"])
    assert "Eva" not in presented.says("audit")


def test_a_link_to_the_report_on_a_year_and_on_a_donor_is_asked_about(
    presented: Terminal,
) -> None:
    office, until = presented, ("--until", "31 July")
    office.says("report", "status", "FY2017", "presented")
    year = ("--audience", "good_practice", "--fiscal-year", "2017")
    asked = office.type("share", "make", *year, *until)
    assert (asked.code, "report on FY2017 as good_practice" in asked.out) == (2, True)
    member = office.data("staff", "add", "manager", "--name", "Eva")["code"]
    asked = office.type("share", "feed", *year, "--for", member, *until)
    assert (asked.code, "figures of the report on FY2017" in asked.out) == (2, True)


def test_a_feed_is_asked_about_and_made_for_a_member(presented: Terminal) -> None:
    member = presented.data("staff", "add", "manager", "--name", "Eva")["code"]
    words = ("share", "feed", CODE, "--for", member, "--until", "31 July")
    asked = presented.type(*words)
    assert asked.code == 2
    assert "reads the figures of the report" in asked.out
    said = presented.says(*words, "--yes")
    assert re.search(r"https://followup\.example\.org/feed/[\w-]{22}/figures\.csv\n", said)
    assert [one["to whom"] for one in presented.data("share", "list")] == [member]
    presented.says("staff", "remove", member)
    assert "has no access" in presented.refuses(*words, "--yes")


@pytest.mark.usefixtures("in_use")
def test_no_link_works_after_a_copy_was_put_back(presented: Terminal) -> None:
    presented.says(*MAKE, "--yes")
    presented.says("backup", "copy.sqlite3")
    (one,) = presented.data("share", "list")
    presented.says("share", "end", one["code"])
    said = presented.says("restore", "copy.sqlite3")
    assert "1 share link or feed ended: `followup share restore CODE`" in said
    assert [one["state"] for one in presented.data("share", "list")] == ["ended"]


def undo_in(said: str) -> list[str]:
    """The command that a message says takes it back."""
    found = re.search(r"Undo: `followup ([^`]+)`", said)
    assert found is not None, said
    return shlex.split(found[1])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--audience", "staff"), "no share link"),
        (("--audience", "trainer"), "no share link"),
        (("--until", "31 July 2035"), "within a year"),
        (("--audience", "newsletter"), "draft|only"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    presented: Terminal, words: tuple[str, ...], why: str
) -> None:
    if "newsletter" in words:
        presented.says("report", "status", CODE, "draft")
    assert re.search(why, presented.refuses(*MAKE, *words, "--yes"))
    assert presented.data("share", "list") == []


def test_a_link_needs_a_web_page(office: Terminal) -> None:
    office.says("report", "status", CODE, "presented")
    assert "web.public_url" in office.refuses(*MAKE, "--yes")
    assert "There is no share link L-1" in office.refuses("share", "end", "L-1")
