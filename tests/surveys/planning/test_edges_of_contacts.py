"""Where one rule of contacting ends and another begins."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from surveys.planning.administrations import packaged_administrations
from surveys.planning.calendar import LocalCalendar
from surveys.planning.contacts import (
    ContactState,
    Hold,
    Kind,
    NextContact,
    OtherCases,
    PastAttempt,
    Timing,
    next_contact,
)
from surveys.planning.dispositions import Outcome
from surveys.planning.plan import Protocol

# A person in Nepal: UTC+05:45, Saturday is the only day of rest. 9 August 2018 is a Thursday.
NEPAL = Timing(Protocol(), LocalCalendar.of(packaged_administrations()["NP"]))
CASE = ContactState(date(2018, 8, 9), date(2018, 9, 6))
BEFORE = datetime(2018, 8, 1, tzinfo=UTC)
FIRST_MORNING = datetime(2018, 8, 9, 9, 30, tzinfo=UTC) - timedelta(hours=5, minutes=45)


def test_nothing_is_decided_while_a_reminder_is_on_its_way() -> None:
    reminded_at = FIRST_MORNING + timedelta(days=4)
    invited = PastAttempt(1, Kind.INVITATION, FIRST_MORNING, Outcome.SENT)
    reminded = PastAttempt(2, Kind.REMINDER, reminded_at, Outcome.CLAIMED)
    case = replace(CASE, attempts=(invited, reminded))
    assert next_contact(case, NEPAL, reminded_at) == NextContact(None, hold=Hold.IN_FLIGHT)


def test_an_invitation_of_long_ago_to_another_case_moves_nothing() -> None:
    others = OtherCases(1, datetime(2018, 6, 1, 4, tzinfo=UTC))
    contact = next_contact(CASE, NEPAL, BEFORE, others)
    assert (contact.at, contact.hold) == (FIRST_MORNING, Hold.NONE)


def test_the_first_case_of_a_person_is_open_where_one_at_a_time_is_allowed() -> None:
    one_at_a_time = replace(NEPAL, protocol=Protocol(open_cases=1))
    contact = next_contact(CASE, one_at_a_time, BEFORE)
    assert (contact.at, contact.hold) == (FIRST_MORNING, Hold.NONE)


def test_an_invitation_does_not_call_itself_the_last_message() -> None:
    assert next_contact(CASE, NEPAL, BEFORE).last is False
