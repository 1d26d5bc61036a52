"""A copy of a database appears when it is whole and checked, or not at all."""

import errno
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database, Ended
from storage.operations.copying import backup, check_integrity, looks_whole
from storage.operations.heartbeats import record_heartbeat
from storage.operations.upgrading import prepare
from tests.disks import small_disk

NOW = datetime(2018, 2, 9, 12, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Database:
    """A database that is in use."""
    database = Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}")
    prepare(database, NOW)
    database.close()
    return database


def copies_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("followup."))


def test_a_copy_is_whole_and_private(office: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert backup(office, copy) == copy
    assert looks_whole(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copies_in(tmp_path) == ["copy.sqlite3"]


def test_without_room_there_is_no_copy_and_the_one_before_stays(
    office: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(office, copy)
    before = copy.read_bytes()
    with small_disk(20_000), pytest.raises(OSError, match="error"):
        backup(office, copy)
    assert copy.read_bytes() == before
    assert copies_in(tmp_path) == ["copy.sqlite3"]


def fill(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("CREATE TABLE filler (content)")
        file.execute(statement)


def test_a_copy_in_steps_is_one_snapshot_while_others_write(
    office: Database, tmp_path: Path
) -> None:
    fill(tmp_path / "followup.sqlite3", "INSERT INTO filler VALUES (zeroblob(30000000))")
    steps: list[str] = []

    def others_write() -> None:
        steps.append(f"step {len(steps)}")
        office.run(record_heartbeat, steps[-1], NOW)

    backup(office, tmp_path / "copy.sqlite3", others_write)
    assert 3 < len(steps) < 10
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM heartbeats").fetchone() == (0,)


def test_a_copy_that_ends_between_two_steps_leaves_nothing(
    office: Database, tmp_path: Path
) -> None:
    fill(tmp_path / "followup.sqlite3", "INSERT INTO filler VALUES (zeroblob(30000000))")
    steps = iter([True, False])

    def ends() -> None:
        if not next(steps):
            raise Ended

    with pytest.raises(Ended):
        backup(office, tmp_path / "copy.sqlite3", ends)
    assert copies_in(tmp_path) == []


def test_the_check_of_a_copy_ends_within_its_one_statement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.operations.copying.SECONDS_BETWEEN", 0.001)
    numbers = "WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
    fill(tmp_path / "copy.sqlite3", f"{numbers} INSERT INTO filler SELECT i FROM n")

    def ends() -> None:
        raise Ended

    check_integrity(tmp_path / "copy.sqlite3")
    with pytest.raises(Ended):
        check_integrity(tmp_path / "copy.sqlite3", ends)


def test_a_damaged_database_gives_no_copy(office: Database, tmp_path: Path) -> None:
    path = tmp_path / "followup.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        (page,) = file.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'cases'"
        ).fetchone()
    with path.open("r+b") as content:
        content.seek((page - 1) * 4096)
        content.write(b"\xff" * 4096)
    with pytest.raises(OSError, match="damaged") as refused:
        backup(office, tmp_path / "copy.sqlite3")
    assert refused.value.errno == errno.EBADMSG
    assert copies_in(tmp_path) == []


def test_only_a_whole_database_of_this_program_looks_whole(
    office: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(office, copy)
    content = copy.read_bytes()
    other = tmp_path / "other?.sqlite3"
    with closing(sqlite3.connect(other)) as file:
        file.execute("CREATE TABLE notes (text)")
    cases = {
        "empty": b"",
        "half": content[: len(content) // 2],
        "short": content[:-1],
        "text": b"x",
    }
    for name, part in cases.items():
        (tmp_path / name).write_bytes(part)
        assert not looks_whole(tmp_path / name), name
    assert not looks_whole(other)
    assert not looks_whole(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    assert looks_whole(copy)
