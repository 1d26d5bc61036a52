"""Numbers with their nouns in the English texts for staff."""

from collections.abc import Mapping

NUMBERS = (
    *("change", "version", "help act", "recommendation change", "next step change"),
    *("anchor decision", "theme change", "theme marks"),
)
"""Names in entries of the audit log that number something, and count nothing."""
ONE = {"people": "person"}


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 message", "2 messages"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Return what an entry of the audit log counts: "2 changes, 1 person, change number 12"."""
    return ", ".join(_count(name.replace("_", " "), number) for name, number in counts.items())


def _count(name: str, number: int) -> str:
    if name in NUMBERS:
        return f"{name} number {number}"
    return counted(number, ONE.get(name, name.removesuffix("s")), name)
