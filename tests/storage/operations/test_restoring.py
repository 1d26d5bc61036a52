"""A restore leaves a whole database at every moment, and nothing of the old one in the new one."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Conflict, Database
from storage.operations.upgrading import prepare
from surveys.problems import BadInput
from tests.disks import small_disk
from tests.patience import PATIENCE
from tests.places import ROOT
from tests.storage.operations.killing import NAME, NOW, mark_of, put, put_back


def test_killed_at_any_step_there_is_a_whole_database_and_it_can_be_restored_again(
    tmp_path: Path,
) -> None:
    # Seconds: a process reads the program, then restores about fifty times.
    words = [sys.executable, "-m", "tests.storage.operations.killing", str(tmp_path)]
    done = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, timeout=2 * PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(kills) > 10
    assert {mark for _, mark, _, _ in kills} == {"present", "copy"}
    for there, _, after, left in kills:
        assert there
        assert after == "copy"
        assert set(left) == {"sqlite3", "copy", "replaced"}


def test_the_log_of_a_lost_database_is_not_applied_to_the_restored_one(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / NAME).unlink()
    assert (tmp_path / f"{NAME}-wal").stat().st_size
    put_back(tmp_path)
    assert mark_of(tmp_path / NAME) == "copy"


def test_no_empty_database_is_made_beside_what_a_restore_has_left(tmp_path: Path) -> None:
    put(tmp_path)
    put_back(tmp_path)
    (kept,) = tmp_path.glob("*.replaced")
    (tmp_path / NAME).unlink()
    database = Database(f"sqlite:///{tmp_path / NAME}")
    with pytest.raises(Conflict, match=f"followup restore {kept}"):
        prepare(database, NOW)
    assert not (tmp_path / NAME).exists()
    kept.rename(tmp_path / f"{NAME}.restoring")
    (tmp_path / NAME).touch()
    with pytest.raises(Conflict, match="followup restore COPY"):
        prepare(database, NOW)
    database.close()
    put_back(tmp_path)
    assert mark_of(tmp_path / NAME) == "copy"


def test_without_room_nothing_is_changed_and_that_is_said(tmp_path: Path) -> None:
    put(tmp_path)
    with small_disk(20_000), pytest.raises(BadInput, match="Nothing was changed"):
        put_back(tmp_path)
    assert mark_of(tmp_path / NAME) == "present"
    assert not list(tmp_path.glob("*.re*"))


def test_what_an_interrupted_restore_has_left_is_no_copy(tmp_path: Path) -> None:
    put(tmp_path)
    shutil.copyfile(tmp_path / "copy", tmp_path / f"{NAME}.restoring")
    (tmp_path / "copy").unlink()
    (tmp_path / "copy").symlink_to(tmp_path / f"{NAME}.restoring")
    with pytest.raises(BadInput, match="interrupted restore"):
        put_back(tmp_path)
    assert (tmp_path / f"{NAME}.restoring").exists()


def test_two_restores_of_one_second_keep_both_databases(tmp_path: Path) -> None:
    put(tmp_path)
    put_back(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as file:
        file.execute("UPDATE marks SET mark = 'later'")
        file.commit()
    put_back(tmp_path)
    assert sorted(map(mark_of, tmp_path.glob("*.replaced"))) == ["later", "present"]


def test_where_a_disk_has_no_links_the_old_database_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    put(tmp_path)
    monkeypatch.setattr(os, "link", no_links)
    put_back(tmp_path)
    (kept,) = tmp_path.glob("*.replaced")
    assert (mark_of(kept), mark_of(tmp_path / NAME)) == ("present", "copy")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_last_step_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    put(tmp_path)
    with monkeypatch.context() as broken, pytest.raises(OSError, match="Input/output"):
        broken.setattr(os, "replace", fails)
        put_back(tmp_path)
    assert mark_of(tmp_path / NAME) == "present"
    assert not list(tmp_path.glob("*.re*"))
