"""Telephone numbers as spreadsheets write them, and the pattern of e-mail addresses."""

import re

EXPONENT = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d+)")
LOST = "is a number in short form; digits are lost. Format the column as text."


def read_phone(text: str) -> tuple[str, str]:
    """Return the digits of a number with its zeros, or '' and a warning if some are lost.

    A number such as 6.79E+07 is written out if it has all its digits.
    """
    found = EXPONENT.fullmatch(text.strip())
    if found:
        digits = found[1] + (found[2] or "")
        missing = int(found[3]) + 1 - len(digits)
        return (digits, "") if missing == 0 else ("", LOST)
    return re.sub(r"\D", "", re.sub(r"\.0+$", "", text.strip())), ""


EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
