"""Delivery problems of a wave as lines for organisers: how many messages, and why."""

from collections.abc import Mapping

from surveys.planning.dispositions import IN_FLIGHT, Outcome

UNCERTAIN = {
    "interrupted": "the bot stopped before it got the answer",
    "fault": "a fault, see the log",
    "timed_out": "the messenger did not answer",
}
CONNECTION_LOST = "the connection broke after the message had left"
UNDELIVERED = {
    "blocked": "blocked the bot",
    "deleted": "deleted the account",
    "not_found": "chat not found",
    "moved": "chat moved and not found",
    "no_mailbox": "e-mail address does not work",
    "refused": "the messenger refused the message, see the log",
    "channel_changed": "another channel is tried on the next day",
}
RETRIED = {
    "flood": "the messenger asked for a pause",
    "network": "no network",
    "server": "the messenger had an error",
    "slept": "the clock of the bot's computer was changed",
}


def problem_lines(last: Mapping[tuple[str, str], int]) -> list[str]:
    """Return a line for each problem in `last`: number of cases by last outcome and its detail."""
    lines = []
    for (outcome, detail), number in sorted(last.items()):
        if outcome == Outcome.UNKNOWN:
            why = UNCERTAIN.get(detail, CONNECTION_LOST)
            lines.append(f"{number} may not have arrived: {why}; the reminder covers it")
        elif outcome == Outcome.RETRY:
            lines.append(f"{number} will be tried again: {RETRIED.get(detail, detail)}")
        elif outcome == Outcome.FAILED:
            lines.append(f"{number} did not arrive: {UNDELIVERED.get(detail, detail)}")
        elif outcome in IN_FLIGHT:
            lines.append(f"{number} on the way")
    return lines
