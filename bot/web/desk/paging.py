"""Lists a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from bot.web.desk.visits import number_in

T = TypeVar("T")
MOST_DIGITS = 6
ON_A_PAGE = 50


@dataclass(frozen=True)
class Pages:
    """Which page of a list is shown, and how many there are.

    `kept` is the rest of the query, `name` that of the list in it.
    """

    number: int
    last: int
    kept: Mapping[str, str]
    name: str = "page"

    def query(self, number: int) -> str:
        """Return the query of another page of the same list."""
        return urlencode({**self.kept, self.name: number})


def page_of(
    found: Sequence[T], query: Mapping[str, str], size: int = ON_A_PAGE, name: str = "page"
) -> tuple[Pages, Sequence[T]]:
    """Return the page of a list that a query asks for, and what stands on it."""
    last = max(1, -(-len(found) // size))
    asked = query.get(name, "")
    number = number_in(asked, MOST_DIGITS) or 1
    number = min(max(number, 1), last)
    kept = {key: value for key, value in query.items() if key not in (name, "note", "do")}
    return Pages(number, last, kept, name), found[(number - 1) * size : number * size]
