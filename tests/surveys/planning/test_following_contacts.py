"""The reminders that are foreseen after a contact, as the preview of a wave shows them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from surveys.planning.administrations import packaged_administrations
from surveys.planning.calendar import LocalCalendar
from surveys.planning.contacts import (
    ContactState,
    Hold,
    Kind,
    NextContact,
    PastAttempt,
    Timing,
    following,
    next_contact,
)
from surveys.planning.dispositions import Outcome
from surveys.planning.plan import Protocol

# A person in Nepal: UTC+05:45, Saturday is the only day of rest. 9 August 2018 is a Thursday.
NEPAL = Timing(Protocol(), LocalCalendar.of(packaged_administrations()["NP"]))
CASE = ContactState(date(2018, 8, 9), date(2018, 9, 6))
BEFORE = datetime(2018, 8, 1, tzinfo=UTC)


def half_past_nine(day: str) -> datetime:
    """A morning in Kathmandu."""
    return datetime.fromisoformat(f"{day}T09:30").replace(tzinfo=UTC) - timedelta(
        hours=5, minutes=45
    )


def test_an_invitation_is_followed_by_three_reminders_and_a_reason_for_the_end() -> None:
    first = next_contact(CASE, NEPAL, BEFORE)
    # 18 and 25 August are Saturdays, and the 26th is a public holiday (Janai Purnima).
    assert following(CASE, NEPAL, first) == (
        NextContact(half_past_nine("2018-08-13"), Kind.REMINDER, 2),
        NextContact(half_past_nine("2018-08-19"), Kind.REMINDER, 3),
        NextContact(half_past_nine("2018-08-27"), Kind.REMINDER, 4, last=True),
        NextContact(None, hold=Hold.LAST_REMINDER_SENT),
    )


def test_a_message_that_is_tried_again_is_followed_as_if_it_were_sent_once() -> None:
    failed_at = half_past_nine("2018-08-09")
    tried = PastAttempt(1, Kind.INVITATION, failed_at, Outcome.RETRY, failed_at)
    case = replace(CASE, attempts=(tried,))
    first = next_contact(case, NEPAL, failed_at + timedelta(minutes=1))
    assert first.ordinal == 1
    assert [contact.ordinal for contact in following(case, NEPAL, first)] == [2, 3, 4, 0]


def test_nothing_follows_a_case_that_is_held() -> None:
    held = replace(CASE, hold=Hold.REFUSED)
    assert following(held, NEPAL, next_contact(held, NEPAL, BEFORE)) == ()
