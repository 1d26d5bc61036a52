"""Files of calendar programs: whole days, time zones, series, cancellations, codings."""

import codecs

import pytest

from bot.importing.calendars.event_days import zone_named
from bot.importing.calendars.ics import event_rows, is_ics
from bot.importing.files import parse
from bot.importing.rows.rows import Events, Reading, Row
from surveys.xlsform.sheets import Unreadable

WEEKLY = (
    "UID:a|SUMMARY:Series|DTSTART;VALUE=DATE:20180205|DTEND;VALUE=DATE:20180206"
    "|RRULE:FREQ=WEEKLY;COUNT=4"
)


def ics(*events: str, head: str = "") -> str:
    """Return a calendar; `|` ends a line of an event."""
    written = "".join(f"BEGIN:VEVENT|{one}|END:VEVENT|" for one in events)
    text = f"BEGIN:VCALENDAR|VERSION:2.0|PRODID:x|{head}{written}END:VCALENDAR|"
    return text.replace("|", "\r\n")


def rows(text: str | bytes) -> tuple[list[Row], str]:
    """Return the events of a calendar and what is said about them."""
    reading = Reading("a.ics")
    found = event_rows(text if isinstance(text, bytes) else text.encode(), reading)
    return found, "\n".join(map(str, reading.problems))


def days(text: str | bytes) -> list[str]:
    found, _ = rows(text)
    return [f"{one.get('starts_on')[5:]} {one.get('ends_on')[5:]}" for one in found]


@pytest.mark.parametrize(
    ("head", "event"),
    [
        ("X-WR-TIMEZONE:Pacific/Pago_Pago|", "DTSTART:20180205T000000Z|DTEND:20180210T000000Z"),
        ("X-WR-TIMEZONE:Asia/Bangkok|", "DTSTART:20180205T000000Z|DTEND:20180210T000000Z"),
        ("", "DTSTART:20180205T000000Z|DTEND:20180210T000000Z"),
        ("X-WR-TIMEZONE:Asia/Bangkok|", "DTSTART:20180204T170000Z|DTEND:20180209T170000Z"),
        (
            "X-WR-TIMEZONE:SE Asia Standard Time|",
            "DTSTART:20180204T170000Z|DTEND:20180209T170000Z",
        ),
        ("X-WR-TIMEZONE:(UTC+07:00) Bangkok|", "DTSTART:20180204T170000Z|DTEND:20180209T170000Z"),
        ("", "DTSTART:20180204T170000Z|DTEND:20180209T170000Z|X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        ("", "DTSTART:20180204T110000Z|DTEND:20180209T110000Z|X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        ("", "DTSTART;TZID=Tonga Standard Time:20180205T090000|DTEND:20180209T040000Z"),
        ("", "DTSTART;VALUE=DATE:20180205|DURATION:P5D"),
    ],
)
def test_the_days_of_an_event_do_not_shift(head: str, event: str) -> None:
    assert days(ics(f"UID:a|SUMMARY:S|{event}", head=head)) == ["02-05 02-09"]


def test_windows_names_of_time_zones_are_known() -> None:
    assert str(zone_named("SE Asia Standard Time")) == "Asia/Bangkok"
    assert str(zone_named("Nepal Standard Time")) == "Asia/Kathmandu"
    assert zone_named("Custom Zone 3") is None
    assert "is not a known time zone" in rows(ics(head="X-WR-TIMEZONE:Custom Zone 3|"))[1]


def test_n08_a_series_is_one_workshop_from_its_first_to_its_last_sitting() -> None:
    found, said = rows(ics(WEEKLY))
    assert days(ics(WEEKLY)) == ["02-05 02-26"]
    assert "is the first of 4 sittings" in said
    assert found[0].get("title") == "Series"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("DTSTART;VALUE=DATE:20180221|RECURRENCE-ID;VALUE=DATE:20180219", "02-05 02-26"),
        ("DTSTART;VALUE=DATE:20180303|RECURRENCE-ID;VALUE=DATE:20180226", "02-05 03-03"),
        (
            "DTSTART;VALUE=DATE:20180226|RECURRENCE-ID;VALUE=DATE:20180226|STATUS:CANCELLED",
            "02-05 02-19",
        ),
    ],
)
def test_n08_sittings_that_moved_or_were_cancelled_change_the_series(
    change: str, expected: str
) -> None:
    moved = f"UID:a|SUMMARY:Moved|{change}"
    assert days(ics(WEEKLY, moved)) == days(ics(moved, WEEKLY)) == [expected]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("RDATE;VALUE=DATE:20180212,20180301", "02-05 03-01"),
        ("RRULE:FREQ=DAILY;UNTIL=20180209T000000Z", "02-05 02-09"),
        ("RRULE:FREQ=WEEKLY;COUNT=4|EXDATE;VALUE=DATE:20180226", "02-05 02-19"),
    ],
)
def test_further_series(more: str, expected: str) -> None:
    event = f"UID:a|SUMMARY:S|DTSTART;VALUE=DATE:20180205|{more}"
    assert days(ics(event)) == [expected]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=WEEKLY", "repeats without an end"),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9", "no workshop does"),
        ("FREQ=DAILY;COUNT=1000000", "more than 400 sittings"),
        ("FREQ=BANANA;COUNT=2", "cannot be read"),
    ],
)
def test_a_series_without_an_end_is_left_out_and_said(rule: str, why: str) -> None:
    event = f"UID:a|SUMMARY:Endless|DTSTART;VALUE=DATE:20180205|RRULE:{rule}"
    found, said = rows(ics(event, "UID:b|SUMMARY:Other|DTSTART;VALUE=DATE:20180301"))
    assert [one.get("title") for one in found] == ["Other"]
    assert "'Endless'" in said
    assert why in said


def test_a_cancelled_calendar_cancels_its_events_and_a_lone_sitting_changes_nothing() -> None:
    whole = "UID:a|SUMMARY:S|DTSTART;VALUE=DATE:20180205"
    found, _ = rows(ics(whole, head="METHOD:CANCEL|"))
    assert [one.get("confirmed") for one in found] == ["cancelled"]
    sitting = f"{whole}|RECURRENCE-ID;VALUE=DATE:20180205"
    found, said = rows(ics(sitting, head="METHOD:CANCEL|"))
    assert found == []
    assert "one sitting of a series that is not in the file" in said
    off = ics(f"{whole}|SEQUENCE:2", head="METHOD:CANCEL|")
    found, _ = rows(ics(f"{whole}|SEQUENCE:1", head="METHOD:REQUEST|") + off)
    assert [one.get("confirmed") for one in found] == ["cancelled"]


@pytest.mark.parametrize(
    ("title", "codec"), [("สัมมนาศุลกากร", "cp874"), ("海关研讨会在苏瓦", "gb18030")]
)
def test_a_calendar_is_decoded_as_lists_are(title: str, codec: str) -> None:
    text = ics(f"UID:a|SUMMARY:{title[:3]}\r\n {title[3:]}|DTSTART;VALUE=DATE:20180205")
    found, said = rows(text.encode(codec))
    assert found[0].get("title") == title
    assert f"Please check the letters: {title[:5]}" in said
    (named,) = [name for name in ("Windows-874 (Thai)", "GB18030 (Chinese)") if name in said]
    read = parse(text.encode(codec), "a.ics", named)
    assert isinstance(read, Events)
    assert read.problems == ()


def test_a_calendar_of_two_bytes_a_letter_is_read_and_an_unclear_coding_is_refused() -> None:
    text = ics("UID:a|SUMMARY:Zoé สัมมนา|DTSTART;VALUE=DATE:20180205")
    content = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    assert is_ics(content)
    assert rows(content)[0][0].get("title") == "Zoé สัมมนา"
    with pytest.raises(Unreadable) as refused:
        rows(ics("UID:a|SUMMARY:Café|DTSTART;VALUE=DATE:20180205").encode("latin-1"))
    assert "Export it as UTF-8" in refused.value.fix
