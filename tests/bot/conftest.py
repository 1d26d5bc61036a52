"""Gives each test a stage of its own, and the option that writes transcripts anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.office.staff import StaffRole
from tests.bot.stage import Stage, copied, shared_template

STAFF = {
    "901": StaffRole.ORGANISER,
    "902": StaffRole.ORGANISER,
    "903": StaffRole.MANAGER,
    "904": StaffRole.ADMINISTRATOR,
}
"""Eva and Fay are organisers, Max is a manager, Ann is an administrator."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-transcripts",
        action="store_true",
        help="write the bot's side of tests/interviews/*.yaml anew",
    )


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_template(tmp_path_factory)


@pytest.fixture
def stage(template: Path, tmp_path: Path) -> Iterator[Stage]:
    """The house before the workshop in Suva, with nobody in it yet."""
    stage = Stage(copied(template, tmp_path / "house.sqlite3"), STAFF)
    yield stage
    stage.close()
