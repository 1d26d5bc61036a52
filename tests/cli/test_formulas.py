"""Names that a spreadsheet would run as a formula: shown as text, and read back as they were."""

import csv
from io import StringIO

import pytest

from tests.cli.conftest import CODE, Terminal

NAMES = ("=Eve", "+Ada", "-Ben", "@Chi", "'Ofa", "Dee")


@pytest.fixture
def named(office: Terminal) -> Terminal:
    """An office with a workshop of people with such names."""
    rows = "".join(f"{name},FJ\n" for name in NAMES)
    office.write("names.csv", f"name,administration\n{rows}")
    office.says("participants", "import", "CYBER-2017", "names.csv")
    return office


def names_in(office: Terminal, file: str) -> set[str]:
    text = (office.folder / file).read_text("utf-8-sig")
    return {row["name"] for row in csv.DictReader(StringIO(text))}


def test_a_sheet_of_codes_shows_names_that_look_like_formulas(named: Terminal) -> None:
    named.says("participants", "codes", "CYBER-2017", "--out", "codes.csv")
    assert names_in(named, "codes.csv") == {"'=Eve", "'+Ada", "'-Ben", "'@Chi", "'Ofa", "Dee"}


def test_a_raw_sheet_of_codes_has_the_names_as_they_are(named: Terminal) -> None:
    named.says("participants", "codes", "CYBER-2017", "--out", "codes.csv", "--raw")
    assert names_in(named, "codes.csv") == set(NAMES)


def test_an_import_of_such_a_sheet_reads_the_names_as_they_were(named: Terminal) -> None:
    named.says("participants", "codes", "CYBER-2017", "--out", "codes.csv")
    here = f"the list is for={CODE}"
    same = "known people=all the same"
    named.says("participants", "import", CODE, "codes.csv", "--answer", here, "--answer", same)
    people = {one["name"] for one in named.data("participants", "list", CODE)}
    assert set(NAMES) <= people


def test_the_same_names_in_the_same_workshop_are_the_same_people(named: Terminal) -> None:
    named.says("participants", "codes", "CYBER-2017", "--out", "codes.csv")
    said = named.says("participants", "import", "CYBER-2017", "codes.csv")
    assert f"{len(NAMES)} as before" in said


@pytest.mark.parametrize("command", [("export",), ("participants", "codes")])
def test_the_help_says_what_raw_is_for(terminal: Terminal, command: tuple[str, ...]) -> None:
    assert "for programs" in " ".join(terminal.says(*command, "--help").split())
