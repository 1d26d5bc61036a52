"""A stage for each test, and the option that rewrites transcripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.office.staff import StaffRole
from tests.bot.pseudo_stage import PseudoStage
from tests.bot.stage import Stage, copied, shared_template
from tests.pseudo import pseudo_language
from tests.shared import made_once

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


@pytest.fixture(scope="session")
def staffed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same database with the staff in it, made once for all workers of a run."""
    name = "office.sqlite3"

    def make(folder: Path) -> None:
        Stage(copied(template, folder / name), STAFF).close()

    return made_once(tmp_path_factory, "staffed-stage", make) / name


@pytest.fixture
def stage(staffed: Path, tmp_path: Path) -> Iterator[Stage]:
    """The application before the workshop in Suva, without participants."""
    stage = Stage(copied(staffed, tmp_path / "office.sqlite3"), STAFF, employed=True)
    yield stage
    stage.close()


@pytest.fixture(scope="module")
def pseudo_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The packaged content in the pseudo-language, while its catalogues are in place."""
    folder = tmp_path_factory.mktemp("pseudo")
    with pseudo_language(folder):
        stage = PseudoStage(copied(template, folder / "office.sqlite3"), {})
        stage.publish_packaged()
        stage.close()
        yield folder / "office.sqlite3"


@pytest.fixture
def pseudo_stage(pseudo_template: Path, tmp_path: Path) -> Iterator[PseudoStage]:
    stage = PseudoStage(copied(pseudo_template, tmp_path / "office.sqlite3"), STAFF)
    yield stage
    stage.close()
