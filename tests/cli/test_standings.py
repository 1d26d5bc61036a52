"""How far a report is and who may read it: said once, printed everywhere, frozen when final."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import CODE, Terminal


def test_a_report_goes_from_draft_to_presented_to_final(office: Terminal) -> None:
    said = office.says("report", "status", CODE)
    assert said.startswith(f"{CODE}: version 1, draft.\nReaders outside the office get no report")
    office.says("report", "status", CODE, "presented", "--for", "members")
    said = office.says("report", CODE, "--audience", "rtc")
    assert "For Members. As presented. Version 1." in said
    again = office.data("report", "status", CODE, "presented")
    assert again["changed"] is False
    assert set(again) == {"scope", "standing", "waves", "changed"}
    office.says("report", "status", CODE, "final")
    said = office.says("report", CODE, "--audience", "rtc")
    assert "For Members. Final. Version 1." in said
    assert "This version is final" in said


def test_readers_outside_the_office_get_no_draft(office: Terminal) -> None:
    for audience in ("rtc", "newsletter", "member:TO", "donor:CCF/China", "good_practice"):
        said = office.refuses("report", CODE, "--audience", audience)
        assert f"`followup report status {CODE} presented`" in said
    office.says("report", "status", CODE, "presented")
    office.says("report", CODE, "--audience", "donor:CCF/China")
    # The report on all workshops of the donor is another one.
    said = office.refuses("report", "--audience", "donor:CCF/China")
    assert "`followup report status donor:CCF/China presented`" in said


def test_a_final_report_keeps_its_files_until_a_new_version_is_begun(office: Terminal) -> None:
    office.says("report", "status", CODE, "final")
    stored = office.data("report", CODE, "--audience", "rtc")
    office.write("more.csv", "name,administration\nDee Mau,WS\n")
    office.says("participants", "import", CODE, "more.csv")
    assert office.data("report", CODE, "--audience", "rtc") == stored
    assert "3 participants" in stored["subtitle"]
    assert stored["method"][0].startswith("This version is final")
    assert "4 participants" in office.data("report", CODE)["subtitle"]
    said = office.refuses("report", "status", CODE, "presented")
    assert "begins version 2" in said
    assert "version 2, draft" in office.says("report", "status", CODE, "draft")
    office.says("report", "status", CODE, "presented")
    newer = office.data("report", CODE, "--audience", "rtc")
    assert newer["footer"].endswith("As presented. Version 2.")


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "txt"])
def test_the_status_stands_in_every_form(office: Terminal, form: str) -> None:
    office.says("report", "status", CODE, "presented")
    made = f"report.{form}"
    office.says("report", CODE, "--audience", "rtc", "--format", form, "--out", made)
    assert "As presented. Version 1." in feet(office.folder / made)


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "txt"])
def test_a_copy_of_the_office_says_that_it_is_no_version(office: Terminal, form: str) -> None:
    office.says("report", "status", CODE, "presented")
    said = office.says("report", CODE, "--format", form, "--out", f"report.{form}")
    assert said.endswith(
        "It is CONFIDENTIAL, for the office alone, and its name does not say so.\n"
    )
    text = feet(office.folder / f"report.{form}")
    assert "Working copy." in text
    assert "As presented" not in text
    name = f"confidential.{form}"
    said = office.says("report", CODE, "--format", form, "--out", name)
    assert said == f"Written: {name}\n"


def feet(made: Path) -> str:
    """What stands at the foot of each page of a file."""
    if made.suffix == ".xlsx":
        feet = [sheet.oddFooter for sheet in load_workbook(made)]
        found = [str(foot.left.text) for foot in feet if foot and foot.left]
        assert len(set(found)) == 1
        return found[0]
    if made.suffix == ".docx":
        with zipfile.ZipFile(made) as parts:
            names = [name for name in parts.namelist() if "footer" in name]
            return "".join(parts.read(name).decode() for name in names)
    return made.read_text("utf-8")


def test_a_report_for_the_office_is_not_written_for_others(office: Terminal) -> None:
    office.says("report", "status", CODE, "presented", "--for", "rocb")
    assert "--for members" in office.refuses("report", CODE, "--audience", "rtc")
    office.says("report", "status", CODE, "presented", "--for", "members")
    office.says("report", CODE, "--audience", "rtc")
    assert "--for public" in office.refuses("report", CODE, "--audience", "newsletter")


def test_a_file_that_needs_a_name_is_given_one_that_says_for_whom_it_is(office: Terminal) -> None:
    said = office.refuses("report", CODE, "--format", "pdf")
    assert f"--out {CODE}-CONFIDENTIAL.pdf" in " ".join(said.split())
    said = office.refuses("report", "--audience", "donor:CCF/China,fr", "--format", "docx")
    assert "all-donor-CCF-China-fr.docx" in " ".join(said.split())


def test_a_stored_file_is_checked_against_its_bytes_and_the_answers(office: Terminal) -> None:
    assert "nothing was handed out" in office.says("report", "verify", CODE)
    office.says("report", "status", CODE, "presented")
    office.says("report", CODE, "--audience", "rtc")
    said = office.says("report", "verify", CODE)
    assert f"version 1 presented {CODE}-rtc.json: the bytes are those that were stored" in said
    assert "the figures are the same today" in said
    with closing(sqlite3.connect(office.folder / "followup.sqlite3")) as database, database:
        database.execute("UPDATE report_files SET content = x'7b7d' WHERE form = 'txt'")
    said = office.type("report", "verify", CODE, "--json").out
    found = {one["form"]: one for one in json.loads(said)}
    assert [found[form]["intact"] for form in ("json", "txt")] == [True, False]
    checked = office.type("report", "verify", CODE)
    assert checked.code == 2
    assert "the bytes were ALTERED" in checked.out
    assert "was altered" in office.refuses("report", CODE, "--audience", "rtc")


def test_what_is_no_report_and_no_status_is_named(office: Terminal) -> None:
    assert "NOWHERE" in office.refuses("report", "status", "NOWHERE", "final")
    assert "draft, presented, final" in office.refuses("report", "status", CODE, "ready")
    said = office.refuses("report", "status", CODE, "final", "--for", "all")
    assert "rocb, members, public" in said
    office.says("report", "status", "FY2017", "final")
    assert office.data("report", "--fiscal-year", "2017")["footer"].endswith("Final. Version 1.")
