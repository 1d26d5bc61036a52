"""Codes are the same when they are shown again; new ones are written before earlier ones end."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from storage.database import Database
from storage.office.staff import member_with_secret
from storage.people.codes import find_code
from storage.people.links import find_link
from storage.people.room_codes import room_with
from tests.cli.conftest import CODE, Terminal, held_open
from tests.disks import small_disk
from tests.patience import PATIENCE

NOT_STORED = "What is shown above does not work: nothing was changed."
PAGE = "web: {public_url: 'https://followup.example.org'}\n"


RENEW = ("--renew", "--yes")


def codes(office: Terminal, *how: str) -> dict[str, str]:
    """The codes of everybody by name."""
    given = office.data("participants", "codes", CODE, *how)
    return {one["name"]: one["code"] for one in given}


def person(office: Terminal, name: str) -> str:
    people = office.data("participants", "list", CODE)
    return str(next(one["participant"] for one in people if one["name"] == name))


def working(office: Terminal, given: Sequence[str]) -> list[bool]:
    """Whether each of some codes would be taken."""
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    found = [database.run(find_code, one) for one in given]
    database.close()
    return [one is not None and not one.revoked for one in found]


def test_codes_that_cannot_be_written_end_no_earlier_ones(office: Terminal) -> None:
    before = list(codes(office).values())
    (office.folder / "folder.csv").mkdir()
    for name in ("nowhere/codes.csv", "nowhere/codes.pdf", "folder.csv"):
        refused = office.refuses("participants", "codes", CODE, "--out", name, *RENEW)
        assert "The file cannot be written" in refused
    assert working(office, before) == [True, True, True]
    office.says("participants", "codes", CODE, "--out", "codes.csv")
    assert working(office, before) == [True, True, True]
    said = office.says("participants", "codes", CODE, "--out", "codes.csv", *RENEW)
    assert said.endswith("3 earlier codes of these people will not work any more.\n")
    assert working(office, before) == [False, False, False]
    assert (office.folder / "codes.csv").stat().st_mode & 0o777 == 0o600


def typed_into(office: Terminal, output: int, *words: str) -> tuple[int, str]:
    """The exit code of a command with this output, and what it says about it."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=office.folder,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done.returncode, done.stderr


def test_codes_that_cannot_be_shown_are_not_stored(office: Terminal) -> None:
    # Seconds: these are whole processes, because the output of a process is what fails.
    office.write("config.yaml", PAGE)
    before = list(codes(office).values())
    ada = person(office, "Ada Vea")
    link = office.data("participants", "link", CODE, ada)["link"].rpartition("/")[2]
    room = office.data("workshop", "room", CODE, "--on", "2099-01-01")["code"]
    staff = len(office.data("staff", "list"))
    for words in (
        ("participants", "codes", CODE, *RENEW),
        ("participants", "link", CODE, ada),
        ("workshop", "room", CODE, "--on", "2099-01-01"),
        ("staff", "add", "manager"),
    ):
        with Path("/dev/full").open("wb") as full:
            code, said = typed_into(office, full.fileno(), *words)
        assert code == 2
        assert "The result cannot be written: No space left on device." in said, words
    reader, writer = os.pipe()
    os.close(reader)
    code, said = typed_into(office, writer, "participants", "codes", CODE, *RENEW)
    os.close(writer)
    assert (code, said.splitlines()[-1]) == (1, NOT_STORED)
    assert working(office, before) == [True, True, True]
    assert len(office.data("staff", "list")) == staff
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    kept = database.run(find_link, link)
    assert kept is not None
    assert kept.revoked_at is None
    assert database.run(room_with, room, datetime(2099, 1, 1, tzinfo=UTC)) is not None
    database.close()


def test_codes_that_were_shown_and_could_not_be_stored_are_taken_back(office: Terminal) -> None:
    before = list(codes(office).values())
    with held_open(office), small_disk(5_000):  # room for one page in the log of SQLite
        said = office.type("participants", "codes", CODE, *RENEW)
    assert said.code == 2
    assert "Ada Vea" in said.out
    assert NOT_STORED in said.err
    assert working(office, before) == [True, True, True]


def test_one_person_gets_a_new_code_and_the_others_keep_theirs(office: Terminal) -> None:
    before = codes(office)
    ada = person(office, "Ada Vea")
    (given,) = office.data("participants", "codes", CODE, "--person", ada.lower(), *RENEW)
    assert given["participant"] == ada
    assert working(office, [given["code"], before["Ada Vea"]]) == [True, False]
    assert working(office, [before["Ben Qalo"], before["Chi Lan"]]) == [True, True]
    refused = office.refuses("participants", "codes", CODE, "--person", "P-NOBODY")
    assert f"P-NOBODY is not enrolled in {CODE}" in refused
    office.says("participant", "relink", ada, "telegram:12345")
    refused = office.refuses("participants", "codes", CODE, "--person", ada)
    assert "has joined already" in refused


def test_a_handover_whose_code_nobody_saw_says_how_to_make_another(office: Terminal) -> None:
    office.write("more.csv", "name,administration,role\nEli Kau,WS,contact_point\n")
    office.says("participants", "import", CODE, "more.csv")
    eli = person(office, "Eli Kau")
    lost = office.data("participant", "handover", eli, "--name", "Leo Tau")
    refused = office.refuses("participant", "handover", eli, "--name", "Leo Tau")
    command = refused.split("`")[1].split()[1:]
    assert command == ["participants", "codes", CODE, "--person", lost["successor"], "--renew"]
    (given,) = office.data(*command, "--yes")
    assert working(office, [given["code"], lost["secret"]]) == [True, False]


def test_a_member_of_staff_who_lost_the_code_gets_another(office: Terminal) -> None:
    added = office.data("staff", "add", "organiser", "--name", "Ana")
    again = office.data("staff", "code", added["code"])
    assert again["code"] == added["code"]
    assert again["valid_until"] >= added["valid_until"]
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    assert database.run(member_with_secret, added["secret"]) is None
    assert database.run(member_with_secret, again["secret"]) is not None
    database.close()
    office.says("staff", "remove", added["code"])
    assert "was removed" in office.refuses("staff", "code", added["code"])


def test_a_report_that_cannot_be_written_leaves_the_one_before(office: Terminal) -> None:
    words = ("report", CODE, "--format", "pdf")
    office.says(*words, "--out", "kept")
    kept = office.folder / "kept"
    before = kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    files = {one.name for one in office.folder.iterdir()}
    with held_open(office), small_disk(len(before) - 1):
        refused = office.refuses(*words, "--out", "kept")
    assert "cannot be written" in refused
    assert kept.read_bytes() == before
    assert {one.name for one in office.folder.iterdir()} == files


def test_codes_are_the_same_when_they_are_printed_again(office: Terminal) -> None:
    office.write("config.yaml", PAGE)
    first = office.data("participants", "codes", CODE)
    assert office.data("participants", "codes", CODE) == first
    assert (office.folder / "followup-codes.key").stat().st_mode & 0o777 == 0o600
    office.write("more.csv", "name,administration\nEli Kau,WS\n")
    office.says("participants", "import", CODE, "more.csv")
    again = office.data("participants", "codes", CODE)
    assert [one for one in again if one["name"] != "Eli Kau"] == first
    office.patch.setattr(sys, "stdin", io.StringIO("n\n"))
    asked = office.type("participants", "codes", CODE, "--renew")
    assert "4 unused codes will not work any more, on paper too. Go on?" in asked.err
    assert asked.code != 0
    assert office.data("participants", "codes", CODE) == again
    renewed = office.data("participants", "codes", CODE, *RENEW)
    both = {one["code"] for one in again} & {one["code"] for one in renewed}
    pages = {one["page"] for one in again} & {one["page"] for one in renewed}
    assert (both, pages) == (set(), set())


def test_a_code_without_its_key_stays_and_is_named(office: Terminal) -> None:
    before = list(codes(office).values())
    (office.folder / "followup-codes.key").unlink()
    said = office.says("participants", "codes", CODE)
    ada = person(office, "Ada Vea")
    assert said.startswith(f"Not on the list: 3 codes work but cannot be shown again ({ada}, ")
    assert working(office, before) == [True, True, True]
    assert list(codes(office, "--person", ada, *RENEW)) == ["Ada Vea"]
    assert working(office, before) == [False, True, True]


def test_where_the_messenger_is_blocked_the_strip_leads_to_the_page(office: Terminal) -> None:
    office.write("config.yaml", PAGE + "telegram: {bot_name: customs_followup_bot}\n")
    office.write("more.csv", "name,administration\nLi Na,CN\n")
    office.says("participants", "import", CODE, "more.csv")
    given = {one["name"]: one for one in office.data("participants", "codes", CODE)}
    assert (given["Li Na"]["blocked"], given["Ada Vea"]["blocked"]) == (True, False)
    assert given["Li Na"]["page"].startswith("https://followup.example.org/q/")


def test_a_room_code_is_printed_as_a_poster(office: Terminal) -> None:
    office.write("config.yaml", "telegram: {bot_name: customs_followup_bot}\n")
    words = ("workshop", "room", CODE, "--on", "2099-01-01", "--poster", "room.pdf")
    made = office.data(*words)
    poster = office.folder / "room.pdf"
    assert poster.read_bytes().startswith(b"%PDF")
    assert b"/Type/Pages/Count 1" in poster.read_bytes()
    assert "The file cannot be written" in office.refuses(*words[:-1], "nowhere/room.pdf")
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    assert database.run(room_with, made["code"], datetime(2099, 1, 1, tzinfo=UTC)) is not None
    database.close()


def test_a_card_for_the_projector_has_a_page_for_each_language(office: Terminal) -> None:
    made = office.data("workshop", "card", CODE, "--out", "card.pdf")
    pages = made["languages"].split(", ")
    assert pages[0] == "English"
    assert len(pages) == 7
    content = (office.folder / "card.pdf").read_bytes()
    assert b"/Type/Pages/Count 7" in content
    assert "name a .pdf file" in office.refuses("workshop", "card", CODE, "--out", "card.docx")


def test_a_member_who_was_added_by_mistake_is_taken_off_by_the_command_shown(
    office: Terminal,
) -> None:
    *_, undo = office.says("staff", "add", "manager", "--name", "Max").splitlines()
    command = undo.removeprefix("Undo: `followup ").rstrip("`")
    assert "has no access any more." in office.says(*command.split())
    assert office.data("staff", "list") == []
