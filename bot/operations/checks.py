"""The result of one health check, and the words of spans and numbers in it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Level(StrEnum):
    """How urgent a check is: act now (WRONG), have a look (LOOK), nothing to do (FINE)."""

    FINE = "fine"
    LOOK = "look"
    WRONG = "wrong"


class Way(StrEnum):
    """Where the desk mends something, in place of a command."""

    NONE = ""
    PROCEED = "proceed"
    CALLS = "calls"
    LANGUAGES = "languages"
    COPIES = "copies"


@dataclass(frozen=True)
class Check:
    """The result of one check in words, and how to mend it: with commands, and at the desk."""

    name: str
    level: Level
    says: str
    fix: str = ""
    way: Way = Way.NONE


def age(span: timedelta) -> str:
    """Return a span in its largest unit: "40 seconds", "3 hours", "12 days"."""
    seconds = max(0, int(span.total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}s"
    return f"{seconds} seconds"
