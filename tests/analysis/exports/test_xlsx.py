"""The workbook opens, texts are texts, and what exceeds Excel's limits is marked and named."""

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import update

from analysis.exports import xlsx
from analysis.exports.csv_files import render
from analysis.exports.tables import Table, cleaned_table
from storage import schema
from surveys.questionnaire import Item
from tests.analysis.builder import CUT_OFF, Story
from tests.analysis.exports.opening import opened, text_item, told_with


def told(*answers: str) -> Story:
    story = told_with(text_item("words", longest=99_999))
    for text in answers:
        story.answers(story.person("TFA", "FJ"), "M6", words=text)
    return story


def cells(sheet: Worksheet, heading: str) -> list[Cell]:
    """The cells of a column, in the order of their texts."""
    (place,) = [cell.column for cell in sheet[1] if cell.value == heading]
    found = [row[place - 1] for row in sheet.iter_rows(min_row=2)]
    return sorted(found, key=lambda cell: str(cell.value))


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_x01_control_characters_are_removed_and_counted_and_other_rows_are_intact() -> None:
    bundle = opened(told("a\x0bb\x16c\ufffed", "other"))
    values = cells(sheet_of(bundle.workbook, "Answers"), "value")
    assert [cell.value for cell in values] == ["abcd", "other"]
    assert bundle.manifest["characters_removed"]["long"] == 3
    assert "abcd" in {row["value"] for row in bundle.rows("long")}


def test_x01_zero_and_half_characters_that_a_database_refuses_do_no_harm_either() -> None:
    table, removed = cleaned_table(Table("t", "t\x00", ("a\ud800",), (("x\x00y\udc00",), ("z",))))
    assert table == Table("t", "t", ("a",), (("xy",), ("z",)))
    assert removed == 3
    assert render(table, marked=True, raw=True)
    assert xlsx.render({"T": table}, [], CUT_OFF)[0]


def test_x02_times_with_zones_are_date_cells_in_utc_and_the_heading_says_so() -> None:
    story = told("first", "second")
    zone = timezone(timedelta(hours=3))
    for text, at in (
        ("first", datetime(2018, 6, 22, 1, 11, tzinfo=UTC)),
        ("second", datetime(2018, 6, 22, 1, 11, tzinfo=zone)),
    ):
        table = schema.answers
        story.connection.execute(update(table).where(table.c.value == text).values(answered_at=at))
    found = cells(sheet_of(opened(story).workbook, "Answers"), "answered_at_utc")
    assert [cell.value for cell in found] == [
        datetime(2018, 6, 21, 22, 11),  # noqa: DTZ001
        datetime(2018, 6, 22, 1, 11),  # noqa: DTZ001
    ]
    assert all(cell.is_date for cell in found)


def test_x03_a_text_beyond_the_cell_limit_is_cut_with_a_mark_and_a_note() -> None:
    long_text = "x" * 40_000
    bundle = opened(told(long_text))
    (cell,) = cells(sheet_of(bundle.workbook, "Answers"), "value")
    assert len(str(cell.value)) == xlsx.MOST_UNITS
    assert str(cell.value).endswith(xlsx.MARK)
    notes = [row[4].value for row in bundle.workbook["Index"] if row[1].value == "Answers"]
    assert "texts cut: 1" in str(notes[0])
    assert bundle.manifest["texts_shortened"]["export.xlsx, Answers"] == 1
    assert bundle.value("words") == long_text


def test_x03_signs_that_excel_counts_twice_fit_too() -> None:
    (cell,) = cells(sheet_of(opened(told("🙂" * 20_000)).workbook, "Answers"), "value")
    assert len(str(cell.value).encode("utf-16-le")) // 2 <= xlsx.MOST_UNITS
    assert str(cell.value).startswith("🙂🙂")


def test_x04_texts_that_look_like_links_are_plain_texts_and_all_present() -> None:
    link = "https://example.org/" + "x" * 2_480
    book = opened(told(link)).workbook
    (cell,) = cells(sheet_of(book, "Answers"), "value")
    assert (cell.value, cell.hyperlink) == (link, None)


def test_x04_seventy_thousand_links_are_all_there() -> None:
    table = Table("t", "Links", ("link",), (("https://example.org",),) * 70_000)
    made, lost = xlsx.render({"Links": table}, [], CUT_OFF)
    sheet = load_workbook(io.BytesIO(made), read_only=True)["Links"]
    assert sum(row == ("https://example.org",) for row in sheet.values) == 70_000
    assert lost["Links"] == xlsx.Lost(0, 0, 0)


def test_x05_titles_become_sheet_names_that_excel_opens() -> None:
    titles = ["AEO/MRA: part 1", "[draft]", "'quoted'", "History", "", "x" * 40, "X" * 40, "Index"]
    names = xlsx.sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(sign in name for name in names for sign in "[]:*?/\\")
    assert not any(name.startswith("'") or name.endswith("'") for name in names)
    table = Table("t", "t", ("a",), ())
    made, _ = xlsx.render(dict.fromkeys(titles, table), [], CUT_OFF)
    assert load_workbook(io.BytesIO(made)).sheetnames == ["Index", *names]


def test_x13_leading_zeros_stay_because_texts_are_text_cells() -> None:
    found = cells(sheet_of(opened(told("0042", "0812345678")).workbook, "Answers"), "value")
    assert [(cell.value, cell.data_type) for cell in found] == [
        ("0042", "s"),
        ("0812345678", "s"),
    ]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "@SUM(1)", "＝1+1", "-Ann"])
def test_c01_a_formula_in_an_answer_is_a_text_in_the_workbook(text: str) -> None:
    book = opened(told(text)).workbook
    for sheet, heading in (("Answers", "value"), ("Wide M6", "words")):
        (cell,) = cells(sheet_of(book, sheet), heading)
        assert (cell.value, cell.data_type) == (text, "s")


def test_c02_a_negative_number_is_a_number_and_a_title_like_a_formula_is_text() -> None:
    story = told_with(Item(name="n", type="integer", label={"en": "=1"}), workshop="TFA")
    story.answers(story.person("TFA", "FJ"), "M6", n="-3")
    table = schema.workshops
    story.connection.execute(update(table).values(title="=1+1"))
    book = opened(story).workbook
    for sheet, heading in (("Answers", "value"), ("Wide M6", "n")):
        (cell,) = cells(sheet_of(book, sheet), heading)
        assert (cell.value, cell.data_type) == (-3, "n")
    titles = [cell for row in book["Index"] for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in titles] == ["s"]


def test_what_no_sheet_can_hold_is_named_in_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    table = Table("t", "t", ("a",), ((1,), (2,), (3,)))
    made, lost = xlsx.render({"T": table}, [], CUT_OFF)
    book = load_workbook(io.BytesIO(made))
    assert lost["T"].rows == 1
    assert [row[0].value for row in book["T"]] == ["a", 1, 2]
    assert "rows left out: 1" in str(book["Index"]["E2"].value)
