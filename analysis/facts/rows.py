"""The rows of a query as a frame, which has its columns and their types also without a row."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select

AT_ONCE = 1_000


def frame_of(connection: Connection, query: Select[tuple[object, ...]]) -> pd.DataFrame:
    """Return the rows of a query; columns exist and times are typed even when there are no rows."""
    result = connection.execute(query)
    # In parts, to save memory.
    rows = [row for part in result.partitions(AT_ONCE) for row in part]
    names = tuple(result.keys())
    if not rows:
        return _without_rows(names)
    # Column by column: pandas takes several times as long to find out the same from rows.
    columns = zip(*rows, strict=True)
    return pd.DataFrame(
        {name: _column(name, values) for name, values in zip(names, columns, strict=True)}
    )


def nothing_of(query: Select[tuple[object, ...]]) -> pd.DataFrame:
    """Return what a query without rows returns, without asking."""
    return _without_rows(tuple(query.selected_columns.keys()))


def _column(name: str, values: Sequence[Any]) -> Any:
    """Return the values as a frame takes them; a `Series` of each would cost most of a small frame."""
    if name.endswith("_at"):
        return pd.DatetimeIndex([*values], tz="UTC")
    # Pandas makes "nan" of a missing text, and decimals of whole numbers beside one.
    return pd.Series(values, dtype=object) if None in values else values


def _without_rows(names: tuple[str, ...]) -> pd.DataFrame:
    return _empty(names).copy()


@lru_cache(maxsize=64)
def _empty(names: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame([], columns=list(names))
    for name in names:
        if name.endswith("_at"):
            frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame
