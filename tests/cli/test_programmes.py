"""Programmes: the chain around an operation, and results that are never added up over units."""

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import CODE, Terminal

OPERATIONS = (
    "operation,days,month,cases,items,pieces,kg,litres,train_the_trainer,follow_up_workshop\n"
    "Action IPR A/P,12,2015-12,498,521602,,201951,,2015-04,2016-03\n"
    "Action IPR A/P 2,19,2017-02,245,,1453429,153099,75,2016-11,2017-05\n"
)


@pytest.fixture
def chained(office: Terminal) -> Terminal:
    office.write("operations.csv", OPERATIONS)
    for code, operation in (("IPR-1", "Action IPR A/P"), ("IPR-2", "Action IPR A/P 2")):
        office.says("programme", "add", code, "--operation", operation, "--follow-up", CODE)
        office.says("programme", "results", code, "operations.csv")
    return office


def test_a_programme_is_a_chain_of_workshop_operation_and_workshop(chained: Terminal) -> None:
    said = chained.says("programme", "show", "IPR-2")
    assert f"2016-11 -> Action IPR A/P 2 (2017-02, 19 days) -> {CODE}" in said
    assert [one["code"] for one in chained.data("programme", "list")] == ["IPR-1", "IPR-2"]
    shown = chained.data("programme", "show", "IPR-1")["results"]
    # What the list leaves empty is missing and not 0.
    assert {one["unit"]: one["amount"] for one in shown} == {
        "cases": 498,
        "items": 521602,
        "kg": 201951,
    }


def test_results_stand_in_the_report_by_unit_and_without_a_total(chained: Terminal) -> None:
    chained.says("report", CODE, "--format", "xlsx", "--out", "report.xlsx")
    sheet = load_workbook(chained.folder / "report.xlsx")["operations"]
    rows = [row[:4] for row in sheet.iter_rows(values_only=True)]
    assert ("Action IPR A/P 2", "all", "pieces", 1453429) in rows
    numbers = [row[3] for row in rows if isinstance(row[3], int)]
    assert sorted(numbers) == sorted([498, 521602, 201951, 245, 1453429, 153099, 75])
    text = chained.says("report", CODE)
    assert "not an effect of a workshop" in text
    assert "Operation results" not in chained.says("report", "TFA-2017")


def test_the_results_of_kinds_of_goods_stand_apart(chained: Terminal) -> None:
    chained.write(
        "kinds.csv", "operation,kind,kg\nAction IPR A/P,toys,10\naction ipr a/p,shoes,7\n"
    )
    taken = chained.data("programme", "results", "IPR-1", "kinds.csv")["results"]
    assert [(one["kind"], one["amount"]) for one in taken] == [("toys", 10), ("shoes", 7)]
    # Days and workshops that the new list does not name stay.
    assert "12 days" in chained.says("programme", "show", "IPR-1")


def test_all_mistakes_of_a_list_of_results_are_named_and_nothing_is_taken(
    chained: Terminal,
) -> None:
    chained.write(
        "wrong.csv",
        "operation,kg,cases,follow_up_workshop\nAction IPR A/P,about 1000,2.5,NOWHERE\n",
    )
    said = chained.refuses("programme", "results", "IPR-1", "wrong.csv")
    for place in ("column kg", "column cases", "column follow_up_workshop"):
        assert f"row 2, {place}" in said
    assert len(chained.data("programme", "show", "IPR-1")["results"]) == 3
    chained.write("other.csv", "operation,kg\nAction X,1\n")
    assert "It has: Action X" in chained.refuses("programme", "results", "IPR-1", "other.csv")
    assert "NOWHERE" in chained.refuses(
        "programme", "add", "X", "--operation", "X", "--trainers", "NOWHERE"
    )


def test_amounts_months_and_days_are_read_as_lists_write_them(chained: Terminal) -> None:
    chained.write(
        "field.csv",
        'operation,days,month,kg,cases\nAction IPR A/P,12.0,Dec 2015,"153,099.5",1 245\n',
    )
    taken = chained.data("programme", "results", "IPR-1", "field.csv")
    assert [(one["unit"], one["amount"]) for one in taken["results"]] == [
        ("cases", 1245),
        ("kg", 153099.5),
    ]
    assert (taken["programme"]["days"], taken["programme"]["month"]) == (12, "2015-12")
    assert "153099.5" in chained.says("programme", "show", "IPR-1")
    assert "153099.5" in chained.says("report", CODE)
    chained.write("wrong.csv", "operation,days,month,kg\nAction IPR A/P,1.5,soon,1.2345\n")
    said = chained.refuses("programme", "results", "IPR-1", "wrong.csv")
    for place in ("column days", "column month", "column kg"):
        assert f"row 2, {place}" in said


def test_a_report_on_programmes_of_which_some_have_no_days_and_no_workshop(
    chained: Terminal,
) -> None:
    chained.says("programme", "add", "NEW", "--operation", "Kula", "--follow-up", CODE)
    chained.says("programme", "add", "OLD", "--operation", "Kafe", "--trainers", "2015-04")
    said = chained.says("report")
    assert "nan" not in said.lower().split()
    assert "2015-04" in said


def test_a_change_of_a_programme_is_taken_back_unless_it_was_changed_since(
    chained: Terminal,
) -> None:
    chained.write("kinds.csv", "operation,kind,kg\nAction IPR A/P,toys,10\n")
    said = chained.says("programme", "results", "IPR-1", "kinds.csv")
    undo = said.partition("Undo: `followup ")[2].partition("`")[0].split()
    assert "was changed since. Nothing was changed." in chained.refuses(
        "programme", "undo", "IPR-1", "1"
    )
    assert "The programme IPR-1 is as before." in chained.says(*undo)
    assert "201951" in chained.says("programme", "show", "IPR-1")
    assert "as before already. Nothing was changed." in chained.says(*undo)
