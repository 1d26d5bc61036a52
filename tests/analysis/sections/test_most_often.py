"""The sentence over a picture: what was chosen most often, by rule."""

import pytest

from analysis.findings.printed_rows import PrintedRow, PrintedRows
from analysis.measures.tallies import Tally
from analysis.sections.most_often import most_often
from analysis.wording import ReportWords
from tests.analysis.builder import Story


def rows(*counts: tuple[str, int | None], base: int = 20, most: str = "") -> PrintedRows:
    made = tuple(PrintedRow((label,), label, count) for label, count in counts)
    named = tuple(row for row in made if row.label in most.split())
    return PrintedRows(Tally("q", "Q", base, ()), base, made, largest=named)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (rows(("time", 7), ("law", 3), most="time"), "Why: most often “time”, 7 of 20 (35 %)"),
        (
            rows(("time", 7), ("law", 7), ("it", 1), most="time law"),
            "Why: most often “time”, “law”, 7 of 20 (35 %) each",
        ),
        (
            rows(("a", 5), ("b", 5), ("c", 5), ("d", 5), most="a b c d"),
            "Why: 4 answers equally often, 5 of 20 (25 %) each",
        ),
        (
            rows(("none", 9), ("time", 7), most="none"),
            "Why: most often “none”, 9 of 20 (45 %); then “time”, 7 of 20 (35 %)",
        ),
        (rows(("none", 9), ("time", 0), most="none"), "Why: most often “none”, 9 of 20 (45 %)"),
        (rows(("none", 9), ("time", 7), ("law", None), most="none"),
         "Why: most often “none”, 9 of 20 (45 %)"),
        (rows(("time", 7), ("law", None)), ""),
        (rows(("time", 0)), ""),
    ],
)  # fmt: skip
def test_what_was_chosen_most_often_is_told_as_far_as_readers_may_know(
    found: PrintedRows, told: str
) -> None:
    assert most_often("Why", found, ReportWords("en"))[0] == told


def test_after_a_question_the_sentence_begins_anew() -> None:
    found = rows(("time", 7), most="time")
    assert most_often("Why not?", found, ReportWords("en")) == (
        "Why not? Most often “time”, 7 of 20 (35 %)",
        ("time",),
    )


def test_pictures_that_are_no_tallies_have_their_sentence_too() -> None:
    story = Story().workshop("TFA")
    for number, place in enumerate(("FJ", "TO", "WS", "VU", "PG", "SB")):
        person = story.person("TFA", place)
        anchors = {"anchors": "procedure", "anchor_status_procedure": "new"}
        stage = f"s{number}"
        said = anchors if number < 4 else {}
        story.answers(person, "M6", use_1="regular", stage_now=stage, **said)
        still = {"still": "procedure"} if number < 4 else {}
        story.answers(person, "M12", use_1="regular", stage_now="s3", **still)
    tables = {t.key: t for section in story.report().sections for t in section.tables}
    assert tables["anchors"].finding == "In force: most often “Rule or procedure”, 4 of 6"
    assert tables["anchors"].most == ("Rule or procedure",)
    assert tables["fieldwork"].finding == "Replied, 12 months: 6 of 6"
    assert tables["moves"].finding.startswith("6 months to 12 months: ")
    assert "new or changed since the workshop" in tables["stages"].finding


def test_an_effect_that_was_wanted_is_never_named_as_an_unwanted_one() -> None:
    story = Story().workshop("TFA")
    for number, place in enumerate(("FJ", "TO", "WS", "VU", "PG", "SB")):
        effects = "faster slower" if number == 0 else "faster"
        story.answers(story.person("TFA", place), "M6", use_1="regular", effects=effects)
    tables = {t.key: t for section in story.report().sections for t in section.tables}
    assert tables["effects"].finding == "Effects reported: most often “Work is faster”, 6 of 6"
    assert tables["unwanted_effects"].finding == ""
