"""How much of one chat is taken in, and how often a stranger is answered."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from storage.operations.inbox import EXCESS, Arrival

MOST_OF_KNOWN = 8
"""Rows of a known chat that wait; one more stands for all that was dropped beyond them."""
MOST_OF_STRANGER, MOST_WITH_CODES = 1, 3
"""Rows of an unknown chat that wait, and of one whose messages may be codes."""
MEMBERSHIP = "my_chat_member"
"""A chat was blocked or opened, which says nothing about a chat of nobody; often a text follows."""
GROUP = "-"
"""The numbers of groups begin with it. A group is told that the bot speaks with people alone."""
PERIOD = 60.0
"""Seconds in which a stranger gets one answer, and at most `CODES` answers to what may be a code."""
CODES = 5
REMEMBERED = 5000
"""Strangers whose last answers are remembered."""


@dataclass
class Admission:
    """What is taken in of a batch, and how much was dropped."""

    taken: list[Arrival] = field(default_factory=list)
    dropped: int = 0


def admit(
    batch: Sequence[Arrival], known: Set[str], waiting: Mapping[str, tuple[int, bool]]
) -> Admission:
    """Return what is taken in. `waiting` is how many rows a chat has, and whether one is an excess."""
    admission, now = Admission(), dict(waiting)
    for arrival in batch:
        chat = arrival.conversation
        if arrival.kind == MEMBERSHIP and chat not in known and not chat.startswith(GROUP):
            continue
        rows, excess = now.get(chat, (0, False))
        if rows < _most(arrival, chat in known):
            admission.taken.append(arrival)
            now[chat] = rows + 1, excess
        elif chat in known and not excess:
            admission.taken.append(replace(arrival, kind=EXCESS, content=""))
            admission.dropped += 1
            now[chat] = rows + 1, True
        else:
            admission.dropped += 1
    return admission


def _most(arrival: Arrival, known: bool) -> int:
    if known:
        return MOST_OF_KNOWN
    return MOST_WITH_CODES if arrival.way_in else MOST_OF_STRANGER


class AnswersToStrangers:
    """Counts the answers to unknown chats. Seconds come from a clock of the caller."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, bool], list[float]] = {}

    def allow(self, chat: str, way_in: bool, now: float) -> bool:
        """Return whether a chat may be answered now, and count the answer."""
        key = chat, way_in
        lately = [at for at in self._answers.pop(key, []) if now - at < PERIOD]
        allowed = len(lately) < (CODES if way_in else 1)
        self._answers[key] = [*lately, now] if allowed else lately
        if len(self._answers) > REMEMBERED:
            del self._answers[next(iter(self._answers))]
        return allowed
