"""Days, instants and hours of contact, with cases that are known to go wrong."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.planning.administrations import packaged_administrations
from surveys.planning.calendar import ContactWindow, LocalCalendar, Stay, plus_months
from surveys.planning.timezones import check_zone_data, offset_text, zone
from surveys.problems import BadInput

ADMINISTRATIONS = packaged_administrations()
CALENDARS = {code: LocalCalendar.of(ADMINISTRATIONS[code]) for code in ADMINISTRATIONS}

codes = st.sampled_from(sorted(CALENDARS))
days = st.dates(date(2016, 1, 1), date(2030, 12, 31))
moments = st.integers(0, 15 * 366 * 24 * 3600).map(
    lambda seconds: datetime(2016, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
spreads = st.floats(0, 1, exclude_max=True)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def every_day(place: str, opens: str, closes: str = "23:59") -> LocalCalendar:
    """A calendar without any day of rest, so that only clocks matter."""
    window = ContactWindow(time.fromisoformat(opens), time.fromisoformat(closes))
    return LocalCalendar(zone(place), frozenset(), "none", window)


# Calendar months


def test_s01_month_ends_clamp_and_never_accumulate() -> None:
    ended = date(2018, 8, 31)
    waves = [plus_months(ended, months) for months in (1, 3, 6, 12)]
    assert waves == [date(2018, 9, 30), date(2018, 11, 30), date(2019, 2, 28), date(2019, 8, 31)]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2015, 8, 31), 6, date(2016, 2, 29)),
    ],
)
def test_s02_leap_days_are_kept_where_they_exist(day: date, months: int, expected: date) -> None:
    assert plus_months(day, months) == expected


def test_it_counts_months_back_over_the_turn_of_the_year() -> None:
    assert plus_months(date(2018, 1, 31), -2) == date(2017, 11, 30)
    assert plus_months(date(2018, 3, 31), -13) == date(2017, 2, 28)


@given(days, st.integers(-60, 60))
def test_months_land_in_their_month_on_the_same_day_or_its_last(day: date, months: int) -> None:
    moved = plus_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
    assert moved.day <= day.day


@given(days, st.integers(0, 40), st.integers(0, 40))
def test_two_steps_of_months_differ_from_one_by_clamping_alone(
    day: date, first: int, second: int
) -> None:
    at_once = plus_months(day, first + second)
    in_steps = plus_months(plus_months(day, first), second)
    assert timedelta(0) <= at_once - in_steps <= timedelta(days=3)
    if day.day <= 28:
        assert at_once == in_steps


# Clocks


def test_s03_the_local_hour_stays_when_clocks_change_between_waves() -> None:
    sydney = LocalCalendar.of(ADMINISTRATIONS["AU"], window=ContactWindow(time(10), time(11)))
    ended = date(2018, 3, 15)
    assert sydney.first_contact(plus_months(ended, 3)) == utc("2018-06-15 00:00")
    assert sydney.first_contact(plus_months(ended, 12)) == utc("2019-03-14 23:00")


def test_s04_every_day_ends_once_across_a_change_of_clocks() -> None:
    sydney = CALENDARS["AU"]
    ends = [sydney.end_of_day(date(2018, 10, day)) for day in (5, 6, 7, 8)]
    hours = [(after - before) / timedelta(hours=1) for before, after in pairwise(ends)]
    assert hours == [24, 23, 24]
    assert ends[0] == utc("2018-10-05 14:00")


def test_s05_a_minute_in_the_repeated_hour_comes_once_and_is_the_first() -> None:
    sydney = every_day("Australia/Sydney", "01:30", "04:00")
    day = date(2018, 4, 1)
    assert sydney.first_contact(day, spread=60 / 150) == utc("2018-03-31 15:30")
    half_hours = [sydney.first_contact(day, spread=minute / 150) for minute in range(0, 150, 30)]
    assert [sydney.local(at).strftime("%H:%M") for at in half_hours] == [
        "01:30",
        "02:00",
        "02:30",
        "03:00",
        "03:30",
    ]
    assert half_hours == sorted(set(half_hours))


def test_s05_stepping_through_the_repeated_hour_comes_to_an_end() -> None:
    sydney = every_day("Australia/Sydney", "01:30", "04:00")
    moments = [utc("2018-03-31 13:00")]
    for _ in range(8):
        moments.append(sydney.next_contact_after(moments[-1] + timedelta(minutes=30)))
    assert moments == sorted(set(moments))
    # 01:30 to 04:00 lasts three and a half hours that night, so the eighth is the next day's.
    assert moments[7] == utc("2018-03-31 17:30")
    assert moments[8] == utc("2018-04-01 15:30")


def test_minutes_that_a_change_of_clocks_leaves_out_are_passed_over() -> None:
    day = date(2018, 10, 7)  # in Sydney 02:00 is followed by 03:00
    partly = every_day("Australia/Sydney", "02:30", "04:00")
    assert partly.local(partly.first_contact(day)).strftime("%d %H:%M") == "07 03:00"
    wholly = every_day("Australia/Sydney", "02:00", "03:00")
    assert wholly.local(wholly.first_contact(day)).strftime("%d %H:%M") == "08 02:00"
    assert wholly.next_contact_after(utc("2018-10-06 15:59")) == wholly.first_contact(day)


def test_s06_jakarta_has_its_present_offset_and_not_its_historic_one() -> None:
    jakarta = every_day("Asia/Jakarta", "09:49")
    assert jakarta.first_contact(date(2018, 8, 9)) == utc("2018-08-09 02:49")


def test_s07_a_monday_in_suva_is_a_monday_in_suva() -> None:
    suva = LocalCalendar.of(ADMINISTRATIONS["FJ"], window=ContactWindow(time(8), time(9)))
    moscow = ZoneInfo("Europe/Moscow")  # a server three hours ahead of UTC, on Sunday evening
    contact = suva.next_contact_after(datetime(2018, 8, 5, 22, 30, tzinfo=moscow))
    assert contact == utc("2018-08-05 20:00")
    assert suva.local(contact).strftime("%A %H:%M") == "Monday 08:00"


def test_s07_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2018, 8, 6, 8)  # noqa: DTZ001
    for question in (
        CALENDARS["FJ"].local,
        CALENDARS["FJ"].in_window,
        CALENDARS["FJ"].next_contact_after,
        offset_text,
    ):
        with pytest.raises(ValueError, match="no time zone"):
            question(naive)


@pytest.mark.parametrize(
    ("place", "day", "instant", "offset"),
    [
        ("Asia/Kathmandu", date(2018, 8, 9), "2018-08-09 03:15", "+05:45"),
        ("Asia/Kabul", date(2018, 8, 9), "2018-08-09 04:30", "+04:30"),
        ("Asia/Kolkata", date(2018, 8, 9), "2018-08-09 03:30", "+05:30"),
        ("Asia/Yangon", date(2018, 9, 15), "2018-09-15 02:30", "+06:30"),
        ("Pacific/Chatham", date(2018, 9, 30), "2018-09-29 19:15", "+13:45"),
    ],
)
def test_s08_offsets_of_half_and_quarter_hours_are_exact(
    place: str, day: date, instant: str, offset: str
) -> None:
    calendar = every_day(place, "09:00")
    contact = calendar.first_contact(day)
    assert contact == utc(instant)
    assert offset_text(calendar.local(contact)) == offset


def test_offsets_west_of_greenwich_are_written_with_a_minus() -> None:
    moment = utc("2018-07-01 12:00")
    assert offset_text(moment.astimezone(ZoneInfo("Pacific/Marquesas"))) == "-09:30"
    assert offset_text(moment) == "+00:00"


@pytest.mark.parametrize(
    ("place", "instant"),
    [
        ("Pacific/Apia", "2018-07-25 20:00"),
        ("Pacific/Tongatapu", "2018-07-25 20:00"),
        ("Pacific/Kiritimati", "2018-07-25 19:00"),
        ("Pacific/Fiji", "2018-07-25 21:00"),
        ("Pacific/Pago_Pago", "2018-07-26 20:00"),
    ],
)
def test_s11_each_side_of_the_date_line_has_its_own_day(place: str, instant: str) -> None:
    calendar = every_day(place, "09:00")
    assert calendar.first_contact(date(2018, 7, 26)) == utc(instant)
    assert calendar.local_day(utc(instant)) == date(2018, 7, 26)


def test_s11_the_day_that_samoa_left_out_has_no_hours_of_contact() -> None:
    apia = every_day("Pacific/Apia", "09:30", "11:30")
    contact = apia.first_contact(date(2011, 12, 30))
    assert apia.local(contact).strftime("%Y-%m-%d %H:%M") == "2011-12-31 09:30"
    assert apia.end_of_day(date(2011, 12, 29)) == apia.end_of_day(date(2011, 12, 30))


def test_a_day_ends_when_clocks_change_at_midnight() -> None:
    tehran = CALENDARS["IR"]  # on 21 March 2018 midnight was followed by 01:00
    assert tehran.end_of_day(date(2018, 3, 21)) == utc("2018-03-21 20:30")
    assert tehran.local_day(utc("2018-03-21 20:29")) == date(2018, 3, 21)
    assert tehran.local_day(utc("2018-03-21 20:30")) == date(2018, 3, 22)


# Names of zones


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("Asia/Kathmandu", "Asia/Kathmandu"),
        ("Asia/Rangoon", "Asia/Yangon"),
        (" asia/kathmandu ", "Asia/Kathmandu"),
        ("Asia/Phnom_Penh", "Asia/Phnom_Penh"),
        ("Singapore", "Asia/Singapore"),
        ("PRC", "Asia/Shanghai"),
        ("Hongkong", "Asia/Hong_Kong"),
        ("US/Samoa", "Pacific/Pago_Pago"),
        ("Pacific/Enderbury", "Pacific/Kanton"),
        ("Australia/LHI", "Australia/Lord_Howe"),
        ("Asia/Ulan_Bator", "Asia/Ulaanbaatar"),
        ("UTC", "UTC"),
    ],
)
def test_s09_a_zone_has_one_name_however_it_is_spelt(written: str, kept: str) -> None:
    assert zone(written).key == kept


def test_s09_old_and_new_spellings_mean_the_same_hours() -> None:
    short = {"Hongkong", "Iran", "Japan", "NZ", "NZ-CHAT", "PRC", "ROK", "Singapore"}
    names = short | {name for name in available_timezones() if "/" in name}
    changed = {old: zone(old) for old in names if zone(old).key != old}
    assert len(changed) >= 35
    for old, new in changed.items():
        for moment in (utc("2018-01-15 00:00"), utc("2018-07-15 00:00"), utc("2026-01-15 00:00")):
            there, here = moment.astimezone(ZoneInfo(old)), moment.astimezone(new)
            assert there.utcoffset() == here.utcoffset(), (old, new)


@pytest.mark.parametrize(
    "name", ["", "Asia", "Asia/Katmandoo", "localtime", "EST", "../etc", "x" * 300]
)
def test_a_name_that_is_no_place_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        zone(name)
    assert "Write a name such as " in str(refused.value)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadInput, match=r"'Asia/Katmandoo' is not a time zone.*Asia/Kathmandu"):
        zone("Asia/Katmandoo")


@pytest.mark.parametrize("call", ["check_zone_data()", "zone('Asia/Bangkok')", "zone('UTC')"])
def test_s10_without_zone_data_it_refuses_and_never_takes_utc(call: str) -> None:
    program = (
        "import sys; sys.modules['tzdata'] = None\n"
        "from surveys.planning.timezones import check_zone_data, zone\n"
        "from surveys.problems import BadInput\n"
        f"try: print({call})\n"
        "except BadInput as error: print('refused:', error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith("refused: this machine, time zones: No time zone data was found")
    assert "Install the Python package tzdata" in run.stdout
    check_zone_data()  # here, with data, it says nothing


# Working days


@pytest.mark.parametrize(
    ("code", "due", "moved"),
    [
        ("BD", "2018-08-10", "2018-08-12"),
        ("NP", "2018-08-11", "2018-08-12"),
        ("NP", "2018-08-12", "2018-08-12"),
        ("MV", "2018-08-10", "2018-08-12"),
        ("BN", "2018-08-10", "2018-08-11"),
        ("BN", "2018-08-12", "2018-08-13"),
        (
            "TH",
            "2018-08-11",
            "2018-08-14",
        ),  # the Queen's birthday, Sunday 12th, is made good on Monday
    ],
)
def test_s12_a_day_of_rest_moves_to_the_next_working_day(code: str, due: str, moved: str) -> None:
    calendar = CALENDARS[code]
    assert calendar.next_working_day(date.fromisoformat(due)) == date.fromisoformat(moved)


def test_s12_a_country_without_known_holidays_is_not_shifted() -> None:
    nowhere = LocalCalendar(zone("Pacific/Niue"), frozenset({5, 6}), "XX")
    assert not nowhere.holidays_known
    assert nowhere.working_day(date(2018, 1, 1))
    assert not nowhere.working_day(date(2018, 1, 6))


def test_s12_the_weekend_of_the_table_rules_and_not_the_holiday_librarys() -> None:
    friday, thursday = date(2018, 8, 10), date(2018, 8, 9)
    rests_thursdays = LocalCalendar(zone("Asia/Kabul"), frozenset({3}), "AF")
    assert rests_thursdays.working_day(friday)
    assert not rests_thursdays.working_day(thursday)


def test_s13_a_sunday_that_is_worked_in_exchange_is_a_working_day() -> None:
    china = CALENDARS["CN"]
    sunday = date(2018, 9, 30)
    assert china.first_contact(sunday) == utc("2018-09-30 01:30")
    assert not china.working_day(date(2018, 9, 23))
    assert china.next_working_day(date(2018, 10, 1)) == date(2018, 10, 8)


def test_holidays_are_known_for_every_administration_of_the_table() -> None:
    assert [code for code, calendar in CALENDARS.items() if not calendar.holidays_known] == []
    late = [code for code, calendar in CALENDARS.items() if not calendar.holidays_known_in(2026)]
    assert late == []
    assert not CALENDARS["BT"].holidays_known_in(1990)


def test_years_whose_moving_feasts_are_unknown_still_have_working_days() -> None:
    assert CALENDARS["IN"].next_working_day(date(2040, 1, 26)) == date(2040, 1, 27)


def test_a_person_may_work_in_another_zone_than_the_administration() -> None:
    jayapura = LocalCalendar.of(ADMINISTRATIONS["ID"], timezone="Asia/Jayapura")
    assert jayapura.first_contact(date(2018, 8, 9)) == utc("2018-08-09 00:30")
    assert CALENDARS["ID"].first_contact(date(2018, 8, 9)) == utc("2018-08-09 02:30")


def test_a_calendar_without_any_working_day_is_an_error_and_not_a_loop() -> None:
    never = LocalCalendar(zone("Asia/Bangkok"), frozenset(range(7)), "XX")
    with pytest.raises(BadInput, match="No day for a contact was found in the 60 days"):
        never.first_contact(date(2018, 8, 9))


# Hours of contact


def test_the_window_opens_on_its_first_minute_and_is_shut_on_its_last() -> None:
    thailand = CALENDARS["TH"]
    assert thailand.in_window(utc("2018-08-09 02:30"))
    assert thailand.in_window(utc("2018-08-09 04:29:59"))
    assert not thailand.in_window(utc("2018-08-09 04:30"))
    assert not thailand.in_window(utc("2018-08-11 03:00"))


def test_a_moment_outside_the_window_waits_for_the_same_day_or_the_next() -> None:
    thailand = CALENDARS["TH"]
    assert thailand.next_contact_after(utc("2018-08-09 01:00"), 0.5) == utc("2018-08-09 03:30")
    assert thailand.next_contact_after(utc("2018-08-09 03:10:07")) == utc("2018-08-09 03:10:07")
    assert thailand.next_contact_after(utc("2018-08-09 05:00")) == utc("2018-08-10 02:30")
    assert thailand.next_contact_after(utc("2018-08-10 05:00")) == utc("2018-08-14 02:30")


@pytest.mark.parametrize("spread", [-0.1, 1.0, float("nan")])
def test_a_spread_outside_the_window_is_refused(spread: float) -> None:
    with pytest.raises(ValueError, match="spread"):
        CALENDARS["TH"].first_contact(date(2018, 8, 9), spread)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(time(11), time(9)), (time(9), time(9)), (time(9, 0, 30), time(11)), (time(9), time.max)],
)
def test_a_window_that_cannot_be_is_refused(opens: time, closes: time) -> None:
    with pytest.raises(ValueError, match="contact window"):
        ContactWindow(opens, closes)


@given(codes, days, spreads)
def test_first_contact_is_in_a_window_of_a_working_day_at_a_whole_minute(
    code: str, day: date, spread: float
) -> None:
    calendar = CALENDARS[code]
    contact = calendar.first_contact(day, spread)
    local = calendar.local(contact)
    assert time(9, 30) <= local.time() < time(11, 30)
    assert local.second == 0
    assert local.date() == calendar.next_working_day(day) >= day
    assert calendar.working_day(local.date())
    assert calendar.in_window(contact)


@given(codes, days, st.integers(0, 40), spreads, spreads)
def test_first_contact_never_runs_backwards(
    code: str, day: date, later: int, low: float, high: float
) -> None:
    calendar = CALENDARS[code]
    low, high = sorted((low, high))
    following = calendar.first_contact(day + timedelta(days=later), low)
    assert calendar.first_contact(day, low) <= following
    assert calendar.first_contact(day, low) <= calendar.first_contact(day, high)


@given(codes, moments, spreads)
def test_next_contact_is_not_before_the_moment_and_stays_where_it_is(
    code: str, moment: datetime, spread: float
) -> None:
    calendar = CALENDARS[code]
    contact = calendar.next_contact_after(moment, spread)
    assert contact >= moment
    assert contact.tzinfo is UTC
    assert calendar.in_window(contact)
    assert calendar.next_contact_after(contact, spread) == contact


@given(st.sampled_from(sorted(available_timezones())), days, st.integers(0, 1410), spreads)
def test_no_change_of_clocks_anywhere_puts_a_contact_outside_its_window(
    name: str, day: date, opens: int, spread: float
) -> None:
    edges = [time(minute // 60, minute % 60) for minute in (opens, opens + 29)]
    calendar = LocalCalendar(ZoneInfo(name), frozenset(), "XX", ContactWindow(*edges))
    contact = calendar.first_contact(day, spread)
    assert calendar.in_window(contact)
    assert calendar.local_day(contact) - day <= timedelta(days=1)


@given(codes, days)
def test_a_day_is_over_when_the_next_begins(code: str, day: date) -> None:
    calendar = CALENDARS[code]
    end = calendar.end_of_day(day)
    assert calendar.local_day(end) == day + timedelta(days=1)
    assert calendar.local_day(end - timedelta(seconds=1)) == day


# At a workshop

HOSTS = ("Pacific/Pago_Pago", "Pacific/Kiritimati", "Europe/Brussels", "Asia/Kathmandu")


@given(codes, st.sampled_from(HOSTS), days, st.integers(0, 10 * 24 * 60), spreads)
def test_at_a_workshop_the_hosts_clock_counts_and_at_home_the_own_again(
    code: str, host: str, ends: date, minutes: int, spread: float
) -> None:
    home = CALENDARS[code]
    stay = Stay(zone(host), ends - timedelta(days=4), ends)
    calendar = LocalCalendar.of(ADMINISTRATIONS[code], stay=stay)
    asked = calendar.first_contact(ends, spread).astimezone(stay.zone)
    assert asked.date() == ends
    assert time(9, 30) <= asked.time() < time(11, 30)
    later = ends + timedelta(days=3)  # whatever the date line, everybody is at home by then
    assert calendar.first_contact(later, spread) == home.first_contact(later, spread)
    # No moment around the way home, whatever side of the date line, leads out of a window or back.
    moment = asked.astimezone(UTC) + timedelta(minutes=minutes)
    contact = calendar.next_contact_after(moment, spread)
    assert contact >= moment
    assert calendar.in_window(contact)
