"""The state of a wave, from what is stored about it, and what the office can do in it. Pure.

Nothing leaves unseen: a wave whose day was near or past when the list or the days came waits for a
yes. Nobody is asked by a wave that opens without people: it waits for the list.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from surveys.planning.due_workshops import opens_at, over_at

NEAR = timedelta(days=2)
"""A wave that opens sooner after the list or the days came waits for a yes."""
UNDO_TIME = timedelta(minutes=2)
"""How long a wave opened by hand waits before its first message."""
OPEN_DAYS = 28
"""How long a wave that the office says yes to stays open, if it says nothing else."""
REMINDED_AFTER = timedelta(days=7)
"""When organisers are reminded of a hold without a day, and then again."""


class WaveState(StrEnum):
    """The states of a wave, in words for organisers."""

    PLANNED = "planned"
    UNCONFIRMED = "waits for confirmed dates"
    NEEDS_YES = "needs your yes"
    OPENING = "opening"
    OPEN = "open"
    HELD_PLANNED = "on hold, was planned"
    HELD_OPEN = "on hold, was open"
    CLOSED = "closed"
    SKIPPED = "skipped"
    NOT_ASKED = "not asked"
    CANCELLED = "cancelled"


class WaveAct(StrEnum):
    """What the office can do in a wave."""

    OPEN = "open"
    BACK = "back"
    HOLD = "hold"
    RELEASE = "release"
    SKIP = "skip"
    DAYS = "days"
    CLOSE = "close"
    REOPEN = "reopen"


HELD = frozenset({WaveState.HELD_PLANNED, WaveState.HELD_OPEN})
ACTS: dict[WaveState, frozenset[WaveAct]] = {
    WaveState.PLANNED: frozenset({WaveAct.HOLD, WaveAct.OPEN, WaveAct.DAYS, WaveAct.SKIP}),
    WaveState.UNCONFIRMED: frozenset({WaveAct.HOLD, WaveAct.DAYS, WaveAct.SKIP}),
    WaveState.NEEDS_YES: frozenset({WaveAct.OPEN, WaveAct.HOLD, WaveAct.SKIP, WaveAct.DAYS}),
    WaveState.OPENING: frozenset({WaveAct.BACK, WaveAct.HOLD, WaveAct.CLOSE}),
    WaveState.OPEN: frozenset({WaveAct.BACK, WaveAct.HOLD, WaveAct.CLOSE, WaveAct.DAYS}),
    WaveState.HELD_PLANNED: frozenset({WaveAct.RELEASE, WaveAct.SKIP}),
    WaveState.HELD_OPEN: frozenset({WaveAct.RELEASE, WaveAct.CLOSE}),
    WaveState.CLOSED: frozenset({WaveAct.REOPEN}),
    WaveState.SKIPPED: frozenset({WaveAct.OPEN, WaveAct.DAYS, WaveAct.BACK}),
    WaveState.NOT_ASKED: frozenset({WaveAct.OPEN, WaveAct.DAYS}),
    WaveState.CANCELLED: frozenset(),
}
"""The acts of each state; a wave that somebody has answered cannot go back."""


@dataclass(frozen=True)
class WaveFacts:
    """What is stored about a wave and its workshop that decides its state.

    `known_since` is when its list or its days came, whichever was later; None if long ago. `asked`
    says that organisers were asked for their yes. `people` is whether it has somebody to ask.
    """

    opens_on: date
    closes_on: date
    confirmed: bool = True
    cancelled: bool = False
    held: bool = False
    workshop_held: bool = False
    opened: bool = False
    sends_from: datetime | None = None
    closed: bool = False
    skipped: bool = False
    missed: bool = False
    asked: bool = False
    known_since: datetime | None = None
    people: bool = True

    @property
    def near(self) -> bool:
        """Whether its day was near or past when its list or its days came."""
        since = self.known_since
        return self.people and since is not None and opens_at(self.opens_on) < since + NEAR


def state_of(facts: WaveFacts, now: datetime) -> WaveState:
    """Return the state of a wave at a moment."""
    ended = (
        (facts.closed, WaveState.CLOSED),
        (facts.skipped, WaveState.SKIPPED),
        (facts.missed, WaveState.NOT_ASKED),
        (facts.cancelled, WaveState.CANCELLED),
    )
    if found := next((state for is_so, state in ended if is_so), None):
        return found
    if facts.opened:
        return _opened(facts, now)
    return _unopened(facts, now)


def _opened(facts: WaveFacts, now: datetime) -> WaveState:
    if facts.held or facts.workshop_held:
        return WaveState.HELD_OPEN
    waits = facts.sends_from is not None and now < facts.sends_from
    return WaveState.OPENING if waits else WaveState.OPEN


def _unopened(facts: WaveFacts, now: datetime) -> WaveState:
    if facts.held:
        return WaveState.HELD_PLANNED
    if not facts.confirmed:
        return WaveState.UNCONFIRMED
    if now >= over_at(facts.closes_on):
        return WaveState.NOT_ASKED
    if facts.workshop_held:
        return WaveState.HELD_PLANNED
    return WaveState.NEEDS_YES if facts.asked or facts.near else WaveState.PLANNED


def acts_in(state: WaveState, *, answered: bool) -> frozenset[WaveAct]:
    """Return what can be done in a state; `answered` says that somebody has begun to answer."""
    gone = {WaveAct.BACK} if answered else set()
    return ACTS[state] - gone


def opens_by_itself(facts: WaveFacts, now: datetime) -> bool:
    """Return whether a round opens the wave now."""
    due = now >= opens_at(facts.opens_on) and facts.people
    return due and state_of(facts, now) is WaveState.PLANNED


def due_at(facts: WaveFacts) -> datetime | None:
    """Return when a round must look next at a wave that has not opened; None if it need not."""
    done = facts.opened or facts.skipped or facts.missed or facts.held
    if done or facts.cancelled or not facts.confirmed:
        return None
    if facts.asked or facts.workshop_held or not facts.people:
        return over_at(facts.closes_on)
    return facts.known_since if facts.near else opens_at(facts.opens_on)


def asks_early(opens_on: date, today: date) -> bool:
    """Return whether opening a wave today is earlier than planned, and is asked about."""
    return today < opens_on
