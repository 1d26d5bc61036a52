"""How far a report is and who may read it: said once, printed everywhere, frozen when final."""

import zipfile

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import CODE, Terminal


def test_a_report_goes_from_draft_to_presented_to_final(office: Terminal) -> None:
    assert office.says("report", "status", CODE) == f"{CODE}: version 1, draft.\n"
    office.says("report", "status", CODE, "presented", "--for", "members")
    assert "As presented. Version 1." in office.says("report", CODE)
    said = office.says("report", CODE, "--audience", "rtc")
    assert "For Members. As presented. Version 1." in said
    assert office.data("report", "status", CODE, "presented")["changed"] is False
    assert set(office.data("report", "status", CODE)) == {"scope", "standing", "changed"}
    # The report on all workshops is another one.
    assert "Draft." in office.says("report")


def test_a_final_report_keeps_its_figures_until_a_new_version_is_begun(office: Terminal) -> None:
    office.says("report", "status", CODE, "final")
    frozen = office.data("report", CODE)
    office.write("more.csv", "name,administration\nDee Mau,WS\n")
    office.says("participants", "import", CODE, "more.csv")
    again = office.data("report", CODE)
    assert again == frozen
    assert "3 participants" in again["subtitle"]
    assert again["method"][0].startswith("This version is final")
    assert "deleted since" in again["method"][1]
    said = office.refuses("report", "status", CODE, "presented")
    assert "begins version 2" in said
    office.says("report", "status", CODE, "draft")
    newer = office.data("report", CODE)
    assert "4 participants" in newer["subtitle"]
    assert newer["footer"].endswith("Draft. Version 2.")


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "txt", "newsletter"])
def test_the_status_stands_in_every_form(office: Terminal, form: str) -> None:
    office.says("report", "status", CODE, "presented")
    office.says("report", CODE, "--format", form, "--out", f"report.{form}")
    made = office.folder / f"report.{form}"
    if form == "xlsx":
        feet = [sheet.oddFooter.left.text for sheet in load_workbook(made)]
        assert all("As presented. Version 1." in foot for foot in feet)
        return
    if form == "docx":
        with zipfile.ZipFile(made) as parts:
            names = [name for name in parts.namelist() if "footer" in name]
            text = "".join(parts.read(name).decode() for name in names)
    else:
        text = made.read_text("utf-8")
    assert "As presented. Version 1." in text


def test_a_report_for_the_office_is_not_written_for_others(office: Terminal) -> None:
    office.says("report", "status", CODE, "draft", "--for", "rocb")
    assert "--for members" in office.refuses("report", CODE, "--audience", "rtc")
    office.says("report", "status", CODE, "draft", "--for", "members")
    office.says("report", CODE, "--audience", "rtc")
    assert "--for public" in office.refuses("report", CODE, "--audience", "newsletter")


def test_what_is_no_report_and_no_status_is_named(office: Terminal) -> None:
    assert "NOWHERE" in office.refuses("report", "status", "NOWHERE", "final")
    assert "draft, presented, final" in office.refuses("report", "status", CODE, "ready")
    said = office.refuses("report", "status", CODE, "final", "--for", "all")
    assert "rocb, members, public" in said
    office.says("report", "status", "FY2017", "final")
    assert office.data("report", "--fiscal-year", "2017")["footer"].endswith("Final. Version 1.")
