"""The year of the demonstration, lived once in a run; each test has a database of its own."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.demo.show import DATABASE, live_a_year
from bot.demo.summary import Summary
from storage.database import Database
from tests.shared import made_once

SEED = 2017


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave time to who lives through the year, which takes about a minute."""
    item.add_marker(pytest.mark.timeout(1200))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the year has written; nobody may change it."""
    return made_once(tmp_path_factory, "year", lambda folder: live_a_year(folder, SEED))


@pytest.fixture(scope="session")
def year(folder: Path) -> Summary:
    facts = json.loads((folder / "summary.json").read_text("utf-8"))
    return Summary(**facts | {"until": datetime.fromisoformat(facts["until"])})


@pytest.fixture
def database(folder: Path, tmp_path: Path) -> Iterator[Database]:
    """A copy of the database of the year."""
    copied = shutil.copy(folder / DATABASE, tmp_path / DATABASE)
    database = Database(f"sqlite:///{copied}")
    yield database
    database.close()
