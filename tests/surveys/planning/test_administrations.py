"""The packaged table of administrations, and messages on a table with mistakes."""

from datetime import date

import pytest

from surveys.people import is_ldc
from surveys.planning.administrations import (
    COLUMNS,
    host_zone,
    packaged_administrations,
    read_administrations,
)
from surveys.planning.fiscal_year import FiscalYear
from surveys.problems import BadInput, Problem

HEADING = ",".join(COLUMNS)
NEPAL = 'NP,Nepal,South Asia,Asia/Kathmandu,Sat,"Nepali, English",blocked,ask again'


def table(*rows: str) -> str:
    return "\n".join((HEADING, *rows)) + "\n"


def complaints(text: str) -> list[str]:
    with pytest.raises(BadInput) as refused:
        read_administrations(text, "administrations.csv")
    return str(refused.value).splitlines()


def test_the_packaged_table_has_35_members_and_two_guests() -> None:
    packaged = packaged_administrations()
    assert len(packaged) == 37
    regions = [administration.subregion for administration in packaged.values()]
    assert {region: regions.count(region) for region in regions} == {
        "South Asia": 9,
        "Far East": 6,
        "ASEAN": 10,
        "Oceania": 10,
        "Outside Asia/Pacific": 2,
    }
    assert packaged["RW"].timezone == "Africa/Kigali"
    assert packaged["RW"].languages == ("English", "Kinyarwanda", "French")


def test_the_packaged_table_has_the_groups_of_the_united_nations() -> None:
    packaged = packaged_administrations()
    assert " ".join(sorted(code for code, one in packaged.items() if one.sids)) == (
        "FJ MV PG PW SB SG TL TO VU WS"
    )

    def least_developed(year: int) -> str:
        day = FiscalYear(year).first_day
        return " ".join(sorted(c for c, one in packaged.items() if is_ldc(one.ldc, day)))

    assert least_developed(2017) == "AF BD BT KH LA MM MW NP RW SB TL VU"
    assert least_developed(2024) == "AF BD KH LA MM MW NP RW SB TL"
    assert least_developed(2027) == "AF KH MM MW RW SB TL"


@pytest.mark.parametrize(
    ("ldc", "day", "expected"),
    [
        ("", date(2017, 7, 1), False),
        ("yes", date(2017, 7, 1), True),
        ("2020-12-04", date(2020, 12, 3), True),
        ("2020-12-04", date(2020, 12, 4), False),
    ],
)
def test_a_country_is_least_developed_until_the_day_it_leaves(
    ldc: str, day: date, expected: bool
) -> None:
    assert is_ldc(ldc, day) is expected


def test_a_table_may_name_the_groups_or_leave_them_to_the_packaged_one() -> None:
    (nepal,) = read_administrations(table(NEPAL), "mine.csv").values()
    assert (nepal.sids, nepal.ldc) == (False, "2026-11-24")
    own = f"{HEADING},sids,ldc\n{NEPAL},Yes,2029-11-24\n"
    (nepal,) = read_administrations(own, "mine.csv").values()
    assert (nepal.sids, nepal.ldc) == (True, "2029-11-24")
    assert [
        line.partition(", ")[2] for line in complaints(own.replace("Yes,2029-11-24", "x,soon"))
    ] == [
        "row 2, column sids: 'x' is not known. Write yes, or nothing.",
        "row 2, column ldc: 'soon' is not a day. "
        "Write yes, nothing, or the day of leaving: 2026-11-24.",
    ]


def test_a_row_becomes_an_administration() -> None:
    (nepal,) = read_administrations(table(NEPAL), "mine.csv").values()
    assert (nepal.code, nepal.name, nepal.subregion) == ("NP", "Nepal", "South Asia")
    assert nepal.weekend == frozenset({5})
    assert nepal.languages == ("Nepali", "English")
    assert (nepal.telegram, nepal.note) == ("blocked", "ask again")


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("Sat-Sun", {5, 6}),
        ("Fri-Sat", {4, 5}),
        ("Thu–Fri", {3, 4}),
        ("Sun-Mon", {6, 0}),
        ("Fri", {4}),
        ("sat", {5}),
        ("Fri+Sun", {4, 6}),
    ],
)
def test_s12_a_weekend_may_be_any_days(written: str, days: set[int]) -> None:
    row = NEPAL.replace(",Sat,", f",{written},")
    assert read_administrations(table(row), "mine.csv")["NP"].weekend == days


@pytest.mark.parametrize("written", ["Weekend", "", "Sat-Sun-Mon", "Mon-Sun", "Sat/Sun", "Fri+"])
def test_a_weekend_in_other_words_is_refused(written: str) -> None:
    (complaint,) = complaints(table(NEPAL.replace(",Sat,", f",{written},")))
    assert complaint.startswith("administrations.csv, row 2, column weekend: ")
    assert complaint.endswith("Write it like Sat-Sun, Fri or Fri+Sun.")


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Asia/Katmandu", "Asia/Kathmandu"), ("Asia/Rangoon", "Asia/Yangon")],
)
def test_s09_old_names_of_zones_are_stored_under_the_present_one(written: str, kept: str) -> None:
    row = NEPAL.replace("Asia/Kathmandu", written)
    assert read_administrations(table(row), "mine.csv")["NP"].timezone == kept


def test_all_problems_are_told_at_once_in_the_order_of_the_rows() -> None:
    text = table(
        NEPAL,
        "Bhutan,,South Asia,Asia/Thimphu,Sat-Sun,Dzongkha,usable,",
        "FJ,Fiji,Oceania,Asia/Katmandoo,Caturday,English,on,",
        "NP,Nepal again,South Asia,Asia/Kathmandu,Sat,Nepali,usable,",
        "AF,Afghanistan,South Asia,Asia/Kabul,Fri,Dari, Pashto,usable,",
    )
    twice = "'NP' stands in more than one row. Keep one row for each administration."
    assert complaints(text) == [
        f"administrations.csv, row 2, column code: {twice}",
        "administrations.csv, row 3, column code: 'Bhutan' is not a country code. "
        "Write the two capital letters of ISO 3166: NP.",
        "administrations.csv, row 3, column name: is empty. "
        "Write the name that readers of reports will see.",
        "administrations.csv, row 4, column weekend: 'Caturday' is not a weekend. "
        "Write it like Sat-Sun, Fri or Fri+Sun.",
        "administrations.csv, row 4, column telegram: 'on' is not known. "
        "Write usable, unreliable or blocked.",
        "administrations.csv, row 4, column timezone: 'Asia/Katmandoo' is not a time zone. "
        "Write a name such as Asia/Kathmandu.",
        f"administrations.csv, row 5, column code: {twice}",
        "administrations.csv, row 6: There are 9 values for 8 columns. "
        'Put a value that has a comma in it in quotation marks: "Dari, Pashto".',
    ]


def test_every_missing_column_is_named() -> None:
    text = "code,name,subregion,timezone,languages,note\nNP,Nepal,South Asia,Asia/Kathmandu,,\n"
    told = complaints(text)
    assert [line.split(".", 2)[1] for line in told] == [
        "csv, row 1: 'weekend' is not among the columns",
        "csv, row 1: 'telegram' is not among the columns",
    ]


def test_an_empty_table_is_a_problem_too() -> None:
    assert len(complaints("")) == len(COLUMNS)
    assert complaints(table()) == [
        "administrations.csv: There are no administrations in this table."
    ]


def test_a_quotation_mark_left_open_is_reported_and_not_swallowed() -> None:
    (complaint,) = complaints(table(NEPAL, 'BT,"Bhutan,South Asia,Asia/Thimphu,Sat-Sun,,usable,'))
    assert "Look for a quotation mark that is not closed." in complaint


def test_marks_of_spreadsheets_do_no_harm() -> None:
    text = "\ufeff" + table(NEPAL, ",,,,,,,", "").replace("\n", "\r\n").replace("code", " Code ")
    assert list(read_administrations(text, "mine.csv")) == ["NP"]


def test_a_problem_is_one_line_whatever_the_value_holds() -> None:
    problem = Problem("list.csv", "row 4", "is too long.", value="line\nline " + "x" * 200)
    assert "\n" not in str(problem)
    assert len(str(problem)) < 100


@pytest.mark.parametrize(
    ("country", "city", "expected"),
    [
        ("AU", "Cairns", "Australia/Sydney"),
        ("AU", "Perth", "Australia/Perth"),
        ("ID", "Jayapura", "Asia/Jayapura"),
        ("JP", "Kashiwa", "Asia/Tokyo"),
        ("BE", "Brussels", "Europe/Brussels"),
        ("ZZ", "Nowhere", None),
    ],
)
def test_the_zone_of_a_host_is_that_of_its_city_or_its_country(
    country: str, city: str, expected: str | None
) -> None:
    assert host_zone(packaged_administrations(), country, city) == expected
