"""Copies of files outside the database: whole or none, and a file that an earlier copy has is linked."""

from pathlib import Path

import pytest

from storage.file_folder import put
from storage.operations.file_copies import (
    copy_files,
    folder_beside,
    missing_files,
    put_files_back,
    remove_copy,
)
from tests.disks import small_disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    for content in (b"one", b"two"):
        put(folder, content)
    return folder


def copy(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(b"")
    return path


def test_a_file_of_an_earlier_copy_is_linked_and_stays_when_that_copy_goes(
    folder: Path, tmp_path: Path
) -> None:
    first, second = copy(tmp_path, "1.sqlite3"), copy(tmp_path, "2.sqlite3")
    assert copy_files(folder, first) == 2
    put(folder, b"three")
    assert copy_files(folder, second, first) == 3
    links = sorted(one.stat().st_nlink for one in folder_beside(second).iterdir())
    assert links == [1, 2, 2]
    remove_copy(first)
    assert sorted(one.read_bytes() for one in folder_beside(second).iterdir()) == [
        b"one",
        b"three",
        b"two",
    ]
    assert not folder_beside(first).exists()


def test_a_full_disk_leaves_no_half_copy(folder: Path, tmp_path: Path) -> None:
    put(folder, b"x" * 5_000)
    made = copy(tmp_path, "1.sqlite3")
    before = set(tmp_path.iterdir())
    with small_disk(1_000), pytest.raises(OSError, match="File too large"):
        copy_files(folder, made)
    assert set(tmp_path.iterdir()) == before


def test_only_what_is_missing_is_put_back(folder: Path, tmp_path: Path) -> None:
    made = copy(tmp_path, "1.sqlite3")
    copy_files(folder, made)
    names = sorted(one.name for one in folder.iterdir())
    (folder / names[0]).unlink()
    assert missing_files(folder, names) == 1
    assert put_files_back(made, folder) == 1
    assert sorted(one.name for one in folder.iterdir()) == names
    assert put_files_back(made, folder) == 0


def test_without_files_there_is_no_folder(tmp_path: Path) -> None:
    made = copy(tmp_path, "1.sqlite3")
    assert copy_files(tmp_path / "none", made) == 0
    assert put_files_back(made, tmp_path / "none") == 0
    assert not folder_beside(made).exists()
