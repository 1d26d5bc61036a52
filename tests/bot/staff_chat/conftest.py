"""Files that staff send are read in forks, because each test sends some."""

import pytest

from tests.forked import forking


@pytest.fixture(autouse=True)
def _forks(monkeypatch: pytest.MonkeyPatch) -> None:
    forking(monkeypatch)
