"""Files that the office has seen of anchors: kept outside the database, opened with a trace, removed."""

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import CODE, Terminal
from tests.cli.test_anchors import stored, told
from tests.shown_files import PDF, picture, word

WHO = ("--by", "P. Officer", "--how", "Order 7 seen")


@pytest.fixture
def case(office: Terminal) -> str:
    return stored(office, told)


def kept(office: Terminal) -> list[Path]:
    """The files in the folder beside the database."""
    folder = office.folder / "followup.sqlite3.files"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def add(office: Terminal, case: str, content: bytes = PDF, name: str = "Adas order.pdf") -> str:
    path = office.write(name, content)
    return office.says("evidence", "add", case, "procedure", str(path), *WHO)


def grade(office: Terminal) -> str:
    found = office.data("anchor", "list", CODE)
    return str(next(one["grade"] for one in found if one["anchor"] == "procedure"))


def test_a_claim_is_confirmed_with_a_file_that_is_kept_under_a_random_name(
    office: Terminal, case: str
) -> None:
    said = add(office, case)
    assert grade(office) == "document seen"
    (file,) = kept(office)
    assert file.read_bytes() == PDF
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert "order" not in file.name
    assert "is kept for procedure" in said
    (one,) = office.data("evidence", "list", CODE)
    assert (one["kind"], one["size"], one["item"]) == ("pdf", len(PDF), "procedure")
    assert "already" in add(office, case, name="again.docx")
    assert kept(office) == [file]


def test_the_undo_of_a_file_removes_it_and_the_verification_that_came_with_it(
    office: Terminal, case: str
) -> None:
    said = add(office, case)
    command = said.partition("Undo: `followup ")[2].partition("`")[0]
    assert "cannot be brought back" in office.type("evidence", "remove", "1").out
    assert "seen by nobody" in office.says(*shlex.split(command))
    assert kept(office) == []
    assert grade(office) == "described"
    assert office.data("evidence", "list", CODE) == []


def test_a_verification_of_before_stays_when_its_file_goes_and_ends_only_without_files(
    office: Terminal, case: str
) -> None:
    office.says("anchor", "verify", case, "procedure", *WHO)
    add(office, case)
    add(office, case, word())
    office.says("evidence", "remove", "1", "--yes")
    assert grade(office) == "document seen"
    assert len(kept(office)) == 1
    back = ("anchor", "unverify", case, "procedure", "--by", "Head")
    assert "Files are kept for procedure of case 1: 2." in office.refuses(*back)
    office.says("evidence", "remove", "2", "--yes")
    assert kept(office) == []
    assert office.data(*back)["changed"] is True


def test_what_is_opened_is_written_where_it_is_asked_for_and_stands_in_the_audit_log(
    office: Terminal, case: str
) -> None:
    add(office, case)
    office.says("evidence", "open", "1", "--to", str(office.folder / "out.pdf"))
    assert (office.folder / "out.pdf").read_bytes() == PDF
    log = office.says("audit")
    for act in ("file of an anchor added", "file opened", "anchor verified"):
        assert act in log
    assert "Adas order" not in log


def test_a_file_that_was_changed_in_its_folder_is_not_given(office: Terminal, case: str) -> None:
    add(office, case)
    (file,) = kept(office)
    file.write_bytes(b"%PDF-something else")
    out = office.folder / "out.pdf"
    assert "as it was added" in office.refuses("evidence", "open", "1", "--to", str(out))
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ a program", "none of PDF"),
        (b"", "is empty"),
        (word(("word/vbaProject.bin", "x")), "macros"),
        (picture("PNG")[:40], "to its end"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing(
    office: Terminal, case: str, content: bytes, says: str
) -> None:
    path = str(office.write("order.pdf", content))
    assert says in office.refuses("evidence", "add", case, "procedure", path, *WHO)
    assert kept(office) == []
    assert grade(office) == "described"


def test_a_claim_that_nobody_made_keeps_no_file(office: Terminal, case: str) -> None:
    path = str(office.write("order.pdf", PDF))
    assert "reports no anchor" in office.refuses("evidence", "add", case, "budget", path, *WHO)
    assert kept(office) == []


def test_a_person_who_is_erased_takes_the_files_along(office: Terminal, case: str) -> None:
    add(office, case)
    (ada,) = (one for one in office.data("participants", "list", CODE) if "Ada" in one["name"])
    office.says("participant", "erase", ada["participant"], "--keep-answers", "--yes")
    assert kept(office) == []
    assert office.data("evidence", "list", CODE) == []


@pytest.mark.usefixtures("in_use")
def test_copies_take_the_files_along_and_a_restore_brings_them_back(
    office: Terminal, case: str
) -> None:
    add(office, case)
    (file,) = kept(office)
    said = office.says("backup", "copy.sqlite3")
    assert "copy.sqlite3.files with 1 file" in said
    office.says("evidence", "remove", "1", "--yes")
    assert kept(office) == []
    assert "1 file outside the database came back too" in office.says("restore", "copy.sqlite3")
    assert kept(office) == [file]
    assert "exists already" in office.refuses("backup", "copy.sqlite3")


@pytest.mark.usefixtures("in_use")
def test_a_restore_removes_the_files_of_who_was_erased_since(office: Terminal, case: str) -> None:
    add(office, case)
    office.says("backup", "copy.sqlite3")
    (ada,) = (one for one in office.data("participants", "list", CODE) if "Ada" in one["name"])
    office.says("participant", "erase", ada["participant"], "--yes")
    office.says("restore", "copy.sqlite3")
    assert kept(office) == []


@pytest.mark.usefixtures("in_use")
def test_a_restore_that_was_a_mistake_is_undone_with_the_files(
    office: Terminal, case: str
) -> None:
    """Files that the copy does not know are removed from the folder a day after it was put back."""
    office.says("backup", "copy.sqlite3")
    add(office, case)
    (file,) = kept(office)
    office.says("restore", "copy.sqlite3")
    file.unlink()
    (before,) = office.folder.glob("*.replaced")
    assert "1 file outside the database came back too" in office.says("restore", before.name)
    assert kept(office) == [file]


@pytest.mark.usefixtures("in_use")
def test_files_that_are_missing_after_a_restore_are_counted(office: Terminal, case: str) -> None:
    add(office, case)
    (file,) = kept(office)
    office.says("backup", "copy.sqlite3")
    for one in (file, office.folder / "copy.sqlite3.files" / file.name):
        one.unlink()
    assert "1 file that the database names cannot be found" in office.says(
        "restore", "copy.sqlite3"
    )
    assert "1 file of 1 cannot be found" in office.type("doctor").out
