"""A full disk in the command line: a sentence, no traceback, no empty file, nothing half done."""

from tests.cli.conftest import CODE, Terminal, held_open
from tests.disks import small_disk


def test_an_erasure_without_room_to_rewrite_the_file_is_done_and_says_what_is_left(
    office: Terminal,
) -> None:
    people = office.data("participants", "list", CODE)
    ada = next(one["participant"] for one in people if one["name"] == "Ada Vea")
    with held_open(office), small_disk(300_000):
        said = office.type("participant", "erase", ada, "--yes")
    assert said.code == 2
    assert said.out.startswith(f"{ada} is erased.")
    assert "may still be found in the file of the database" in said.out
    assert "Check `database`" not in said.out + said.err
    assert "was erased on" in office.refuses("participant", "erase", ada, "--yes")
    # And it is done again when there is room.
    assert "may still" not in office.says("retention")
    assert b"Ada Vea" not in (office.folder / "followup.sqlite3").read_bytes()


def test_retention_without_room_says_what_it_has_deleted(office: Terminal) -> None:
    with held_open(office), small_disk(300_000):
        said = office.type("retention")
    assert said.code == 2
    assert said.out.startswith("Deleted: ")
    assert "Make room on the disk and in the folder for temporary files" in said.out
    assert said.err == ""


def test_what_cannot_be_stored_is_said_and_changes_nothing(office: Terminal) -> None:
    with held_open(office), small_disk(5_000):
        refused = office.refuses("workshop", "cancel", CODE)
    assert refused.startswith("The database cannot be written: the disk may be full.")
    assert "cancelled" not in office.says("workshop", "show", CODE)


def test_a_copy_without_room_leaves_no_file(office: Terminal) -> None:
    with held_open(office), small_disk(100_000):
        refused = office.refuses("backup", "copy.sqlite3")
    assert "copy.sqlite3: The file cannot be written" in refused
    assert "The file cannot be written" in office.refuses("backup", "nowhere/copy.sqlite3")
    names = {one.name for one in office.folder.iterdir()}
    assert names <= {"followup.sqlite3", "followup.sqlite3-wal", "followup.sqlite3-shm"}


def test_a_database_that_a_restore_has_left_is_named_and_no_empty_one_is_made(
    in_use: Terminal,
) -> None:
    office = in_use
    office.says("backup", "copy.sqlite3")
    office.says("restore", "copy.sqlite3")
    (kept,) = office.folder.glob("*.replaced")
    (office.folder / "followup.sqlite3").unlink()
    refused = office.refuses("workshop", "list")
    assert f"`followup restore {kept.name}`" in refused
    assert kept.name in office.type("doctor").out
    assert not (office.folder / "followup.sqlite3").exists()
    office.says("restore", kept.name)
    assert CODE in office.says("workshop", "list")
