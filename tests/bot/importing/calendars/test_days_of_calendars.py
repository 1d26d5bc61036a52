"""Days of calendars as offices write them: other calendars and unlikely years are asked about."""

from datetime import date

import pytest

from bot.desk.workshops.calendars import import_workshops
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.importing.rows.rows import Events
from bot.importing.tables.cells import Book, Cell
from bot.importing.tables.days import span_of, written_days
from bot.importing.tables.eras import COMMON, PERSIAN, calendars_with
from storage.database import Database
from storage.people.administrations import put_administrations
from surveys.planning.administrations import packaged_administrations
from surveys.problems import BadInput
from tests.bot.importing.tables.test_tables import workbook
from tests.bot.importing.test_importing import NOW, OFFICE

FIFTH, NINTH = date(2018, 2, 5), date(2018, 2, 9)
LIKELY = range(1988, 2029)


@pytest.fixture
def office(sqlite_database: Database) -> Database:
    sqlite_database.run(put_administrations, packaged_administrations().values())
    return sqlite_database


def read(office: Database, content: str | bytes, **answers: str) -> Imported:
    given = {key.replace("_", " "): value for key, value in answers.items()}
    listed = open_list(
        content if isinstance(content, bytes) else content.encode(), "list", answers=given
    )
    return import_workshops(office, OFFICE, listed, NOW)


def days(done: Imported) -> list[tuple[date, date]]:
    return [(one.starts_on, one.ends_on) for one in done.workshops]


@pytest.mark.parametrize(
    ("written", "calendars"),
    [
        ("5-9/2/2561", ["buddhist"]),
        ("5-9 กุมภาพันธ์ 2561", ["buddhist"]),
        ("๕ - ๙ ก.พ. ๒๕๖๑", ["buddhist"]),
        ("05/02/2561 - 09/02/2561", ["buddhist"]),
        ("1396/11/16 - 1396/11/20", ["persian"]),
        ("۱۳۹۶/۱۱/۱۶ - ۱۳۹۶/۱۱/۲۰", ["persian"]),
        ("۱۶ تا ۲۰ بهمن ۱۳۹۶", ["persian"]),
        ("16-20 Dalw 1396", ["persian"]),
        ("2074-10-22 - 2074-10-26", ["nepali"]),
        ("२०७४-१०-२२ - २०७४-१०-२६", ["nepali"]),
        ("22-26 Magh 2074", ["nepali"]),
        ("1439-05-19 - 1439-05-23", ["islamic"]),
        ("5.2.61 - 9.2.61", ["buddhist"]),
    ],
)
def test_n01_days_of_other_calendars_are_days_of_the_common_one(
    written: str, calendars: list[str]
) -> None:
    found = written_days(Cell(written), "day first")
    likely = calendars_with(found.days, LIKELY)
    assert set(calendars) <= set(likely)
    span = span_of(found, calendars[0])
    assert (span.first, span.last) == (FIFTH, NINTH)


@pytest.mark.parametrize(
    "written",
    [
        "5-9 février 2018",
        "du 5 au 9 févr. 2018",
        "5 - 9 tháng 2 năm 2018",
        "៥-៩ កុម្ភៈ ២០១៨",
        "2018年2月5日至9日",
        "2018年2月5日-2018年2月9日",
        "5-9 กุมภาพันธ์ 2018",
        "۵ تا ۹ فوریه ۲۰۱۸",
        "Monday 5 - Friday 9 February 2018",
        "5-9 Febuary 2018",
    ],
)
def test_months_have_names_in_all_languages_of_the_offices(written: str) -> None:
    span = span_of(written_days(Cell(written)), COMMON)
    assert (span.first, span.last) == (FIFTH, NINTH)


@pytest.mark.parametrize(("written", "year"), [("1/1/50", 1971), ("1/1/49", 2070)])
def test_two_digits_of_a_persian_year_are_of_the_hundred_years_around_today(
    written: str, year: int
) -> None:
    span = span_of(written_days(Cell(written), "day first"), PERSIAN)
    assert span.first is not None
    assert span.first.year == year


def test_days_that_a_calendar_does_not_have_belong_to_no_calendar() -> None:
    for written in ("31/02/2561", "1396/12/30", "2074/02/33", "1439/02/30"):
        assert calendars_with([*written_days(Cell(written), "day first").days], LIKELY) == []


def test_n01_each_calendar_is_asked_about_once_and_its_answer_is_for_its_rows(
    office: Database,
) -> None:
    text = (
        "code,title,starts_on,ends_on,country\n"
        "A,Thai one,25/02/2561,27/02/2561,TH\nB,Thai two,26/02/2561,26/02/2561,TH\n"
        "C,Tehran,1396/11/16,1396/11/20,IR\nD,Plain,2018-03-05,2018-03-09,FJ\n"
    )
    asked = {one.key: one for one in read(office, text).questions}
    assert set(asked) == {"buddhist", "persian"}
    assert asked["buddhist"].choices[0].label == "Buddhist: 25 to 27 Feb 2018"
    assert "The answer is also for row 3" in asked["buddhist"].text
    done = read(office, text, buddhist="buddhist", persian="leave out")
    assert [(one.code, str(one.starts_on)) for one in done.workshops] == [
        ("A", "2018-02-25"),
        ("B", "2018-02-26"),
        ("D", "2018-03-05"),
    ]
    assert "row 4 has days of another calendar and was left out." in done.notes


def test_n01_a_workbook_that_took_the_year_literally_is_asked_about_too(office: Database) -> None:
    content = workbook(
        [["code", "title", "starts_on", "ends_on"], ["A", "T", date(2561, 2, 5), date(2561, 2, 9)]]
    )
    assert [one.key for one in read(office, content).questions] == ["buddhist"]
    assert days(read(office, content, buddhist="buddhist")) == [(FIFTH, NINTH)]


def test_n01_far_years_and_long_workshops_are_asked_about_together(office: Database) -> None:
    text = (
        "code,title,starts_on,ends_on\nA,One,2018-02-05,2081-02-09\nB,Two,2018-02-05,2018-02-09\n"
        "C,Three,2008-02-05,2008-02-09\nD,Four,2018-04-05,2018-04-06\nE,Five,2218-04-05,2218-04-06\n"
    )
    asked = {one.key: one.text for one in read(office, text).questions}
    assert "row 2, 'One', 5 Feb 2018 to 9 Feb 2081" in asked["long workshops"]
    assert "row 4, 'Three'" in asked["far days"]
    assert "row 6, 'Five'" in asked["far days"]
    assert "'Two'" not in " ".join(asked.values())
    done = read(office, text, far_days="right", long_workshops="leave out")
    assert [one.code for one in done.workshops] == ["B", "C", "D", "E"]


def test_numbers_of_days_count_from_1904_in_a_workbook_of_a_mac(office: Database) -> None:
    for code, mac, first in (("A", True, FIFTH), ("B", False, date(2014, 2, 4))):
        rows = [["code", "title", "starts_on", "ends_on"], [code, code, 41674, 41678]]
        assert days(read(office, workbook(rows, mac=mac)))[0][0] == first


def test_a_formula_without_a_stored_day_or_country_is_named_by_its_cell(office: Database) -> None:
    rows = [
        ["code", "title", "starts_on", "ends_on", "country"],
        ["A", "T", "=DATE(2018,2,5)", "=C2+4", '="F"&"J"'],
    ]
    with pytest.raises(BadInput) as refused:
        read(office, workbook(rows))
    said = str(refused.value)
    for column in ("C (starts_on)", "D (ends_on)", "E (country)"):
        assert f"column {column}" in said
    assert said.count("formula without a stored result") == 3
    assert "has no days yet" not in said


def test_the_marks_of_a_sheet_pass_through_the_limited_process() -> None:
    from bot.importing.files import read_list

    found: Book | Events = read_list(workbook([["name"], [41674]], mac=True), "a.xlsx")
    assert isinstance(found, Book)
    assert found.sheets[0].mac


def test_moments_in_utc_have_the_days_of_their_place_or_are_asked_about(office: Database) -> None:
    def event(uid: str, more: str) -> str:
        moments = "DTSTART:20180204T190000Z\nDTEND:20180209T003000Z"
        return f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{uid}\n{moments}\n{more}END:VEVENT\n"

    suva, nowhere = event("a", "LOCATION:Suva\\, Fiji\n"), event("b", "")

    def ics(*events: str) -> str:
        return f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n".replace("\n", "\r\n")

    assert days(read(office, ics(suva))) == [(FIFTH, NINTH)]
    (asked,) = read(office, ics(nowhere)).questions
    assert [one.value for one in asked.choices] == ["Asia/Bangkok", "UTC"]
    assert days(read(office, ics(nowhere), time_zone="Pacific/Apia")) == [(FIFTH, NINTH)]
    third = event("c", "").replace("SUMMARY:c", "SUMMARY:Third")
    assert days(read(office, ics(third), time_zone="UTC"))[0][0] == date(2018, 2, 4)


def test_whether_days_are_certain_is_understood_in_all_languages(office: Database) -> None:
    words = {
        "Confirmé": True,
        "ยืนยันแล้ว": True,
        "已确认": True,
        "đã xác nhận": True,
        "(TBC)": False,
    }
    words |= {"À confirmer": False, "รอยืนยัน": False, "待定": False, "Planned": False}
    rows = (f"W-{at},T{at},2018-02-05,2018-02-09,FJ,{word}\n" for at, word in enumerate(words))
    done = read(office, "code,title,starts_on,ends_on,country,status\n" + "".join(rows))
    assert [one.confirmed for one in done.workshops] == list(words.values())


def test_n01_two_digits_of_which_a_workbook_made_a_year_are_asked_about(office: Database) -> None:
    head = ["code", "title", "starts_on", "ends_on"]
    content = workbook([head, ["A", "T", date(1961, 2, 5), date(1961, 2, 9)]])
    (asked,) = read(office, content).questions
    assert "1961-02-05 is 5 to 9 Feb 2018 (Buddhist)" in asked.text
    assert days(read(office, content, **{asked.key: "buddhist"})) == [(FIFTH, NINTH)]
