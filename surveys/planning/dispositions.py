"""The disposition of each case, after the AAPOR standard definitions; derived from stored facts.

"Moved" is no disposition: a person who says so has answered.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PARTIAL_FROM = 0.5
"""The share of questions on the route that makes a partial response; below it is a break-off."""


class Disposition(StrEnum):
    """The final outcome of a case; OPEN while it can still change."""

    OPEN = "open"
    COMPLETE = "complete"
    PARTIAL = "partial"
    BREAK_OFF = "break_off"
    REFUSAL = "refusal"
    NON_CONTACT = "non_contact"
    UNKNOWN = "unknown"
    NOT_ELIGIBLE = "not_eligible"
    NOT_ASKED = "not_asked"


class Outcome(StrEnum):
    """The state of a contact attempt, at the end its outcome.

    CLAIMED waits in a process to be sent, and is due again if that process ends. LEAVING is stored
    just before the first byte: if no outcome follows, it becomes UNKNOWN and is never sent again.
    TAKEN_BACK was sent or tried in an opening that the office has undone; it counts no more.
    """

    CLAIMED = "claimed"
    LEAVING = "leaving"
    SENT = "sent"
    FAILED = "failed"
    RETRY = "retry"
    UNKNOWN = "unknown"
    TAKEN_BACK = "taken_back"


IN_FLIGHT = (Outcome.CLAIMED, Outcome.LEAVING)
"""An attempt without an outcome: nothing else is sent in its case."""
MAYBE_SEEN = (Outcome.SENT, Outcome.UNKNOWN, Outcome.LEAVING)
"""The person has seen the message, or may have."""
NEVER_ASKED = (Disposition.NOT_ELIGIBLE, Disposition.NOT_ASKED)
"""Cases that no rate counts: nothing could be expected of the person."""


@dataclass(frozen=True)
class CaseFacts:
    """The stored facts of a case that decide its disposition.

    `answered` of `asked` questions on its last route; `reached` if any attempt was sent or may
    have been; `failure` is why no message can reach the person (blocked, deleted, no_address ...);
    `handed_over` says that a successor is asked in this person's place, `left_out` that the office
    asked nobody.
    """

    started_at: datetime | None = None
    completed_at: datetime | None = None
    refused_at: datetime | None = None
    withdrawn_at: datetime | None = None
    handed_over: bool = False
    left_out: bool = False
    cancelled: bool = False
    answered: int = 0
    asked: int = 0
    reached: bool = False
    failure: str = ""
    others_asked: bool = True


def final_disposition(case: CaseFacts) -> tuple[Disposition, str]:
    """Return the disposition at closing, and its detail as a code (stopped, declined, silent ...).

    The order is the rule: an answer counts more than a later stop, a stop more than silence.
    Handing over is no refusal: the administration is asked in the successor's case. Where nothing was
    sent and nothing prevented it, the person was not asked, which is not the same as no contact; in a
    wave that has asked nobody, those whom no message can reach were not asked either.
    """
    if case.completed_at is not None:
        return Disposition.COMPLETE, ""
    if case.answered and case.answered >= PARTIAL_FROM * case.asked:
        return Disposition.PARTIAL, "stopped" if case.withdrawn_at else ""
    if case.refused_at is not None:
        return Disposition.REFUSAL, "declined"
    if case.handed_over:
        return Disposition.NOT_ELIGIBLE, "handed_over"
    if case.left_out:
        return Disposition.NOT_ELIGIBLE, "left_out"
    if case.withdrawn_at is not None:
        return Disposition.REFUSAL, "stopped"
    if case.answered:
        return Disposition.BREAK_OFF, ""
    if case.cancelled:
        return Disposition.NOT_ELIGIBLE, "cancelled"
    if case.reached or case.started_at is not None:
        return Disposition.UNKNOWN, "silent"
    if case.failure and case.others_asked:
        return Disposition.NON_CONTACT, case.failure
    return Disposition.NOT_ASKED, case.failure or "not_sent"


@dataclass(frozen=True)
class Standing:
    """How far a case has come. Every count of people asked, invited and so on is a count of these.

    `asked`: a message reached the person or failed, or the person answered or declined. Of these,
    `invited` were reached by a message (it was or may have been delivered), and `uninvited` answered
    without one: they came to the room, or the office entered their answers. `completed` have
    `started`, and who has started is invited or uninvited.
    """

    asked: bool = False
    invited: bool = False
    uninvited: bool = False
    started: bool = False
    completed: bool = False

    @property
    def reached(self) -> bool:
        """Whether a message reached the person, or the person came without one."""
        return self.invited or self.uninvited


def standing(
    disposition: Disposition, *, reached: bool, started: bool, failed: bool = False
) -> Standing:
    """Return how far a case has come, by its disposition (OPEN if it has none) and what happened.

    `failed` says that messages cannot reach the person. An open case counts once one of these holds.
    """
    completed = disposition is Disposition.COMPLETE
    begun = started or completed
    ended = disposition is not Disposition.OPEN
    if disposition in NEVER_ASKED or not (ended or reached or begun or failed):
        return Standing()
    return Standing(True, reached, begun and not reached, begun, completed)


def how_far(disposition: Disposition, reached: Standing) -> tuple[bool, ...]:
    """Return a key by which of two cases of one administration the one further on is the greater.

    The others are of a predecessor or a substitute.
    """
    eligible = disposition is not Disposition.NOT_ELIGIBLE
    return reached.completed, reached.started, eligible, reached.reached, reached.asked
