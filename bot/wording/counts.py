"""Numbers with their nouns in the English texts for staff."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 message", "2 messages"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
