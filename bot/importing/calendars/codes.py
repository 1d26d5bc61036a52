"""Codes of workshops that a calendar does not give: short, of the title, the country and the year."""

import re
from collections import Counter
from collections.abc import Collection
from datetime import date

SIGNS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LONGEST_GIVEN = 40
"""Letters of a code that a list gives."""
LONGEST_CODE = 20
"""Letters of a code that is made from a title, or given to a workshop by its office."""
LONGEST_NUMBER = 2
"""Letters that are left for a number, as in RISK-FJ-2018_2."""
SMALL = frozenset(
    "a an and at by for from in of on or the to with wco workshop workshops regional national sub"
    " seminar training".split()
)


def fault_of(code: str, longest: int = LONGEST_GIVEN) -> tuple[str, str]:
    """Return what is wrong with a code and what to write; '' and '' for a good one."""
    if not SIGNS.fullmatch(code):
        return "is not a code.", "Use letters, digits and hyphens, such as RM-2018."
    if len(code) > longest:
        return f"has {len(code)} letters.", f"A code has at most {longest}."
    return "", ""


class NewCodes:
    """Makes codes that no workshop has, in the order in which they are asked for."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = {code.casefold() for code in taken}
        self._numbers: Counter[str] = Counter()

    def made(self, title: str, country: str, last: date) -> str:
        """Return a code made of the title, the country and the year of a workshop."""
        code = numbered = short_code(title, country, last)
        while numbered.casefold() in self._taken:
            self._numbers[code] += 1
            numbered = f"{code}_{self._numbers[code] + 1}"
        self._taken.add(numbered.casefold())
        return numbered


def short_code(title: str, country: str, last: date) -> str:
    """Return as many words of a title as fit before the country and the year."""
    ending = "".join(f"-{part}" for part in (country, str(last.year)) if part)
    room = LONGEST_CODE - LONGEST_NUMBER - len(ending)
    words = [word for word in re.findall(r"[A-Za-z0-9]+", title) if word.lower() not in SMALL]
    chosen: list[str] = []
    for word in words:
        if len("-".join([*chosen, word])) <= room:
            chosen.append(word.upper())
    if not chosen:
        chosen = [words[0][:room].upper()] if words else [f"WS-{last:%m%d}"]
    return "-".join(chosen) + ending
