"""Rows of several tables that were read at once, taken apart."""

from collections.abc import Sequence
from itertools import accumulate
from types import SimpleNamespace
from typing import Any

from sqlalchemy import FromClause


class Joined:
    """Tables whose columns are read one after the other, from the first column of a row on.

    Columns are found by their position: several tables have columns of one name, and to look each up
    costs more than to read it.
    """

    def __init__(self, *tables: FromClause) -> None:
        self.tables = tables
        first = [0, *accumulate(len(table.c) for table in tables)]
        self._places = {
            table: (at, tuple(table.c.keys())) for table, at in zip(tables, first, strict=False)
        }

    def part(self, row: Sequence[Any], table: FromClause, **more: object) -> Any:
        """Return the columns of one table in a row, by their own names, and `more`."""
        first, names = self._places[table]
        mine = zip(names, row[first : first + len(names)], strict=True)
        return SimpleNamespace(**dict(mine), **more)
