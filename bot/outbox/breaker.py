"""Says how many messages a channel may take now: none while it rests, one to try it out.

Time is an argument. A channel rests when it asks for a pause, and when several messages in a row
could not be handed over: a mute server costs a try now and then, and no claims.
"""

from datetime import datetime, timedelta

from surveys.planning.channels import EMAIL

AT_ONCE = 16
"""Messages that are sent at the same time; more would only wait in the queue of the messenger."""
LETTERS_AT_ONCE = 2
"""Letters leave one after the other; while another waits, the connection is kept."""
FAILURES = 6
"""So many failures in a row make a channel rest."""
FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(minutes=5)
SHORTEST_PAUSE = timedelta(seconds=1)


class Breaker:
    """The pauses of one channel."""

    def __init__(self, channel: str) -> None:
        self.width = LETTERS_AT_ONCE if channel == EMAIL else AT_ONCE
        self._failures = 0
        self._rests_until: datetime | None = None
        self._asked_until: datetime | None = None

    def room(self, now: datetime) -> int:
        """Return how many messages may be under way at `now`; 0 while the channel rests."""
        if self.rests(now):
            return 0
        return 1 if self._failures >= FAILURES else self.width

    def rests(self, now: datetime) -> bool:
        """Return whether the channel rests at `now`."""
        pauses = (self._rests_until, self._asked_until)
        return any(until is not None and now < until for until in pauses)

    @property
    def works(self) -> bool:
        """Whether the channel has taken, or refused, one of the last messages."""
        return self._failures < FAILURES

    def worked(self) -> None:
        """Note that the channel has answered."""
        self._failures, self._rests_until = 0, None

    def failed(self, now: datetime) -> None:
        """Note that a message could not be handed over; too many in a row make the channel rest.

        While it rests only messages fail that were under way before: they say nothing new.
        """
        if self._rests_until is not None and now < self._rests_until:
            return
        self._failures += 1
        if self._failures >= FAILURES:
            rest = FIRST_REST * 2 ** min(self._failures - FAILURES, 3)
            self._rests_until = now + min(rest, LONGEST_REST)

    def pause(self, now: datetime, seconds: float) -> None:
        """Rest for as long as the channel asks; a pause asked for one message holds for all."""
        pause = max(timedelta(seconds=seconds), SHORTEST_PAUSE)
        self._asked_until = max(now + pause, self._asked_until or now)
