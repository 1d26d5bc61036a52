"""Files are written beside their name and put in place: whole, private, or not at all."""

import ast
import os
import stat
from pathlib import Path

import pytest

from storage.files import beside, free_name, write_file, write_new
from tests.disks import small_disk
from tests.places import ROOT

OTHER_WAYS = {
    "analysis/templates/make_report_pptx.py": "a tool of the repository",
    "bot/cli/mistakes.py": "opens the device that drops everything",
    "bot/importing/rows/place_names.py": "a tool of the repository",
    "storage/files.py": "is the way",
    "storage/operations/file_copies.py": "links files that never change, in a folder not in place yet",
    "storage/operations/process_leases.py": "keeps an empty file to lock",
    "storage/operations/restoring.py": "moves a whole database that is checked already",
    "storage/operations/upgrading.py": "creates the empty file of a new database",
    "surveys/authoring/back_translations.py": "a tool of the repository",
    "surveys/authoring/building.py": "a tool of the repository",
}
"""Where product code writes, copies or renames a file in its own way, and why."""
WRITING = {"write_bytes", "write_text", "touch", "mkstemp", "NamedTemporaryFile", "hardlink_to"}
OF_MODULES = {
    "os": {"open", "replace", "rename", "link", "fdopen"},
    "shutil": {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move"},
}


def test_a_file_is_private_and_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_text("before")
    path.chmod(0o644)
    write_file(path, b"after")
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_where_there_is_no_room_the_file_before_stays_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_file(path, b"before")
    with small_disk(1000), pytest.raises(OSError, match="File too large"):
        write_file(path, b"x" * 5000)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_while_it_is_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), beside(tmp_path / "codes.csv") as new:
        new.write_text("half")
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    link = tmp_path / "report.pdf"
    link.symlink_to(tmp_path / "shared" / "report.pdf")
    write_file(link, b"report")
    assert link.is_symlink()
    assert (tmp_path / "shared" / "report.pdf").read_bytes() == b"report"
    with pytest.raises(IsADirectoryError):
        write_file(tmp_path / "shared", b"report")
    assert {one.name for one in tmp_path.rglob("*")} == {"shared", "report.pdf"}


def test_a_pipe_gets_the_content_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_file(pipe, b"report")
    assert os.read(reader, 100) == b"report"
    os.close(reader)
    assert pipe.is_fifo()


def test_two_files_of_one_second_have_two_names_in_order(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        path = free_name(tmp_path / "followup-20180812T100000Z.sqlite3")
        path.touch()
        names.append(path.name)
    assert len(set(names)) == 3
    assert names == sorted(names)


def writes(call: ast.Call) -> bool:
    """Return whether a call writes, copies or renames a file."""
    name = call.func
    if isinstance(name, ast.Name):
        return name.id == "open" and for_writing(call.args[1:])
    if not isinstance(name, ast.Attribute):
        return False
    if isinstance(name.value, ast.Name) and name.value.id in OF_MODULES:
        return name.attr in OF_MODULES[name.value.id]
    if name.attr == "open":
        return for_writing(call.args)
    # `Path.replace` has one argument; `str.replace` has two, and the ones of dates have names.
    renames = name.attr in ("replace", "rename") and len(call.args) == 1 and not call.keywords
    return name.attr in WRITING or renames


def for_writing(modes: list[ast.expr]) -> bool:
    return any(
        isinstance(one, ast.Constant) and set(str(one.value)) & set("wax+") for one in modes
    )


def test_product_code_writes_files_in_one_way() -> None:
    found = set()
    for package in ("surveys", "storage", "analysis", "bot"):
        for path in (ROOT / package).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            if any(isinstance(node, ast.Call) and writes(node) for node in nodes):
                found.add(str(path.relative_to(ROOT)))
    assert found == set(OTHER_WAYS)


def test_a_new_file_takes_no_others_place(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    write_new(path, b"first")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
