"""The messages to come in all cases of one person, as a preview shows them.

Each message is taken as delivered and nobody answers: what the rounds do then, one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from surveys.planning.contacts import (
    ContactState,
    Hold,
    NextContact,
    OtherCases,
    PastAttempt,
    Timing,
    next_contact,
)
from surveys.planning.dispositions import IN_FLIGHT, MAYBE_SEEN, Outcome


@dataclass
class _Life:
    """A case of the person, and its messages so far."""

    case: ContactState
    timing: Timing
    messages: list[NextContact] = field(default_factory=list)
    waited_for: Hold = Hold.NONE

    @property
    def ended(self) -> bool:
        """Whether no more messages follow."""
        return bool(self.messages) and self.messages[-1].at is None

    @property
    def sent_at(self) -> list[datetime]:
        counted = (*MAYBE_SEEN, *IN_FLIGHT)
        return [one.at for one in self.case.attempts if one.outcome in counted]

    def open_on(self, at: datetime) -> bool:
        """Return whether the person has this case, not completed, at a moment."""
        begun = bool(self.sent_at) or self.case.started_on is not None
        may_answer = self.case.hold not in (Hold.COMPLETED, Hold.CLOSED)
        return begun and may_answer and self.timing.calendar.local_day(at) <= self.case.closes_on

    def take(self, contact: NextContact) -> None:
        """Take a message as sent, or the end of the messages."""
        hold = contact.hold or self.waited_for
        self.messages.append(replace(contact, hold=hold))
        self.waited_for = Hold.NONE
        if contact.at is not None and contact.kind is not None:
            sent = PastAttempt(contact.ordinal, contact.kind, contact.at, Outcome.SENT)
            kept = [one for one in self.case.attempts if one.ordinal != contact.ordinal]
            self.case = replace(self.case, attempts=(*kept, sent))


def timetable(
    cases: Sequence[tuple[ContactState, Timing]],
    now: datetime,
    last_message_at: datetime | None = None,
) -> list[tuple[NextContact, ...]]:
    """Return the messages to come in each case of a person; the last has no moment and says why.

    Of two that fall due at one moment the case that comes first here is told first.
    `last_message_at` is that of a message about no case.
    """
    lives = [_Life(case, timing) for case, timing in cases]
    while going := [life for life in lives if not life.ended]:
        planned = [(life, _next(life, lives, now, last_message_at)) for life in going]
        for life, contact in planned:
            if contact.at is None:
                life.take(contact)
        due = [(contact.at, life, contact) for life, contact in planned if contact.at is not None]
        if due:
            now = _go_on(*min(due, key=lambda one: one[0]))
    return [tuple(life.messages) for life in lives]


def _go_on(at: datetime, life: _Life, contact: NextContact) -> datetime:
    """Take the message that is due first as sent; return the moment after it."""
    if contact.hold is Hold.TOO_MANY_OPEN:
        life.waited_for = contact.hold  # it is not sent: the round looks again on the next day
        return at
    life.take(contact)
    return at + timedelta(minutes=1)


def _next(
    life: _Life, lives: Sequence[_Life], now: datetime, last_message_at: datetime | None
) -> NextContact:
    others = [one for one in lives if one is not life]
    messages = [at for one in others for at in one.sent_at]
    messages += [last_message_at] if last_message_at else []
    known = OtherCases(last_message_at=max(messages, default=None))
    contact = next_contact(life.case, life.timing, now, known)
    if contact.at is None:
        return contact
    at = contact.at
    known = replace(known, open_cases=sum(one.open_on(at) for one in others))
    return next_contact(life.case, life.timing, now, known)
