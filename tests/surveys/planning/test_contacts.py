"""When a case is contacted next: examples as tables, and laws that hold for every case."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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

CALENDARS = {code: LocalCalendar.of(one) for code, one in packaged_administrations().items()}
# A person in Nepal: UTC+05:45, Saturday is the only day of rest. 9 August 2018 is a Thursday.
NEPAL = Timing(Protocol(), CALENDARS["NP"])
OPENS, CLOSES = date(2018, 8, 9), date(2018, 9, 6)
BEFORE = datetime(2018, 8, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def nepal(text: str) -> datetime:
    """An instant by the clock of Kathmandu."""
    return utc(text) - timedelta(hours=5, minutes=45)


def state(*past: tuple[str, Kind, Outcome], **facts: object) -> ContactState:
    attempts = tuple(
        PastAttempt(number, kind, nepal(at), outcome)
        for number, (at, kind, outcome) in enumerate(past, 1)
    )
    return replace(ContactState(OPENS, CLOSES, attempts), **facts)  # type: ignore[arg-type]


INVITED = ("2018-08-09T09:30", Kind.INVITATION, Outcome.SENT)
INVITATION, REMINDER = Kind.INVITATION, Kind.REMINDER


def on(contact: NextContact) -> str:
    """The local day and hour of a contact in Nepal, or why there is none."""
    if contact.at is None:
        return contact.hold
    return f"{NEPAL.calendar.local(contact.at):%Y-%m-%d %H:%M}"


# The course of a case


def test_the_invitation_comes_first_on_the_day_of_opening() -> None:
    contact = next_contact(state(), NEPAL, BEFORE)
    assert contact == NextContact(nepal("2018-08-09T09:30"), INVITATION, 1)


def test_people_are_spread_over_the_window() -> None:
    later = next_contact(state(), replace(NEPAL, spread=0.5), BEFORE)
    assert on(later) == "2018-08-09 10:30"


@pytest.mark.parametrize(
    ("past", "expected", "last"),
    [
        # 13 August is a Monday; 18 August is a Saturday, so the second waits for Sunday.
        ([INVITED], "2018-08-13 09:30", False),
        (
            [INVITED, ("2018-08-13T09:30", REMINDER, Outcome.SENT)],
            "2018-08-19 09:30",
            False,
        ),
        (
            [
                INVITED,
                ("2018-08-13T09:30", REMINDER, Outcome.SENT),
                ("2018-08-19T09:30", REMINDER, Outcome.SENT),
            ],
            # 25 August is a Saturday, and the 26th a public holiday (Janai Purnima).
            "2018-08-27 09:30",
            True,
        ),
    ],
)
def test_reminders_follow_on_days_4_9_and_16_after_the_local_day_of_the_invitation(
    past: Sequence[tuple[str, Kind, Outcome]], expected: str, last: bool
) -> None:
    now = nepal(past[-1][0]) + timedelta(minutes=1)
    contact = next_contact(state(*past), NEPAL, now)
    assert contact.kind is REMINDER
    assert contact.ordinal == len(past) + 1
    assert contact.last is last
    if last:
        assert NEPAL.calendar.local_day(contact.at or now) >= date(2018, 8, 26)
    else:
        assert on(contact) == expected


def test_after_the_last_reminder_there_is_silence() -> None:
    past = [INVITED] + [(f"2018-08-{day}T09:30", REMINDER, Outcome.SENT) for day in (13, 19, 27)]
    contact = next_contact(state(*past), NEPAL, nepal("2018-08-27T10:00"))
    assert contact == NextContact(None, hold=Hold.LAST_REMINDER_SENT)


def test_a_message_that_may_have_arrived_counts_as_sent() -> None:
    sent = next_contact(state(INVITED), NEPAL, nepal("2018-08-09T12:00"))
    perhaps = ("2018-08-09T09:30", INVITATION, Outcome.UNKNOWN)
    assert next_contact(state(perhaps), NEPAL, nepal("2018-08-09T12:00")) == sent


def test_nothing_is_decided_while_a_message_is_on_its_way() -> None:
    claimed = ("2018-08-09T09:30", INVITATION, Outcome.CLAIMED)
    contact = next_contact(state(claimed), NEPAL, nepal("2018-08-20T09:30"))
    assert contact == NextContact(None, hold=Hold.IN_FLIGHT)


@pytest.mark.parametrize("hold", [hold for hold in Hold if hold is not Hold.NONE])
def test_a_case_that_is_held_gets_nothing_and_says_why(hold: Hold) -> None:
    contact = next_contact(state(INVITED, hold=hold), NEPAL, nepal("2018-08-13T09:30"))
    assert contact == NextContact(None, hold=hold)


# What fails


@pytest.mark.parametrize("kind", Kind)
def test_a_message_that_failed_waits_for_the_next_day(kind: Kind) -> None:
    past = [INVITED] if kind is REMINDER else []
    past.append((f"2018-08-{13 if kind is REMINDER else 9:02}T09:30", kind, Outcome.FAILED))
    failed_at = nepal(past[-1][0])
    for minutes in (1, 30, 119, 600):
        contact = next_contact(state(*past), NEPAL, failed_at + timedelta(minutes=minutes))
        assert contact.kind is kind
        assert contact.ordinal == len(past) + 1
        day = NEPAL.calendar.local_day(failed_at) + timedelta(days=1)
        assert on(contact) == f"{NEPAL.calendar.next_working_day(day)} 09:30"


def retry(at: str, kind: Kind, until: str, ordinal: int = 1) -> PastAttempt:
    return PastAttempt(ordinal, kind, nepal(at), Outcome.RETRY, nepal(until))


def test_a_message_that_may_be_tried_again_keeps_its_ordinal_and_waits_as_long_as_asked() -> None:
    wait = retry("2018-08-09T09:30", INVITATION, "2018-08-09T09:31")
    case = ContactState(OPENS, CLOSES, [wait])
    contact = next_contact(case, NEPAL, nepal("2018-08-09T09:30"))
    assert contact == NextContact(nepal("2018-08-09T09:31"), INVITATION, 1)
    late = retry("2018-08-09T11:29", INVITATION, "2018-08-09T11:40")
    contact = next_contact(ContactState(OPENS, CLOSES, [late]), NEPAL, nepal("2018-08-09T11:29"))
    assert on(contact) == "2018-08-10 09:30"
    assert contact.ordinal == 1


def test_the_last_reminder_says_so_also_when_it_is_tried_again() -> None:
    case = state(
        INVITED,
        ("2018-08-13T09:30", REMINDER, Outcome.SENT),
        ("2018-08-19T09:30", REMINDER, Outcome.SENT),
    )
    again = retry("2018-08-27T09:30", REMINDER, "2018-08-27T09:40", 4)
    case = replace(case, attempts=(*case.attempts, again))
    contact = next_contact(case, NEPAL, nepal("2018-08-27T09:30"))
    assert contact == NextContact(nepal("2018-08-27T09:40"), REMINDER, 4, last=True)


def test_an_invitation_that_waits_becomes_a_reminder_when_the_person_has_begun() -> None:
    wait = retry("2018-08-09T09:30", INVITATION, "2018-08-09T09:40")
    case = ContactState(OPENS, CLOSES, [wait], started_on=date(2018, 8, 9))
    contact = next_contact(case, NEPAL, nepal("2018-08-09T09:35"))
    assert (contact.kind, contact.ordinal, on(contact)) == (REMINDER, 1, "2018-08-13 09:30")


# People who begin by themselves


def test_somebody_who_began_without_an_invitation_is_reminded_from_that_day_without_drift() -> (
    None
):
    case = state(started_on=date(2018, 8, 12))
    first = next_contact(case, NEPAL, nepal("2018-08-12T12:00"))
    assert (first.kind, on(first)) == (REMINDER, "2018-08-16 09:30")
    reminded = ("2018-08-16T09:30", REMINDER, Outcome.SENT)
    case = state(reminded, started_on=date(2018, 8, 12))
    second = next_contact(case, NEPAL, nepal("2018-08-16T12:00"))
    assert on(second) == "2018-08-21 09:30"


# Windows that end, and processes that sleep


def test_d13_no_reminder_falls_after_the_last_day() -> None:
    protocol = Protocol(reminders=(7, 20))
    case = ContactState(OPENS, OPENS + timedelta(days=14), state(INVITED).attempts)
    first = next_contact(case, replace(NEPAL, protocol=protocol), nepal("2018-08-10T12:00"))
    assert (on(first), first.last) == ("2018-08-16 09:30", True)
    reminded = (INVITED, ("2018-08-16T09:30", REMINDER, Outcome.SENT))
    case = replace(case, attempts=state(*reminded).attempts)
    assert next_contact(case, replace(NEPAL, protocol=protocol), nepal("2018-08-16T12:00")) == (
        NextContact(None, hold=Hold.LAST_REMINDER_SENT)
    )


def test_an_invitation_that_would_come_after_the_last_day_is_given_up() -> None:
    contact = next_contact(state(), NEPAL, nepal("2018-09-06T11:30"))
    assert contact == NextContact(None, hold=Hold.PAST_WINDOW)


@pytest.mark.parametrize(
    ("wakes", "expected", "left"),
    [
        ("2018-08-15T10:00", "2018-08-15 10:00", False),  # day 4 was slept through
        ("2018-08-20T10:00", "2018-08-20 10:00", False),  # days 4 and 9: one message for both
        ("2018-08-28T10:00", "2018-08-28 10:00", True),  # all three: one message
        ("2018-08-20T18:00", "2018-08-21 09:30", False),  # awake at night: the next morning
    ],
)
def test_reminders_that_were_slept_through_become_one(
    wakes: str, expected: str, left: bool
) -> None:
    contact = next_contact(state(INVITED), NEPAL, nepal(wakes))
    assert (on(contact), contact.last) == (expected, left)


def test_after_a_late_reminder_the_next_one_keeps_the_minimum_gap() -> None:
    past = (INVITED, ("2018-08-17T10:00", REMINDER, Outcome.SENT))
    contact = next_contact(state(*past), NEPAL, nepal("2018-08-17T10:01"))
    assert on(contact) == "2018-08-20 09:30"


# One person in several workshops


def others(open_cases: int = 0, invited: str = "") -> OtherCases:
    return OtherCases(open_cases, nepal(invited) if invited else None)


def test_an_invitation_keeps_the_minimum_gap_from_any_other_message() -> None:
    now = nepal("2018-08-09T10:00")
    contact = next_contact(state(), NEPAL, now, others(1, "2018-08-09T09:30"))
    assert (on(contact), contact.hold) == ("2018-08-12 09:30", Hold.TOO_SOON)
    early = next_contact(state(), NEPAL, BEFORE, others(1, "2018-08-07T09:30"))
    assert (on(early), early.hold) == ("2018-08-10 09:30", Hold.TOO_SOON)
    free = next_contact(state(), NEPAL, now, others(1, "2018-08-06T11:00"))
    assert (on(free), free.hold) == ("2018-08-09 10:00", Hold.NONE)


def test_a_third_questionnaire_waits_day_by_day_until_one_is_finished() -> None:
    at_noon = next_contact(state(), NEPAL, nepal("2018-08-09T12:00"), others(2))
    in_time = next_contact(state(), NEPAL, nepal("2018-08-09T09:30"), others(2))
    assert on(at_noon) == on(in_time) == "2018-08-10 09:30"
    assert at_noon.hold is in_time.hold is Hold.TOO_MANY_OPEN
    before = next_contact(state(), NEPAL, BEFORE, others(2))
    assert (on(before), before.hold) == ("2018-08-09 09:30", Hold.TOO_MANY_OPEN)


def test_an_invitation_that_cannot_wait_long_enough_says_what_it_waited_for() -> None:
    last_morning = nepal("2018-09-06T10:00")
    assert next_contact(state(), NEPAL, last_morning, others(2)) == NextContact(
        None, hold=Hold.TOO_MANY_OPEN
    )
    assert next_contact(state(), NEPAL, last_morning, others(0, "2018-09-05T10:00")) == (
        NextContact(None, hold=Hold.TOO_SOON)
    )


def test_a_reminder_keeps_the_minimum_gap_too_and_waits_for_no_open_case() -> None:
    now = nepal("2018-08-13T09:30")
    busy = next_contact(state(INVITED), NEPAL, now, others(5))
    assert busy == next_contact(state(INVITED), NEPAL, now)
    later = next_contact(state(INVITED), NEPAL, now, others(0, "2018-08-12T11:00"))
    assert (later.kind, on(later), later.hold) == (REMINDER, "2018-08-15 09:30", Hold.TOO_SOON)


def test_a_reminder_that_other_messages_push_to_the_end_says_that_it_is_the_last() -> None:
    short = replace(state(INVITED), closes_on=date(2018, 8, 20))
    now = nepal("2018-08-13T09:30")
    assert next_contact(short, NEPAL, now).last is False
    pushed = next_contact(short, NEPAL, now, others(0, "2018-08-14T11:00"))
    assert (on(pushed), pushed.last) == ("2018-08-17 09:30", False)
    pushed = next_contact(short, NEPAL, now, others(0, "2018-08-16T11:00"))
    assert (on(pushed), pushed.last) == ("2018-08-19 09:30", True)


# Laws: whatever happens to a case


@dataclass
class Life:
    """A case, seen to at moments that somebody else chooses, with outcomes that befall it."""

    timing: Timing
    case: ContactState
    attempts: list[PastAttempt] = field(default_factory=list)
    contacts: list[tuple[datetime, NextContact]] = field(default_factory=list)

    @property
    def now_standing(self) -> ContactState:
        return replace(self.case, attempts=tuple(self.attempts))

    def look(self, now: datetime, minutes: int) -> datetime:
        """The moment of the next round."""
        planned = next_contact(self.now_standing, self.timing, now).at
        return planned if planned and not minutes else now + timedelta(minutes=minutes or 1)

    def tick(self, now: datetime, outcome: Outcome, wait: int) -> None:
        """One round: send what is due, once, as fieldwork does."""
        contact = next_contact(self.now_standing, self.timing, now)
        if contact.at is None or contact.at > now or contact.kind is None:
            return
        self.contacts.append((now, contact))
        past = PastAttempt(contact.ordinal, contact.kind, now, outcome)
        if outcome is Outcome.RETRY:
            past = replace(past, retry_at=now + timedelta(minutes=wait))
        kept = [one for one in self.attempts if one.ordinal != contact.ordinal]
        self.attempts = [*kept, past]


# Minutes until the next look; 0 looks at the moment for which the next contact is planned.
LOOKS = st.one_of(st.just(0), st.just(0), st.integers(1, 90), st.integers(100, 20000))
OUTCOMES = [Outcome.SENT] * 5 + [Outcome.UNKNOWN, Outcome.RETRY, Outcome.FAILED]
STEPS = st.lists(
    st.tuples(LOOKS, st.sampled_from(OUTCOMES), st.integers(0, 3000)), min_size=1, max_size=25
)
PROTOCOLS = st.builds(
    Protocol,
    st.lists(st.integers(1, 40), max_size=5, unique=True).map(lambda days: tuple(sorted(days))),
    st.integers(0, 7),
)


Step = tuple[int, Outcome, int]


@st.composite
def lives(draw: st.DrawFn) -> tuple[Life, datetime, list[Step]]:
    """A case, the moment at which its process starts, and what happens then."""
    opens = draw(st.dates(date(2017, 9, 1), date(2019, 12, 31)))
    code = draw(st.sampled_from(sorted(CALENDARS)))
    spread = draw(st.floats(0, 1, exclude_max=True))
    started = draw(st.none() | st.integers(0, 20))
    case = ContactState(
        opens,
        opens + timedelta(days=draw(st.integers(0, 40))),
        started_on=None if started is None else opens + timedelta(days=started),
    )
    now = datetime(opens.year, opens.month, opens.day, tzinfo=UTC) - timedelta(days=2)
    return Life(Timing(draw(PROTOCOLS), CALENDARS[code], spread), case), now, draw(STEPS)


def live(life: Life, now: datetime, steps: list[Step]) -> datetime:
    for minutes, outcome, wait in steps:
        now = life.look(now, minutes)
        life.tick(now, outcome, wait)
    return now


@settings(max_examples=200)
@given(lives())
def test_no_life_of_a_case_breaks_a_rule(lived: tuple[Life, datetime, list[Step]]) -> None:
    life = lived[0]
    live(*lived)
    calendar, protocol = life.timing.calendar, life.timing.protocol
    for now, _ in life.contacts:
        assert calendar.in_window(now)
        assert life.case.opens_on <= calendar.local_day(now) <= life.case.closes_on
    arrived = [a for a in life.attempts if a.outcome in (Outcome.SENT, Outcome.UNKNOWN)]
    for one, next_one in pairwise(arrived):
        apart = calendar.local_day(next_one.at) - calendar.local_day(one.at)
        assert apart >= timedelta(days=protocol.minimum_gap)
        assert next_one.kind is REMINDER
        assert next_one.at > one.at
    assert sum(a.kind is INVITATION for a in arrived) <= 1
    assert sum(a.kind is REMINDER for a in arrived) <= len(protocol.reminders)
    assert [a.ordinal for a in life.attempts] == list(range(1, len(life.attempts) + 1))
    for failed, again in pairwise(life.contacts):
        past = next(a for a in life.attempts if a.ordinal == failed[1].ordinal)
        if past.outcome is Outcome.FAILED and again[1].ordinal > past.ordinal:
            assert calendar.local_day(again[0]) > calendar.local_day(past.at)


@settings(max_examples=80)
@given(lives(), st.integers(0, 60 * 24 * 20))
def test_the_same_facts_give_the_same_moment_until_it_has_come(
    lived: tuple[Life, datetime, list[Step]], minutes: int
) -> None:
    life, now, steps = lived
    for step in steps:
        now = live(life, now, [step])
        planned = next_contact(life.now_standing, life.timing, now)
        later = now + timedelta(minutes=minutes)
        if planned.at is None:
            assert next_contact(life.now_standing, life.timing, later).at is None
        elif later <= planned.at:
            assert next_contact(life.now_standing, life.timing, later) == planned


@settings(max_examples=60)
@given(lives(), st.integers(1, 4))
def test_a_process_that_slept_six_days_sends_at_most_one_message_a_case(
    lived: tuple[Life, datetime, list[Step]], minutes: int
) -> None:
    life = lived[0]
    now = live(*lived)
    for _ in range(3):
        now += timedelta(days=6)
        before = len(life.contacts)
        for round_ in range(4):
            life.tick(now + timedelta(minutes=round_ * minutes), Outcome.SENT, 0)
        assert len(life.contacts) - before <= (1 if life.timing.protocol.minimum_gap else 4)


@settings(max_examples=80)
@given(lives())
def test_the_reminder_that_calls_itself_the_last_is_the_last(
    lived: tuple[Life, datetime, list[Step]],
) -> None:
    """For a process that is never late and messages that arrive."""
    life, now, _ = lived
    live(life, now, [(0, Outcome.SENT, 0)] * 12)
    assert next_contact(life.now_standing, life.timing, now).at is None
    reminders = [contact for _, contact in life.contacts if contact.kind is REMINDER]
    assert [contact.last for contact in reminders] == [False] * (len(reminders) - 1) + [True] * (
        len(reminders) > 0
    )
