"""Where tables begin: below titles, with a heading of two rows; what is Thai, and what is a year."""

from datetime import date

import pytest

from bot.importing.rows.column_words import PEOPLE
from bot.importing.tables.cells import Cell
from bot.importing.tables.days import NoDay, Span, order_of, read_days, written_days
from bot.importing.tables.headings import Heading, find_heading
from bot.importing.tables.reading import read_book
from bot.importing.tables.texts import read_text
from surveys.xlsform.sheets import Unreadable


def heading_of(text: str) -> Heading | None:
    (sheet,) = read_book(text.encode()).sheets
    return find_heading(sheet, PEOPLE)


@pytest.mark.parametrize(("titles", "found"), [(0, 1), (29, 30), (30, None)])
def test_a_heading_is_looked_for_in_the_first_thirty_rows(titles: int, found: int | None) -> None:
    text = "Ministry of Finance,,\n" * titles + "name,email,country\nAda,a@b.fj,FJ\n"
    heading = heading_of(text)
    assert (heading.row if heading else None) == found


def test_a_heading_goes_on_in_a_row_below_that_divides_columns_without_a_word() -> None:
    text = "name,email,country,Attended,\n,,,Monday,Tuesday\nAda,a@b.fj,FJ,yes,no\n"
    heading = heading_of(text)
    assert heading is not None
    assert heading.row == 2
    assert [column.heading for column in heading.unread] == ["Attended Monday", "Tuesday"]


def test_many_titles_above_a_short_table_do_not_hide_what_parts_its_columns() -> None:
    text = "Customs training\n" * 6 + "name;email;country\nAda;a@b.fj;FJ\nBen;b@b.fj;FJ\n"
    (sheet,) = read_book(text.encode()).sheets
    assert [cell.text for cell in sheet.rows[6]] == ["name", "email", "country"]


@pytest.mark.parametrize("names", ["มา ใจดี มานี", "บ้าน มกราคม", "ประเทศ ใจดี"])
def test_a_few_thai_names_are_thai_where_the_chinese_signs_are_not_all_usual(names: str) -> None:
    book = read_book("\n".join(("name", *names.split())).encode("cp874"))
    assert book.coding == "Windows-874 (Thai)"
    assert [row[0].text for row in book.sheets[0].rows[1:]] == names.split()


@pytest.mark.parametrize("year", [1900, 2200])
def test_the_first_and_the_last_year_are_years(year: int) -> None:
    assert read_days(Cell(f"3 April {year}")).first == date(year, 4, 3)


@pytest.mark.parametrize("year", [1300, 2700])
def test_the_first_and_the_last_year_of_any_calendar_are_years(year: int) -> None:
    assert written_days(Cell(f"3 of April {year}")).days == [(year, 4, 3)] * 2
    beside = {1300: 1299, 2700: 2701}[year]
    with pytest.raises(NoDay):
        written_days(Cell(f"3 of April {beside}"))


def test_a_year_of_two_digits_is_a_year_of_this_century() -> None:
    assert read_days(Cell("5.2.18"), "day first").first == date(2018, 2, 5)


@pytest.mark.parametrize("written", ["TBC", "April 2018"])
def test_days_that_are_not_written_are_not_certain(written: str) -> None:
    assert read_days(Cell(written)) == Span(None, None, open=True)


@pytest.mark.parametrize("number", [32, 1899, 2201])
def test_other_numbers_are_no_years(number: int) -> None:
    with pytest.raises(NoDay):
        read_days(Cell(f"3 April {number}"))


@pytest.mark.parametrize(
    "text",
    [
        'Name,Country\n"Ann Vea,FJ\nBen Oti,TO\n',
        'Name,Country\nAnn Vea,FJ\nBen "Oti,TO\n"Cy Dee,TO\nEve Fa,FJ\n',
        'No,Name,Country\n1,Ann Vea,FJ\n,"Ben Oti,TO\n3,Cy Dee,TO\n',
        'Name,Country\nAnn Vea,FJ\nBen Oti,"TO',
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_nobody(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_book(text.encode())
    line = text[: text.rindex('"')].count("\n") + 1
    assert refused.value.message.startswith(f"A quotation mark in line {line} is not closed")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.4\n%\xe2\xe3", "a PDF"),
        (b"\xef\xbb\xbf <html><table><tr><td>Ann", "a web page"),
        (b'<?xml version="1.0"?><Workbook>', "a web page"),
        (rb"{\rtf1\ansi Ann}", "a text with formats"),
        (b"BEGIN:VCARD\nFN:Ann Vea\n", "a list of contacts"),
        (b'[{"name": "Ann Vea"}]', "data for programs"),
    ],
)
def test_a_file_that_is_no_table_is_called_what_it_is(content: bytes, what: str) -> None:
    with pytest.raises(Unreadable, match=what) as refused:
        read_book(content)
    assert refused.value.fix


@pytest.mark.parametrize(
    ("letters", "said"), [(1000, ""), (1001, "has 1,001 characters. Write at most 1,000.")]
)
def test_a_cell_has_a_thousand_characters_at_most(letters: int, said: str) -> None:
    ((cell,),) = read_book(b"x" * letters).sheets[0].rows
    assert (len(cell.text), cell.broken) == (1000, said)


@pytest.mark.parametrize(
    ("line", "lines", "said"),
    [
        ("a,b", 20_000, ""),
        ("a,b", 20_001, "The file has more than 20,000 rows."),
        ("," * 249 + "b", 800, ""),
        ("," * 249 + "b", 801, "The file has 200,250 cells; at most 200,000 are read."),
        ("a" + ",b" * 255 + ",", 1, ""),
        ("a" + ",b" * 256, 1, "Row 1 has 257 columns; at most 256 are read."),
    ],
)
def test_a_text_file_may_be_as_large_as_is_said(line: str, lines: int, said: str) -> None:
    whole = f"{line}\n" * lines
    if not said:
        assert len(read_text(whole).rows) == lines
        return
    with pytest.raises(Unreadable) as refused:
        read_text(whole)
    assert refused.value.message == said


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_the_last_line_is_a_row_however_it_ends(end: str) -> None:
    assert [[cell.text for cell in row] for row in read_text(f"a,b\nc,d{end}").rows] == [
        ["a", "b"],
        ["c", "d"],
    ]


@pytest.mark.parametrize("first", ["sep=;", "sep=; "])
def test_a_first_line_may_say_what_parts_the_columns(first: str) -> None:
    rows = read_text(f"{first}\na,b;c,d\ne,f;g,h\n").rows
    assert [[cell.text for cell in row] for row in rows] == [[], ["a,b", "c,d"], ["e,f", "g,h"]]


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("5/5/2018", ""),
        ("12/12/2018", ""),
        ("5/6/2018", "unclear"),
        ("11/12/2018", "unclear"),
        ("12/11/2018", "unclear"),
        ("13/12/2018", "day first"),
        ("12/13/2018", "month first"),
        ("5/6/2018 13/6/2018", "day first"),
        ("13/6/2018 6/13/2018", "mixed"),
        ("2018-06-05", ""),
    ],
)
def test_the_order_of_day_and_month_is_known_where_it_makes_a_difference(
    written: str, order: str
) -> None:
    assert order_of(map(Cell, written.split())) == order
