"""The messages to come to one person over all cases, as previews show them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.planning.administrations import packaged_administrations
from surveys.planning.calendar import LocalCalendar
from surveys.planning.contacts import (
    ContactState,
    Hold,
    Kind,
    NextContact,
    PastAttempt,
    Timing,
)
from surveys.planning.dispositions import Outcome
from surveys.planning.plan import Protocol
from surveys.planning.timetable import timetable

CALENDARS = {code: LocalCalendar.of(one) for code, one in packaged_administrations().items()}
# A person in Nepal: UTC+05:45, Saturday is the only day of rest. 9 August 2018 is a Thursday.
NEPAL = Timing(Protocol(), CALENDARS["NP"])
CASE = ContactState(date(2018, 8, 9), date(2018, 9, 6))
BEFORE = datetime(2018, 8, 1, tzinfo=UTC)


def half_past_nine(day: str) -> datetime:
    """A morning in Kathmandu."""
    return datetime.fromisoformat(f"{day}T09:30").replace(tzinfo=UTC) - timedelta(
        hours=5, minutes=45
    )


def days(messages: tuple[NextContact, ...]) -> list[str]:
    """The local days of the messages in Nepal, each with the initial of its kind."""
    return [
        f"{one.kind[0]} {NEPAL.calendar.local_day(one.at):%d.%m}"
        for one in messages
        if one.at and one.kind
    ]


def test_an_invitation_is_followed_by_three_reminders_and_a_reason_for_the_end() -> None:
    # 18 and 25 August are Saturdays, and the 26th is a public holiday (Janai Purnima).
    assert timetable([(CASE, NEPAL)], BEFORE) == [
        (
            NextContact(half_past_nine("2018-08-09"), Kind.INVITATION, 1),
            NextContact(half_past_nine("2018-08-13"), Kind.REMINDER, 2),
            NextContact(half_past_nine("2018-08-19"), Kind.REMINDER, 3),
            NextContact(half_past_nine("2018-08-27"), Kind.REMINDER, 4, last=True),
            NextContact(None, hold=Hold.LAST_REMINDER_SENT),
        )
    ]


def test_a_message_that_is_tried_again_is_followed_as_if_it_were_sent_once() -> None:
    failed_at = half_past_nine("2018-08-09")
    tried = PastAttempt(1, Kind.INVITATION, failed_at, Outcome.RETRY, failed_at)
    case = replace(CASE, attempts=(tried,))
    (found,) = timetable([(case, NEPAL)], failed_at + timedelta(minutes=1))
    assert [contact.ordinal for contact in found] == [1, 2, 3, 4, 0]


def test_nothing_follows_a_case_that_is_held() -> None:
    held = replace(CASE, hold=Hold.REFUSED)
    assert timetable([(held, NEPAL)], BEFORE) == [(NextContact(None, hold=Hold.REFUSED),)]


def test_two_workshops_take_turns_at_least_three_days_apart() -> None:
    first, second = timetable([(CASE, NEPAL), (CASE, NEPAL)], BEFORE)
    assert days(first) == ["i 09.08", "r 15.08", "r 19.08", "r 27.08"]
    # The 22nd is a public holiday (Bakr Eid).
    assert days(second) == ["i 12.08", "r 23.08", "r 30.08"]
    assert second[0].hold is Hold.TOO_SOON


def test_a_third_questionnaire_waits_until_one_has_closed() -> None:
    later = replace(CASE, opens_on=date(2018, 8, 10), closes_on=date(2018, 9, 20))
    *_, third = timetable([(CASE, NEPAL), (CASE, NEPAL), (later, NEPAL)], BEFORE)
    assert third[0].hold is Hold.TOO_MANY_OPEN
    assert days(third)[0] == "i 07.09"


def test_a_message_about_no_case_counts_for_all() -> None:
    told = half_past_nine("2018-08-08")
    (found,) = timetable([(CASE, NEPAL)], told, told)
    assert (days(found)[0], found[0].hold) == ("i 12.08", Hold.TOO_SOON)


@st.composite
def people(draw: st.DrawFn) -> tuple[list[tuple[ContactState, Timing]], datetime]:
    """The cases of somebody who was at several workshops of offices with plans of their own."""
    calendar = CALENDARS[draw(st.sampled_from(sorted(CALENDARS)))]
    start = draw(st.dates(date(2018, 1, 1), date(2019, 11, 1)))
    gap = draw(st.integers(1, 7))
    cases = []
    for _ in range(draw(st.integers(1, 4))):
        opens = start + timedelta(days=draw(st.integers(0, 20)))
        reminders = draw(st.lists(st.integers(1, 30), max_size=4, unique=True).map(sorted))
        protocol = Protocol(tuple(reminders), gap, draw(st.integers(1, 3)))
        spread = draw(st.floats(0, 1, exclude_max=True))
        state = ContactState(opens, opens + timedelta(days=draw(st.integers(0, 40))))
        cases.append((state, Timing(protocol, calendar, spread)))
    return cases, datetime(start.year, start.month, start.day, tzinfo=UTC) - timedelta(days=2)


@settings(max_examples=60, deadline=None)
@given(people())
def test_no_two_messages_to_one_person_are_closer_than_the_gap(
    given_: tuple[list[tuple[ContactState, Timing]], datetime],
) -> None:
    cases, now = given_
    found = timetable(cases, now)
    calendar, gap = cases[0][1].calendar, cases[0][1].protocol.minimum_gap
    for (case, timing), messages in zip(cases, found, strict=True):
        assert messages[-1].at is None
        kinds = [one.kind for one in messages[:-1]]
        assert kinds == [Kind.INVITATION, *[Kind.REMINDER] * (len(kinds) - 1)][: len(kinds)]
        assert len(kinds) <= 1 + len(timing.protocol.reminders)
        for one in messages[:-1]:
            assert one.at is not None
            assert calendar.in_window(one.at)
            assert case.opens_on <= calendar.local_day(one.at) <= case.closes_on
    sent = sorted(one.at for messages in found for one in messages if one.at is not None)
    for before, after in pairwise(sent):
        apart = calendar.local_day(after) - calendar.local_day(before)
        assert apart >= timedelta(days=gap)
