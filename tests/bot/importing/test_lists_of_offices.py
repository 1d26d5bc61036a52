"""Imitations of lists and calendars that offices send, compared with how they should be read.

The expectations stand beside the files, in `tests/data/lists`.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.desk.people.enrolments import list_people
from bot.desk.people.participant_lists import import_participants
from bot.desk.workshops.calendars import import_workshops
from bot.importing.calendars.calendar_rows import calendar_rows
from bot.importing.calendars.ics import event_rows
from bot.importing.calendars.reading import MEETINGS, TAKE, Calendar
from bot.importing.calendars.row_days import RowDays, orders_of
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.importing.rows.rows import Reading
from storage.database import Database
from storage.fieldwork.workshops import all_workshops, put_workshop
from storage.people.administrations import put_administrations
from storage.people.enrolments import enrolments_in
from storage.people.participants import get_participant
from surveys.planning.administrations import host_zone, packaged_administrations
from surveys.planning.plans_file import packaged_plans
from surveys.problems import BadInput
from surveys.workshop import Workshop
from tests.bot.fieldwork_world import utc
from tests.bot.importing.test_importing import NOW, OFFICE
from tests.bot.stage import SUVA
from tests.places import DATA

LISTS = DATA / "lists"
KNOWN = packaged_administrations()
ZONES = ("uz=UZ Asia/Tashkent", "kg=KG Asia/Bishkek", "kiribati=KI Pacific/Tarawa")


@pytest.fixture
def office(sqlite_database: Database) -> Database:
    """A database with one workshop in Suva; how a list is read does not depend on the kind."""
    return furnished(sqlite_database)


@pytest.fixture
def either_office(database: Database) -> Database:
    """The same on both kinds of database, for what finds people again."""
    return furnished(database)


def furnished(database: Database) -> Database:
    database.run(put_administrations, KNOWN.values())
    database.run(put_workshop, SUVA)
    return database


def expected(name: str) -> Any:
    return json.loads((LISTS / f"{name}.expect.json").read_text("utf-8"))


def people(office: Database, name: str | bytes, *answers: str) -> Imported:
    content = (LISTS / name).read_bytes() if isinstance(name, str) else name
    given = open_list(content, "list", answers=dict(one.split("=") for one in (*ZONES, *answers)))
    return import_participants(office, OFFICE, SUVA.code, given, NOW)


def calendar(
    office: Database,
    name: str,
    answers: Mapping[str, str] | None = None,
    now: datetime = NOW,
) -> Imported:
    given = open_list((LISTS / name).read_bytes(), name, answers=answers or {})
    return import_workshops(office, OFFICE, given, now)


def names(office: Database) -> list[str]:
    return [one.name for one in office.read(list_people, OFFICE, SUVA.code)]


def opening_days(workshop: Workshop) -> dict[str, str]:
    """Return the days of the waves as the plan counts them, before weekends are considered."""
    plan = packaged_plans()["standard"]
    return {one.key: one.opens_on.isoformat() for one in plan.dated(workshop)}


def told(done: Imported) -> str:
    return "\n".join(map(str, done.warnings))


# Lists of people


def test_m09_m10_p1_the_same_person_twice_is_said_or_asked_and_names_stay(
    either_office: Database,
) -> None:
    name = "p1_attendance_bom_comma.csv"
    want = expected(name)
    (question,) = people(either_office, name).questions
    assert "row 14: same e-mail as row 13" in question.text
    assert names(either_office) == []
    done = people(either_office, name, "row 14=same person")
    assert done.new in want["accept_participants"]
    for row in (16, 18, 23):
        assert f"row {row}, column" in told(done)
    listed = {one["name"] for one in want["people"]} - {"Thiri"}
    assert set(names(either_office)) == listed
    assert names(either_office).count("Karma") == 2
    assert "'Nguyễn Thị Ánh' is the person of row 2; one participant is kept." in told(done)
    countries = Counter(
        one.administration for one in either_office.read(list_people, OFFICE, SUVA.code)
    )
    assert countries == want["country_counts"]
    again = people(either_office, name, "row 14=same person")
    assert (again.new, again.changed, again.same) == (0, 0, 23)


def test_m03_p2_a_thai_list_in_windows_874_is_read_and_its_coding_shown(office: Database) -> None:
    done = people(office, "p2_participants_cp874.csv", "administration=TH")
    want = expected("p2_participants_cp874.csv")
    assert done.new == want["participants"]
    assert "The text was read as Windows-874 (Thai)" in told(done)
    for one in want["people"]:
        assert one["name"].replace("\u00a0", " ") in names(office)


def test_p4_a_list_with_semicolons_a_hint_and_torn_rows(office: Database) -> None:
    done = people(office, "p4_scores_semicolon.csv", "administration=LA")
    assert done.new == expected("p4_scores_semicolon.csv")["participants"]
    assert names(office).count("Ana Lusitana") == 2
    assert "row 10: 1 value is beyond the last column: extra." in told(done)


def test_f08_p5_an_attendance_register_with_titles_and_totals(office: Database) -> None:
    done = people(office, "p5_register.tsv", "administration=MN")
    assert done.new == expected("p5_register.tsv")["participants"]
    assert "row 12: 2 values are beyond the last column: one more, and more." in told(done)
    assert any(note.startswith("row 14 is not about a person") for note in done.notes)
    assert "Jyoti" in names(office)


def test_m04_p6_a_register_of_a_mac_with_merged_cells_and_links(office: Database) -> None:
    want = expected("p6_register_1904.xlsx")
    done = people(office, "p6_register_1904.xlsx")
    assert done.new == want["participants"]
    assert names(office) == [one["full_name"] for one in want["people"]]
    administrations = [one.administration for one in office.read(list_people, OFFICE, SUVA.code)]
    assert administrations == ["WS", "WS", "WS", "TO", "TO", "VU", "KI", "TL"]
    again = people(office, b"name,country,email\nManaia Sua,Samoa,manaia.sua@example.org\n")
    assert again.same == 1


def test_p7_all_sheets_with_people_are_read_and_a_refusal_counts(office: Database) -> None:
    want = expected("p7_two_cohorts.xlsx")
    done = people(office, "p7_two_cohorts.xlsx", "administration=MM")
    assert done.new == want["participants"]
    assert [note.partition(":")[0] for note in done.notes] == [
        "Sheet 'Cohort A', heading in row 1",
        "Sheet 'Cohort B', heading in row 1",
        "Sheet 'lists' is hidden and was not read.",
    ]
    assert "王秀兰" in names(office)
    refused = [
        office.read(get_participant, one.participant_id).name
        for one in office.read(enrolments_in, SUVA.code)
        if one.refused_at is not None
    ]
    assert refused == ["Thandar", "Yerlan Ülgi"]
    assert "the refusal counts" in told(done)
    one_sheet = people(office, "p7_two_cohorts.xlsx", "administration=MM", "sheet=Cohort B")
    assert one_sheet.rows == 4


def test_a_total_beside_is_about_nobody_and_names_of_offices_name_their_country(
    office: Database,
) -> None:
    text = (
        "No.,Name,Country / Administration\n1,Ada,Fiji Revenue and Customs Service\n"
        '2,Ben,"Hong Kong Customs & Excise Department"\n3,Chi,"Ministry of Finance, Samoa"\n'
        "4,Dee,Royal Customs of Fiji and Tonga\nTotal,4,\n"
    )
    done = people(office, text.encode())
    (question,) = done.questions
    assert "'Royal Customs of Fiji and Tonga'" in question.text
    assert "row 6 is not about a person and was skipped." in done.notes
    assert "'Ministry of Finance, Samoa' is read as Samoa." in done.notes
    done = people(office, text.encode(), "royal customs of fiji and tonga=leave out")
    assert "Left out: 'Royal Customs of Fiji and Tonga' (row 5, Dee)." in done.notes
    listed = office.read(list_people, OFFICE, SUVA.code)
    assert [one.administration for one in listed] == ["FJ", "HK", "WS"]


def test_a_file_of_the_other_kind_says_which_command_takes_it(office: Database) -> None:
    with pytest.raises(BadInput, match=r"list of people, not a calendar.*participants import"):
        calendar(office, "p6_register_1904.xlsx")
    with pytest.raises(BadInput, match=r"calendar, not a list of people.*workshop import FILE"):
        people(office, "calendar_2018.txt")


def test_f13_two_columns_of_names_are_asked_about_with_both_letters(office: Database) -> None:
    (question,) = people(office, b"name,country,Name\nAda,FJ,Eve\n").questions
    assert [one.value for one in question.choices] == ["A", "C"]


def test_m15_a_list_sent_twice_adds_and_corrects_and_repeats_nobody(
    either_office: Database,
) -> None:
    rows = [f"Person {n},FJ,p{n}@example.org" for n in range(30)]
    first = "\n".join(("name,country,email", *rows))
    assert people(either_office, first.encode()).new == 30
    second = first.replace("Person 7,", "Person Seven,") + "\nNew One,TO,\nNew Two,TO,\n"
    (asked,) = people(either_office, second.encode()).questions
    done = people(either_office, second.encode(), f"{asked.key}={asked.choices[0].value}")
    assert (done.new, done.changed, done.same) == (2, 1, 29)
    assert len(names(either_office)) == 32


# Calendars


def test_f01_the_calendar_of_the_office_gives_workshops_and_leaves_meetings_out(
    office: Database,
) -> None:
    done = calendar(office, "calendar_2018.txt")
    left_out = [note for note in done.notes if "is a meeting" in note]
    assert (done.rows, len(left_out)) == (13, 7)
    assert calendar(office, "calendar_2018.txt").same == 13
    everything = calendar(office, "calendar_2018.txt", {MEETINGS: TAKE})
    assert (everything.rows, everything.new) == (20, 7)
    found = {one.title: one for one in everything.workshops}
    trs = found["WCO National Workshop on TRS for Myanmar"]
    assert (trs.confirmed, trs.running, trs.city, trs.country) == (False, False, "", "MM")
    assert host_zone(KNOWN, trs.country, trs.city) == "Asia/Yangon"
    analytical = found["WCO Regional Workshop on Customs Analytical Technology"]
    assert (analytical.city, analytical.country) == ("", "KR")
    assert "WCO regional Workshop on Environmental Issues" in found
    assert [one.title for one in everything.workshops if not one.confirmed] == [trs.title]
    assert not any(set("♦◆<>\t") & set(one.title) or "  " in one.title for one in found.values())
    roo = found["WCO Regional Workshop on Accreditation of ROO Experts"]
    late = next(one for one in found.values() if one.starts_on == date(2018, 6, 28))
    waves = {"M3": "2018-04-19", "M6": "2018-07-19", "M12": "2019-01-19"}
    assert waves.items() <= opening_days(roo).items()
    assert {"M3": "2018-09-30", "M6": "2018-12-30"}.items() <= opening_days(late).items()
    days = Counter((one.starts_on, one.ends_on) for one in everything.workshops)
    assert set(days.values()) == {1, 2, 3}


def test_m04_m05_days_of_a_text_that_may_be_read_in_two_ways_are_asked_about(
    office: Database,
) -> None:
    def read(days: str, **answers: str) -> Imported:
        text = f"code,title,starts_on,ends_on\nA,First,{days}\n"
        given = open_list(
            text.encode(), "list", answers={k.replace("_", " "): v for k, v in answers.items()}
        )
        return import_workshops(office, OFFICE, given, NOW)

    (asked,) = read("43136,43140").questions
    assert "looks like Excel's number for 2018-02-05" in asked.text
    (workshop,) = read("43136,43140", numbers="days").workshops
    assert (str(workshop.starts_on), str(workshop.ends_on)) == ("2018-02-05", "2018-02-09")
    (asked,) = read("03/04/2018,05/04/2018").questions
    assert "does 03/04/2018 begin with the day or with the month?" in asked.text
    moved = read("03/04/2018,05/04/2018", order_of_day_and_month="day first", A_days="calendar")
    (workshop,) = moved.workshops
    assert (str(workshop.starts_on), str(workshop.ends_on)) == ("2018-04-03", "2018-04-05")
    assert [one.code for one in office.read(all_workshops)] == [SUVA.code, "A"]


def test_c1_a_plain_table_of_events(office: Database) -> None:
    want = expected("c1_events_table.txt")
    done = calendar(office, "c1_events_table.txt", {MEETINGS: TAKE}, utc("2028-11-01T10:00"))
    assert len(done.workshops) == want["dated"]
    rows = [row for row in want["rows"] if row["start"]]
    for row, workshop in zip(rows, done.workshops, strict=True):
        assert workshop.title == row["title"]
        assert workshop.starts_on.isoformat() == row["start"]
        assert workshop.ends_on.isoformat() == row["end"]
        assert workshop.confirmed == (row["status"] == "confirmed")
        assert host_zone(KNOWN, workshop.country, workshop.city) == row["tz"]
    assert sum("has no days yet" in note for note in done.notes) == len(want["undated"])


def test_f09_an_online_place_guesses_no_zone_and_holds_nothing_up(office: Database) -> None:
    text = b"code,title,starts_on,ends_on,country\nON,Online,2018-02-05,2018-02-06,W3\n"
    done = import_workshops(office, OFFICE, open_list(text, "list"), NOW)
    (workshop,) = done.workshops
    assert host_zone(KNOWN, workshop.country, workshop.city) is None
    assert "names no country" in told(done)


def test_a_town_and_its_country_may_stand_in_two_columns(office: Database) -> None:
    for country in (b"Fiji", b"FJ"):
        text = b"code,event,dates,venue,country\nIN-FJ,Origin,5-9 February 2018,Nadi," + country
        (workshop,) = import_workshops(office, OFFICE, open_list(text, "list"), NOW).workshops
        assert (workshop.city, workshop.country) == ("Nadi", "FJ")


def test_m14_f36_c2_a_calendar_of_a_calendar_program(office: Database) -> None:
    want = expected("c2_events.ics")
    done = calendar(office, "c2_events.ics")
    kept = [row for row in want["rows"] if row["status"] != "cancelled"]
    for row, workshop in zip(kept, done.workshops, strict=True):
        assert workshop.starts_on.isoformat() == row["first_day"]
        assert workshop.ends_on.isoformat() == row["last_day"]
        assert workshop.confirmed == (row["status"] == "confirmed")
    assert done.workshops[1].title == kept[1]["summary"]
    assert "'Bad start' has no readable first day" in told(done)
    assert any("'Cancelled workshop' is cancelled" in note for note in done.notes)


def test_m14_the_end_of_whole_days_is_the_first_day_after_and_waves_count_from_the_last() -> None:
    spans = {"20180205": "DTEND;VALUE=DATE:20180210\n", "20180305": "DTEND;VALUE=DATE:20180305\n"}
    spans["20180405"] = ""
    events = "".join(
        f"BEGIN:VEVENT\nSUMMARY:Workshop\nDTSTART;VALUE=DATE:{first}\n{end}END:VEVENT\n"
        for first, end in spans.items()
    )
    text = f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".replace("\n", "\r\n")
    rows = event_rows(text.encode(), Reading("three.ics"))
    days = [(str(one.cell("starts_on").day), str(one.cell("ends_on").day)) for one in rows]
    assert days == [
        ("2018-02-05", "2018-02-09"),
        ("2018-03-05", "2018-03-05"),
        ("2018-04-05", "2018-04-05"),
    ]
    held = replace(SUVA, starts_on=date(2018, 2, 5), ends_on=date(2018, 2, 9))
    assert opening_days(held)["M3"] == "2018-05-09"


ODD = """BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:UTC+11
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+1100
TZOFFSETTO:+1100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Late evening
DTSTART;TZID=UTC+11:20170228T230000
DTEND;TZID=UTC+11:20170301T000000
END:VEVENT
BEGIN:VEVENT
SUMMARY:Nothing usable
END:VEVENT
END:VCALENDAR
"""


def test_f36_a_mark_and_odd_zones_do_not_move_days_and_events_without_start_are_said() -> None:
    reading = Reading("odd.ics")
    (row,) = event_rows(b"\xef\xbb\xbf" + ODD.replace("\n", "\r\n").encode(), reading)
    days = (row.cell("starts_on").day, row.cell("ends_on").day)
    assert [str(day) for day in days] == ["2017-02-28", "2017-02-28"]
    assert "'Nothing usable' has no readable first day" in str(reading.warnings[0])
    assert event_rows(b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", reading) == []


def test_c3_every_mistake_of_a_workbook_is_named_by_its_cell_and_nothing_is_imported(
    office: Database,
) -> None:
    with pytest.raises(BadInput) as refused:
        calendar(office, "c3_calendar.xlsx")
    said = str(refused.value).splitlines()
    assert len(said) == len(expected("c3_calendar.xlsx")["errors"])
    for error, column in ((9, "E (To)"), (13, "D (From)"), (11, "B (Code)")):
        assert any(f"row {error}, column {column}" in line for line in said)
    assert [one.code for one in office.read(all_workshops)] == [SUVA.code]


def test_m04_c3_days_of_a_workbook_are_read_however_they_are_written(office: Database) -> None:
    want = {row["row"]: row for row in expected("c3_calendar.xlsx")["rows"]}
    reading = Reading("c3")
    given = open_list((LISTS / "c3_calendar.xlsx").read_bytes(), "c3")
    rows = list(calendar_rows(given, reading).rows)
    days = RowDays(reading, {}, NOW.date(), orders_of(rows))
    read = Calendar(reading, OFFICE.rules.plans, KNOWN, days)
    for row in rows:
        read.add(row)
    dated = [one for one in read.entries if one.dated]
    for one in dated:
        assert one.workshop.starts_on.isoformat() == want[one.row.number]["start"]
        assert one.workshop.ends_on.isoformat() == want[one.row.number]["end"]
    assert {one.row.number for one in dated} == {4, 5, 6, 7, 10, 11, 12}
    assert "'IST' is not a time zone" in "\n".join(map(str, reading.warnings))
