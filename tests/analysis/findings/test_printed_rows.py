"""Rows that are printed of a question: their parts add up to their base, and it says who is in it."""

from analysis.disclosure.crowds import of_person
from analysis.disclosure.merging import rows
from analysis.disclosure.question import Kind, Question
from analysis.disclosure.telling_less import coarser
from analysis.findings.headlines import part_of
from analysis.findings.printed_rows import Base, PrintedRows, told_rows
from analysis.findings.published import Told
from analysis.findings.splits import split_of
from analysis.measures.tallies import Count, Tally
from analysis.wording import ReportWords
from tests.analysis.builder import PLACES

SAY = ReportWords("en")
STEPS = ("low", "high")


def question(*numbers: int, blank: int = 0) -> Question:
    """A scale with so many people on each step, and so many without an answer."""
    said = [code for code, number in zip(STEPS, numbers, strict=True) for _ in range(number)]
    codes = [*((code,) for code in said), *([()] * blank)]
    crowd = {n: of_person(n, PLACES[n], code, ()) for n, code in enumerate(codes)}
    return Question(STEPS, Kind.ORDERED, {"all": crowd}, frozenset({"all"}))


def printed(asked: Question) -> PrintedRows:
    counts = tuple(Count(code, code.title(), 0) for code in STEPS)
    return told_rows(Tally("use", "Use", 0, counts), asked, "all", rows(asked, "all"), SAY)


def test_those_without_an_answer_have_a_row_where_they_are_told_apart() -> None:
    found = printed(question(8, 7, blank=6))
    assert [(row.label, row.people) for row in found.rows] == [
        ("No answer", 6),
        ("Low", 8),
        ("High", 7),
    ]
    assert sum(row.people or 0 for row in found.rows) == found.base


def test_the_base_of_a_comparison_is_the_sum_of_its_parts_where_all_are_told() -> None:
    asked = question(8, 7, blank=6)
    told = Told(asked, "all", {"all": rows(asked, "all")})
    assert split_of(told).base == 15
    few = question(8, 7, blank=2)
    assert split_of(Told(few, "all", {"all": rows(few, "all")})).base is None


def test_a_sentence_says_that_people_without_an_answer_are_in_its_base() -> None:
    found = printed(question(8, 7, blank=6))
    assert found.kind is Base.WITH_SILENT
    assert part_of(7, found, SAY) == "7 of 21 people, including any who gave no answer"


def test_the_place_of_a_hidden_option_does_not_tell_that_five_chose_it() -> None:
    options = ("first", "second", "third", "fourth")
    counts = dict(zip(options, (2, 6, 7, 9), strict=True))
    crowd = {
        n: of_person(n, PLACES[n], {code for code in options if n < counts[code]}, ())
        for n in range(16)
    }
    several = Question(options, Kind.SEVERAL, {"all": crowd})
    first = rows(several, "all")
    assert [row.codes[0] for row in first] == ["second", "third", "fourth", "first"]
    table = coarser(several, "all", first, first[0])
    tally = Tally("use", "Use", 0, tuple(Count(code, code.title(), 0) for code in options))
    found = told_rows(tally, several, "all", table, SAY)
    assert [(row.label, row.people) for row in found.rows] == [
        ("Third", 7),
        ("Fourth", 9),
        ("First", None),
        ("Second", None),
    ]
