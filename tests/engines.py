"""What the engines of a test process share: the dialect and the statements that it has compiled.

The program opens one database and keeps it; the tests open thousands. Without this, each of them
asks the server for its settings again and compiles each statement anew, which takes a third of
the time of a conversation. Nothing that a database stores or decides is shared.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event

from storage import engines


@contextmanager
def shared_engines() -> Iterator[None]:
    """Make all engines share what they can, until the end of the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_engine", _sharing())
        yield


def _sharing() -> Any:
    """A `create_engine` that gives each engine what the first one of its kind has."""
    first: dict[str, Engine] = {}

    def create(url: str, **options: Any) -> Engine:
        kind = url.partition(":")[0]
        model = first.get(kind)
        if model is None:
            engine = create_engine(url, **options)
            event.listen(engine, "first_connect", lambda *_: first.setdefault(kind, engine))
            return engine
        # The dialect of the first one has asked the server for its settings.
        engine = create_engine(url, _initialize=False, **options)
        engine.dialect = engine.pool._dialect = model.dialect
        engine._compiled_cache = model._compiled_cache
        return engine

    return create
