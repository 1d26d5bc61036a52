"""Tables as offices send them, read to cells: codings, separators, days, numbers. No database."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.importing.rows.column_words import PEOPLE
from bot.importing.tables.addresses import read_phone
from bot.importing.tables.days import NoDay, order_of, read_days
from bot.importing.tables.headings import find_heading
from bot.importing.tables.reading import read_book
from surveys.xlsform.sheets import Unreadable


def texts(content: bytes) -> list[list[str]]:
    (sheet,) = read_book(content).sheets
    return [[cell.text for cell in row] for row in sheet.rows]


def workbook(rows: list[list[Any]], *, mac: bool = False) -> bytes:
    book = Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    with io.BytesIO() as file:
        book.save(file)
        return file.getvalue()


def test_m01_a_byte_order_mark_is_no_part_of_the_first_cell() -> None:
    mark = b"\xef\xbb\xbf"
    assert texts(mark + b"email,name\na@b.th,An\n") == [["email", "name"], ["a@b.th", "An"]]
    assert texts(mark + b"a@b.th,An\n")[0][0] == "a@b.th"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_m02_semicolons_and_tabs_part_columns_and_decimal_commas_do_not(sign: str) -> None:
    text = sign.join(("name", "email", "score")) + "\n" + sign.join(("Somchai", "a@b.th", "4,5"))
    assert texts(text.encode()) == [["name", "email", "score"], ["Somchai", "a@b.th", "4,5"]]


def test_m02_a_comma_in_quotation_marks_stays() -> None:
    assert texts(b'name,email\n"Nguyen, An",a@b.vn\n')[1] == ["Nguyen, An", "a@b.vn"]


@pytest.mark.parametrize(
    ("name", "codec", "coding"),
    [
        ("สมชาย ใจดี", "cp874", "Windows-874 (Thai)"),
        ("王秀兰", "gb18030", "GB18030 (Chinese)"),
        ("山田 花子", "cp932", "Shift-JIS (Japanese)"),
    ],
)
def test_m03_one_local_name_after_300_plain_rows_is_read_in_its_coding_and_shown(
    name: str, codec: str, coding: str
) -> None:
    text = "name,email\n" + "Ada,ada@example.org\n" * 300 + f"{name},x@example.org\n"
    book = read_book(text.encode(codec))
    assert book.sheets[0].rows[301][0].text == name
    assert book.coding == coding
    assert name.split(maxsplit=1)[0] in book.warning


def test_m03_letters_of_no_known_coding_are_refused_with_a_way_out() -> None:
    with pytest.raises(Unreadable) as refused:
        read_book("name\nJosé\n".encode("latin-1"))
    assert "Save it as 'CSV UTF-8'" in refused.value.fix


def test_m04_serial_days_count_from_the_epoch_of_their_workbook() -> None:
    plain = workbook([["start", "end"], [43136, 43140]])
    (sheet,) = read_book(plain).sheets
    assert [read_days(cell).first for cell in sheet.rows[1]] == [
        date(2018, 2, 5),
        date(2018, 2, 9),
    ]
    (mac,) = read_book(workbook([["start"], [date(2018, 2, 5)]], mac=True)).sheets
    assert mac.rows[1][0].day == date(2018, 2, 5)


def test_m04_in_a_text_such_a_number_is_no_day_until_somebody_says_so() -> None:
    (sheet,) = read_book(b"start,end\n43136,43140\n").sheets
    with pytest.raises(NoDay):
        read_days(sheet.rows[1][0])
    assert read_days(sheet.rows[1][0], serials=True).first == date(2018, 2, 5)


def test_m05_f07_day_and_month_have_one_order_in_a_whole_column() -> None:
    def order(*written: str) -> str:
        (sheet,) = read_book("\n".join(("days", *written)).encode()).sheets
        return order_of(row[0] for row in sheet.rows[1:])

    days = ("03/04/2018", "13/04/2018", "12/05/2018")
    assert order(*days) == "day first"
    (sheet,) = read_book("\n".join(days).encode()).sheets
    read = [read_days(row[0], "day first").first for row in sheet.rows]
    assert read == [date(2018, 4, 3), date(2018, 4, 13), date(2018, 5, 12)]
    assert order("03/04/2018", "05/06/2018") == "unclear"
    assert order("9/8/18 1:05", "9/13/18 23:10") == "month first"
    assert order("13/04/2018", "04/13/2018") == "mixed"


def test_m06_f08_ordinary_text_is_no_day_and_no_number() -> None:
    odd = ["MARNE LA VALLEE CEDEX 4", "3-2", "1E5", "MAR1", "27-22-20", "52.45.40", "5,6"]
    rows = [[text] for text in odd]
    for content in ("\n".join(odd).replace("5,6", '"5,6"').encode(), workbook(rows)):
        (sheet,) = read_book(content).sheets
        assert [row[0].text for row in sheet.rows] == odd
        assert all(row[0].day is None and row[0].number is None for row in sheet.rows)
    for text in odd:
        (sheet,) = read_book(f'"{text}"'.encode()).sheets
        with pytest.raises(NoDay):
            read_days(sheet.rows[0][0])


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0812345678", "0812345678"),
        ("856 20 5555 1234", "8562055551234"),
        ("8.56205551234E+11", "856205551234"),
        ("812345678.0", "812345678"),
        ("01.42.68.53.00", "0142685300"),
        ("(679) 330.000", "679330000"),
        ("6E+0", "6"),
        ("+95 (9) 777-888", "959777888"),
        ("1.76E+07", ""),
    ],
)
def test_m07_telephone_numbers_keep_their_digits_or_are_refused(written: str, digits: str) -> None:
    read, doubt = read_phone(written)
    assert (read, bool(doubt)) == (digits, digits == "")


def test_m07_numbers_in_workbooks_have_no_point_and_no_exponent() -> None:
    (sheet,) = read_book(workbook([[8613800000206, 60120000208.0, "0960"]])).sheets
    assert [cell.text for cell in sheet.rows[0]] == ["8613800000206", "60120000208", "0960"]


def test_m08_invisible_signs_go_and_the_joiner_inside_a_name_stays() -> None:
    name = "नारायण\u200dप्रसाद"
    row = texts(f"\ufeffemail\ufeff,name\n\u200ban@ex.org\u00a0,{name}\n".encode())
    assert row == [["email", "name"], ["an@ex.org", name]]


def test_m10_f09_words_for_nothing_are_texts() -> None:
    assert texts(b'name,tags\nNull,"5,6"\nNone,\nNan,N/A\n')[1:] == [
        ["Null", "5,6"],
        ["None"],
        ["Nan", "N/A"],
    ]


def test_f04_f05_f06_tables_of_answers_keep_lines_commas_and_stops() -> None:
    text = '"question","code"\n"Which?\n(Select all that apply)",how\n"Yes.","a, b. c"\n'
    assert texts(text.encode()) == [
        ["question", "code"],
        ["Which? (Select all that apply)", "how"],
        ["Yes.", "a, b. c"],
    ]


def test_f08_values_beyond_the_headings_are_kept_with_their_row() -> None:
    rows = texts(b"a,b,c\n1,2\n1,2,3,4,5\n")
    assert [len(row) for row in rows] == [3, 2, 5]


def test_f11_the_stored_result_of_a_formula_is_read_and_a_missing_one_is_said() -> None:
    (sheet,) = read_book(workbook([["name"], ['="Ada"&" Vea"']])).sheets
    assert "formula without a stored result" in sheet.rows[1][0].broken


def test_f12_headings_are_found_in_capitals_below_titles_and_in_other_languages() -> None:
    for head in (
        "NAME,E-MAIL,COUNTRY",
        "姓名,电子邮件,国家",
        "Nom,Courriel,Pays",
        "ชื่อ,อีเมล,ประเทศ",
    ):
        (sheet,) = read_book(
            f"List of participants,,\n,,\n{head}\nAda,a@b.fj,FJ\n".encode()
        ).sheets
        heading = find_heading(sheet, PEOPLE)
        assert heading is not None
        assert heading.row == 3
        assert set(heading.columns) == {"name", "email", "administration"}


def test_f13_two_columns_of_one_heading_are_both_named() -> None:
    (sheet,) = read_book(b"code,name,x,Name\n1,Ada,,Eve\n").sheets
    heading = find_heading(sheet, PEOPLE)
    assert heading is not None
    ((one, two),) = heading.twice
    assert (one.number, two.number) == (2, 4)
