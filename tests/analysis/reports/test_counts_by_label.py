"""One word for one number: a label has the same count for every reader and in every format."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html import unescape
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from analysis.formats import render
from analysis.formats.json import report_of
from analysis.model import Report
from analysis.reports.audiences import AUDIENCES, Wishes
from analysis.reports.workshops import build
from analysis.reports.year import build_year
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, PLACES, Story

UNITS = {"Participants", "Attendances", "Attended", "Asked", "Invited", "Replied", "Completed"}
"""The words for counts of people, as headings of columns and as labels of figures."""
Counts = dict[tuple[str, str], set[int]]


@pytest.fixture(scope="module")
def office() -> Story:
    """Two workshops of one donor: six people were at both, and seven moved; a national one beside."""
    told = Story()
    for code in ("W0", "W1"):
        told.workshop(code, f"Title {code}", donors=("NORAD",))
    first = {}
    for number in range(20):
        first[number] = told.person("W0", PLACES[number])
        job = "moved" if number < 7 else "same"
        if number < 16:
            told.answers(first[number], "M6", job=job, use_1="regular")
        else:
            told.silent(first[number], "M6")
    for number in range(14, 30):
        known = first.get(number)
        person = told.person("W1", PLACES[number], same_as=known)
        told.answers(person, "M6", job="same", use_1="tried")
    for number in range(9):
        chief = told.person("W0", PLACES[number], "supervisor")
        told.answers(chief, "SUP6", knows="yes")
    told.workshop("NAT", "National", donors=("JICA",))
    for number in range(22):
        person = told.person("NAT", "KH")
        told.answers(person, "M6", job="left" if number % 4 == 0 else "same", use_1="tried")
    return told


@cache
def reports(told: Story, codes: tuple[str, ...] | None, donor: str) -> dict[str, Report]:
    """One report for every reader, made once for all tests."""
    whom = {"donor": donor, "administration": PLACES[15]}
    wishes = {key: Wishes(key, whom.get(one.whom, "")) for key, one in AUDIENCES.items()}
    if codes == ("NAT",):
        del wishes["member"]
    return {key: build(told.connection, codes, CUT_OFF, one) for key, one in wishes.items()}


def told_by(report: Report) -> Iterator[tuple[tuple[str, str], int]]:
    """Every count with its label: the row that it stands in, and the word for what is counted."""
    for label, text in report.cover:
        if label in UNITS:
            yield ("", label), int(text)
    for figure in report.headlines:
        if figure.label in UNITS and figure.base == 0 and figure.value:
            yield ("", figure.label), figure.value
    for section in report.sections:
        for table in section.tables:
            yield from in_rows([table.columns, *table.rows])


def in_rows(rows: list[tuple[object, ...]]) -> Iterator[tuple[tuple[str, str], int]]:
    """The counts of a table under the words for what is counted."""
    heading, *others = rows
    for row in others:
        for word, cell in zip(heading, row, strict=False):
            if word in UNITS and isinstance(cell, int):
                yield (str(row[0]), str(word)), cell


def in_workbook(made: bytes) -> Iterator[tuple[tuple[str, str], int]]:
    """The same from the sheets of a workbook, where headings stand above their rows."""
    for sheet in load_workbook(BytesIO(made)):
        heading: tuple[object, ...] = ()
        for row in sheet.iter_rows(values_only=True):
            if any(cell in UNITS for cell in row[1:]):
                heading = row
            elif not any(row[1:]):
                heading = ()
            elif heading:
                yield from in_rows([heading, row])


def in_word(made: bytes) -> Iterator[tuple[tuple[str, str], int]]:
    """The same from the tables of a Word file."""
    for table in Document(BytesIO(made)).tables:
        rows = [tuple(number(cell.text) for cell in row.cells) for row in table.rows]
        yield from in_rows(rows)


def in_page(made: bytes) -> Iterator[tuple[tuple[str, str], int]]:
    """The same from the tables of a web page."""
    for table in re.findall(r"<table>(.*?)</table>", made.decode(), re.DOTALL):
        rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows)
        yield from in_rows([tuple(number(unescape(cell)) for cell in row) for row in cells])


def number(text: str) -> object:
    return int(text) if text.isdecimal() else text


@pytest.mark.parametrize(
    ("codes", "donor"), [(None, "NORAD"), (("W0",), "NORAD"), (("NAT",), "JICA")]
)
def test_the_same_label_has_the_same_count_for_all_readers_in_all_formats(
    office: Story, codes: tuple[str, ...] | None, donor: str
) -> None:
    found: Counts = defaultdict(set)
    for report in reports(office, codes, donor).values():
        if codes is None and report.workshops == ("W0", "W1"):
            continue  # the report for the donor is on other workshops
        again = report_of(render(report, "json"))
        assert list(told_by(again)) == list(told_by(report))
        told = [*told_by(report), *in_workbook(render(report, "xlsx"))]
        # These have pictures, which take a second to draw: once with small counts is enough.
        if report.mark:
            told += [*in_word(render(report, "docx")), *in_page(render(report, "html"))]
        for label, count in told:
            found[label].add(count)
    assert len(found) >= 4
    assert {label: counts for label, counts in found.items() if len(counts) > 1} == {}


def test_the_year_counts_participants_and_attendances_as_the_reports_do(office: Story) -> None:
    year = build_year(office.connection, FiscalYear(2017), CUT_OFF, Wishes())
    report = reports(office, None, "NORAD")[Wishes().audience]
    told, counts = dict(told_by(report)), {one.label: one.value for one in year.headlines}
    assert (counts["Participants"], counts["Attendances"]) == (52, 58)
    assert told["", "Participants"] == 52
    by_workshop = {row: count for (row, word), count in told.items() if word == "Attended"}
    assert by_workshop == {"NAT": 22, "W0": 20, "W1": 16}
    assert sum(by_workshop.values()) == counts["Attendances"]


def test_supervisors_and_contact_points_are_asked_and_never_attended(office: Story) -> None:
    for report in reports(office, ("W0",), "NORAD").values():
        told = dict(told_by(report))
        assert ("Supervisors, 6 months", "Attended") not in told
        if any(section.key == "fieldwork" for section in report.sections):
            assert told["Supervisors, 6 months", "Asked"] == 9


def test_those_who_moved_have_replied_too(office: Story) -> None:
    report = reports(office, ("NAT",), "JICA")[Wishes().audience]
    states = next(t for s in report.sections for t in s.tables if t.key == "places").rows
    assert states[:2] == (("Replied, not moved or left", 16), ("Replied, but moved or left", 6))
    assert dict(told_by(report))["NAT", "Replied"] == 22


def test_not_asked_and_too_few_and_nobody_are_told_apart() -> None:
    told = Story().workshop("TFA")
    for place in PLACES[:8]:
        told.answers(told.person("TFA", place), "M6", use_1="regular", effects="faster")
    report = build(told.connection, ["TFA"], CUT_OFF, Wishes())
    tables = {table.key: table for section in report.sections for table in section.tables}
    assert tables["expected_obstacle"].note == "Not asked here."
    assert tables["effects_chiefs"].note == "Not asked here."
    assert tables["suggestion"].note == "Asked here only of a few: not shown."
    assert {row[0]: row[1] for row in tables["effects"].rows}["Better safety"] == 0
