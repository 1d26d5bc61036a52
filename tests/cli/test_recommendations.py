"""Recommendations of a fiscal year on the command line, and the report that has them."""

import json

from tests.cli.conftest import Terminal

WORDS = "Share examples of procedures."


def test_a_recommendation_is_added_released_settled_and_taken_back(office: Terminal) -> None:
    assert office.says("recommendation", "list", "2017").startswith("There is none yet")
    assert office.says("recommendation", "propose", "2017") == "Nothing new is proposed.\n"
    said = office.says("recommendation", "add", "2017", WORDS, "--owner", "ROCB")
    assert said == f"Recommendation 1: {WORDS}\nUndo: `followup recommendation undo 1`\n"
    assert "has no day yet" in office.refuses("recommendation", "release", "1")
    office.says("recommendation", "change", "1", "--due", "30 June 2019")
    assert "is released" in office.says("recommendation", "release", "1")
    assert "so already" in office.says("recommendation", "release", "1")
    said = office.says("recommendation", "settle", "1", "dropped", "--because", "No budget.")
    office.says(*said.splitlines()[1].removeprefix("Undo: `followup ").rstrip("`").split())
    (one,) = office.data("recommendation", "list", "2017")
    assert one["content"] == {
        "words": WORDS,
        "owner": "ROCB",
        "due_on": "2019-06-30",
        "state": "released",
        "outcome": "open",
        "outcome_words": "",
    }
    office.says("recommendation", "withdraw", "1")
    assert "withdrawn" in office.says("recommendation", "list", "2017")


def test_the_report_of_a_year_is_presented_and_then_handed_out(office: Terminal) -> None:
    wanted = ("report", "--fiscal-year", "2017", "--audience", "good_practice")
    assert "followup report status FY2017 presented" in office.refuses(*wanted)
    said = office.says("report", "status", "FY2017", "presented", "--for", "members")
    assert "The statistics of a year are for the office" in said
    found = json.loads(office.says(*wanted, "--format", "json"))
    assert found["subtitle"].startswith("Good Practice Report 2017/18")
    assert (
        found["footer"] == "For Member administrations only. For Members. As presented. Version 1."
    )
    for words in (["TFA-2017"], ["--donor", "JICA"]):
        assert office.type(*wanted, *words).code == 2
