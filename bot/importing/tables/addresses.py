"""Telephone numbers as spreadsheets leave them: zeros kept, exponents undone only if nothing is lost."""

import re

EXPONENT = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d+)")
LOST = "is a number in short form; digits are lost. Format the column as text."


def read_phone(text: str) -> tuple[str, str]:
    """The digits of a number, with its zeros, and a sentence that goes on after it if some are lost."""
    found = EXPONENT.fullmatch(text.strip())
    if found:
        digits = found[1] + (found[2] or "")
        missing = int(found[3]) + 1 - len(digits)
        return (digits, "") if missing == 0 else ("", LOST)
    return re.sub(r"\D", "", re.sub(r"\.0+$", "", text.strip())), ""


EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
