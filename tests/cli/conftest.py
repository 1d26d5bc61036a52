"""The command line as people use it: real processes for what a process shows, else in place."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import update
from typer.testing import CliRunner

from bot.cli import app, main
from bot.runtime.clock import utc_now
from storage.database import Database
from storage.operations.heartbeats import TICK, record_heartbeat
from storage.schema import enrolments, workshops
from tests.patience import PATIENCE
from tests.shared import made_once

CODE = "IPR-OC-2017"
WORKSHOPS = (files("bot.demo.samples") / "workshops_2017.csv").read_text("utf-8")
PEOPLE = "name,administration,email\nAda Vea,TO,\nBen Qalo,FJ,ben@example.org\nChi Lan,VU,\n"


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Commands set up logs of their own, which must not reach the tests after them."""
    handlers, hook = list(logging.getLogger().handlers), sys.excepthook
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers
    sys.excepthook = hook


@dataclass(frozen=True)
class Said:
    """What a command said: its result, what it said beside it, and its exit code."""

    out: str
    err: str
    code: int


@dataclass
class Terminal:
    """A folder in which commands are typed."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def write(self, name: str, content: str | bytes) -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def type(self, *words: str, lines: str = "") -> Said:
        """A command in this process, through the same door as `followup`; `lines` answer it."""
        self.capture.readouterr()
        self.patch.setattr(sys, "argv", ["followup", *words])
        if lines:
            self.patch.setattr(sys, "stdin", io.StringIO(lines))
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        captured = self.capture.readouterr()
        return Said(captured.out, captured.err, code)

    def makes_database(self) -> None:
        """An empty database, as the first `followup run` makes it."""
        self.says("check", "--offline", "--create")

    def says(self, *words: str) -> str:
        """The result of a command that must succeed."""
        said = self.type(*words)
        assert said.code == 0, said
        return said.out

    def data(self, *words: str) -> Any:
        """The result of a command as JSON."""
        return json.loads(self.says(*words, "--json"))

    def refuses(self, *words: str) -> str:
        """What a command says that must end with exit code 2 and no result."""
        said = self.type(*words)
        assert (said.code, said.out) == (2, ""), said
        assert "Traceback" not in said.err
        return said.err


@pytest.fixture
def terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """An empty folder without any configuration and without a token."""
    monkeypatch.chdir(tmp_path)
    for name in ("FOLLOWUP_TELEGRAM_TOKEN", "FOLLOWUP_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    return Terminal(tmp_path, capsys, monkeypatch)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with the workshops of 2017 and three people in one of them."""
    folder = made_once(tmp_path_factory, "filled-office", _fill)
    return (folder / "followup.sqlite3").read_bytes()


def _fill(folder: Path) -> None:
    (folder / "config.yaml").write_text("{}")
    (folder / "workshops.csv").write_text(WORKSHOPS)
    (folder / "people.csv").write_text(PEOPLE)
    config = ["-c", str(folder / "config.yaml")]
    for words in (
        ["check", "--offline", "--create"],
        ["workshop", "import", str(folder / "workshops.csv")],
        ["participants", "import", CODE, str(folder / "people.csv")],
    ):
        done = CliRunner().invoke(app, [*words, *config])
        assert done.exit_code == 0, done.output
    _came_long_ago(Database(f"sqlite:///{folder / 'followup.sqlite3'}"))


def _came_long_ago(database: Database) -> None:
    """Let calendar and list have come before the waves of 2018, so that none waits for a yes."""
    before = {"enrolled_at": datetime(2018, 4, 1, tzinfo=UTC)}
    database.run(lambda c: c.execute(update(workshops).values(planned_since=None)))
    database.run(lambda c: c.execute(update(enrolments).values(before)))
    database.close()


@contextmanager
def held_open(office: Terminal) -> Iterator[None]:
    """Keep the files there that SQLite makes when it opens a database."""
    other = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    other.read(lambda connection: connection.exec_driver_sql("SELECT 1 FROM codes").all())
    yield
    other.close()


@pytest.fixture
def office(terminal: Terminal, filled: bytes) -> Terminal:
    """A folder with workshops and people in its database."""
    terminal.write("followup.sqlite3", filled)
    return terminal


@pytest.fixture
def in_use(office: Terminal) -> Terminal:
    """An office that worked an hour ago, so that a restore has no years to catch up with."""
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    database.run(record_heartbeat, TICK, utc_now() - timedelta(hours=1))
    database.close()
    return office


Spawn = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def spawn(tmp_path: Path) -> Spawn:
    """Starts Python with these arguments in the folder, as a process of its own."""

    def start(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path,
            input=typed,
            text=True,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )

    return start
