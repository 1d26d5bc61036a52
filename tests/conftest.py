"""Databases for tests, and the order in which the tests run.

A test chooses its databases by the fixture it asks for:

- `database` (or `database_url`, `empty_url`): once on SQLite and once on PostgreSQL. For everything
  that locks, claims, merges, erases or counts: whatever SQL, or an order of writers, could decide
  differently.
- `office_database` in `tests/bot`: the same, with the administrations and packaged questionnaires.
- `sqlite_database`, and `stage` in `tests/bot`: SQLite only. For conversations, lists and rules,
  whose statements are the same on both and are tested on both elsewhere.
- `ON_SQLITE` of `tests/templates.py`: a mark that keeps `office_database` to SQLite, for stories of
  rules.
- `postgresql_url`: PostgreSQL only. For what only a server has.

Nothing has to be set up. One PostgreSQL server is shared by all workers of a run, starts when the
first test asks for it, and is gone with the last one. A test that cannot have it fails; it is
never skipped.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine

from storage.database import Database
from tests.engines import shared_engines
from tests.forked import forking
from tests.patience import PATIENCE
from tests.places import ROOT, quick_folder
from tests.postgresql import create_database, server_in
from tests.shared import made_once
from tests.templates import copied, fill_office, prepared
from tests.tools import pytest_sessionstart, pytest_unconfigure

__all__ = ["pytest_sessionstart", "pytest_unconfigure"]

LONGEST_NAME = 1000
"""Characters of a parameter that stand in the name of its test; files of megabytes do not."""
LONGEST = "tests/demo"
"""Its group begins first: it lives through the year that other tests wait for."""
LONG = "tests/demo/test_sentences.py"
"""Its reports for readers outside last for a minute or two, and it waits for the year first."""
WAITING = ("tests/process", "tests/torture")
"""What waits for started processes is spread among what only calculates, or processors would idle."""
BROWSER = "tests/browser"
"""One worker starts the browser, and runs all tests that need it."""


# A slow machine is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


# What is collected stays to the end: to look for garbage in it takes a quarter of collecting.
gc.set_threshold(50_000)


def pytest_configure() -> None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are processors: tests of processes wait for most of their time."""
    return len(os.sched_getaffinity(0)) + 2


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Read the files of all tests, each worker from another one on.

    In a fresh checkout pytest rewrites each file for its assertions, which takes as long as reading
    all of them: so each worker rewrites a part, and reads what the others have written.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if not worker or session.config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    first = int(worker) * len(files) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for file in files[first:] + files[:first]:
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def pytest_collection_finish() -> None:
    gc.freeze()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test after the length of a long value, which each worker would escape and send."""
    if not isinstance(val, str | bytes) or len(val) <= LONGEST_NAME:
        return None
    return f"{len(val)} {'bytes' if isinstance(val, bytes) else 'characters'}"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let one worker run all tests that share what is made once for their file, or a browser."""
    group = _group(item)
    if group:
        item.add_marker(pytest.mark.xdist_group(group))


@cache
def _group(item: pytest.Item) -> str:
    """Return what a test shares with others: the browser, its file, or nothing."""
    if item.nodeid.startswith(BROWSER):
        return BROWSER
    fixtures = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
    return item.location[0] if any(found[-1].scope == "module" for found in fixtures) else ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what one worker runs, and what waits evenly among it: what is short fills the end."""
    waiting = [item.nodeid for item in items if item.nodeid.startswith(WAITING)]
    groups = [*dict.fromkeys(group for item in items if (group := _group(item)))]
    groups.sort(key=lambda group: (not group.startswith(LONGEST), group != BROWSER))
    places = {name: number * len(groups) / len(waiting) for number, name in enumerate(waiting)}
    places |= {group: number for number, group in enumerate(groups)}

    def place(item: pytest.Item) -> float:
        if item.nodeid.startswith(LONG):
            return len(groups) / 4
        return places.get(item.nodeid, places.get(_group(item), len(groups)))

    items.sort(key=place)


@pytest.fixture(scope="session", autouse=True)
def _shared_engines() -> Iterator[None]:
    with shared_engines():
        yield


@pytest.fixture(scope="session", autouse=True)
def _forks() -> Iterator[None]:
    """Let files be read in forks, because hundreds of tests send some."""
    with pytest.MonkeyPatch.context() as patch:
        forking(patch)
        yield


@pytest.fixture(scope="session")
def postgresql(testrun_uid: str) -> Iterator[Engine]:
    """A PostgreSQL server of this run, as an engine on its own administrative database."""
    folder = quick_folder() / f"followup-pg-{testrun_uid[:12]}"
    with server_in(folder) as engine:
        yield engine


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated, empty database to copy from."""
    name = "template_of_tests"

    def make(_folder: Path) -> None:
        prepared(create_database(postgresql, name, "template0"))

    made_once(tmp_path_factory, name, make)
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    name = "template.sqlite3"
    folder = made_once(
        tmp_path_factory, "sqlite", lambda folder: prepared(f"sqlite:///{folder / name}")
    )
    return folder / name


@pytest.fixture(scope="session")
def office_sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the packaged administrations and questionnaires, to copy from."""
    name = "office.sqlite3"

    def make(folder: Path) -> None:
        prepared(f"sqlite:///{folder / name}", fill_office)

    return made_once(tmp_path_factory, "office-sqlite", make) / name


@pytest.fixture(scope="session")
def office_postgresql_template(
    postgresql: Engine, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a database with the packaged administrations and questionnaires."""
    name = "template_of_offices"

    def make(_folder: Path) -> None:
        prepared(create_database(postgresql, name, "template0"), fill_office)

    made_once(tmp_path_factory, name, make)
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def office_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as `database`, with the packaged administrations and questionnaires."""
    for url in _copy(request, tmp_path, "office_"):
        database = Database(url)
        yield database
        database.close()


def _copy(request: pytest.FixtureRequest, folder: Path, kind: str = "") -> Iterator[str]:
    """Yield the URL of a copy of a template, on the database that the test is run on.

    `kind` is how the names of the fixtures of the templates begin.
    """
    template = request.getfixturevalue(f"{kind}{request.param}_template")
    if request.param == "sqlite":
        yield _copied_file(template, folder)
        return
    server: Engine = request.getfixturevalue("postgresql")
    yield from copied(server, template, request.getfixturevalue("worker_id"))


def _copied_file(template: Path, folder: Path) -> str:
    path = folder / "followup.sqlite3"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table; of a file that does not exist yet for SQLite."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'followup.sqlite3'}"
        return
    server: Engine = request.getfixturevalue("postgresql")
    yield from copied(server, "template0", request.getfixturevalue("worker_id"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a migrated SQLite file with nothing in it."""
    return _copied_file(sqlite_template, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database with nothing in it, once on SQLite and once on PostgreSQL."""
    yield from _copy(request, tmp_path)


@pytest.fixture
def postgresql_url(postgresql: Engine, postgresql_template: str, worker_id: str) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database with nothing in it."""
    yield from copied(postgresql, postgresql_template, worker_id)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database with nothing in it, once on SQLite and once on PostgreSQL."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """A migrated SQLite database with nothing in it."""
    database = Database(sqlite_url)
    yield database
    database.close()


Work = Callable[[Connection], Any]


@pytest.fixture
def overlapping(database: Database) -> Callable[[Work, Work], tuple[Any, Any]]:
    """Runs a second transaction while a first one has done its work but is not committed yet.

    What the second one waits for it gets after the commit; if it waits for nothing it is done
    before. SQLite lets one writer in, so there it always waits.
    """

    def run(first: Work, second: Work) -> tuple[Any, Any]:
        with ThreadPoolExecutor(1) as other:
            begun: list[Future[Any]] = []

            def first_then_second(connection: Connection) -> Any:
                result = first(connection)
                begun.append(other.submit(database.run, second))
                wait(begun, timeout=0.4)
                return result

            done = database.run(first_then_second)
            return done, begun[0].result(timeout=PATIENCE)

    return run
