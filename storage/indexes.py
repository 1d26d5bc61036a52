"""Indexes of some rows of a table, for SQLite and PostgreSQL."""

from functools import cached_property
from typing import Any

from sqlalchemy import Index, text


class PartialIndex(Index):
    """An index of the rows that meet a condition.

    An index with an option of PostgreSQL reads its whole dialect when it is made, which each command on
    SQLite would pay for. So the condition is told to a dialect when this asks for its options.
    """

    def __init__(self, name: str, *columns: str, where: str, unique: bool = False) -> None:
        self._where = where
        super().__init__(name, *columns, unique=unique)

    @cached_property
    def dialect_options(self) -> Any:
        """The options of each dialect: the condition, and the usual ones."""
        return _Options(self._where)


class _Options(dict[str, Any]):
    """Options by the name of a dialect, made when they are asked for."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where

    def __missing__(self, dialect: str) -> Any:
        options = Index("usual").dialect_options[dialect]
        options["where"] = text(self._where)
        self[dialect] = options
        return options
