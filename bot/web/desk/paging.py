"""Lists a page at a time. The next page begins after the last row, also if rows came in between."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from bot.web.desk.visits import number_in

T = TypeVar("T")
MOST_DIGITS = 6
ON_A_PAGE = 50
AFTER = "after-"
"""How the part of a query begins that names the last row of the page before."""


@dataclass(frozen=True)
class Pages:
    """Which page of a list is shown, and how many there are.

    `kept` is the rest of the query, `name` that of the list in it, `end` the code of the last row.
    """

    number: int
    last: int
    kept: Mapping[str, str]
    name: str = "page"
    end: str = ""

    def query(self, number: int) -> str:
        """Return the query of another page of the same list."""
        after = {AFTER + self.name: self.end} if self.end and number > self.number else {}
        return urlencode({**self.kept, self.name: number, **after})


def page_of(
    found: Sequence[T],
    query: Mapping[str, str],
    size: int = ON_A_PAGE,
    name: str = "page",
    code: Callable[[T], str] | None = None,
) -> tuple[Pages, Sequence[T]]:
    """Return the page of a list that a query asks for, and what stands on it.

    With the `code` of a row, the next page begins after the row that was the last.
    """
    last = max(1, -(-len(found) // size))
    asked = query.get(name, "")
    number = number_in(asked, MOST_DIGITS) or 1
    number = min(max(number, 1), last)
    ours = (name, AFTER + name, "note", "do")
    kept = {key: value for key, value in query.items() if key not in ours}
    begin = (number - 1) * size
    if code is not None and (after := query.get(AFTER + name)):
        begin = next((at for at, one in enumerate(found, 1) if code(one) == after), begin)
    shown = found[begin : begin + size]
    return Pages(number, last, kept, name, code(shown[-1]) if code and shown else ""), shown
