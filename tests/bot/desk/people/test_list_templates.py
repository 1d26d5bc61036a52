"""Templates of lists are read again in each language, with the choices that their cells offer."""

import io

import pytest
from openpyxl import load_workbook

from bot.desk.people.list_templates import people_template, workshop_template
from bot.desk.workshops.calendars import judge_calendar
from bot.importing.files import open_list
from bot.importing.people.found import People
from bot.importing.people.reading import read_people
from bot.importing.rows.rows import Reading
from bot.importing.rows.template_words import HEADINGS
from bot.importing.tables.reading import read_book
from storage.database import Database
from storage.people.administrations import put_administrations
from surveys.planning.administrations import packaged_administrations
from surveys.problems import BadInput
from tests.bot.importing.test_importing import NOW, OFFICE

KNOWN = packaged_administrations()


@pytest.fixture
def office(sqlite_database: Database) -> Database:
    sqlite_database.run(put_administrations, KNOWN.values())
    return sqlite_database


def filled(content: bytes, row: list[object]) -> bytes:
    """A template with a row below that of example."""
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0].append(row)
    with io.BytesIO() as file:
        book.save(file)
        return file.getvalue()


@pytest.mark.parametrize("language", HEADINGS)
def test_a_filled_template_is_read_and_its_row_of_example_is_not(
    office: Database, language: str
) -> None:
    row: list[object] = ["Ann Vea", "Tonga", "ann@example.org", language, "participant"]
    content = filled(office.read(people_template, language), [*row, "Eve Tau", "eve@example.org"])
    people = People(Reading("people.xlsx"), dict(KNOWN), {})
    read_people(read_book(content), people)
    assert people.reading.problems == ()
    assert people.questions == {}
    assert [(one.name, one.email, one.language, one.role) for one in people.listed] == [
        ("Ann Vea", "ann@example.org", language, "participant"),
        ("Eve Tau", "eve@example.org", language, "supervisor"),
    ]
    assert "row 2 is the example of the template and was skipped." in people.notes[-2]


def test_the_cells_offer_the_values_that_are_accepted(office: Database) -> None:
    book = load_workbook(io.BytesIO(office.read(people_template, "fr")))
    offers = {
        str(one.sqref): one.formula1 for one in book.worksheets[0].data_validations.dataValidation
    }
    assert list(offers) == ["B2:B500", "D2:D500", "E2:E500"]
    values = [cell.value for cell in book["values"]["B"]]
    assert offers["B2:B500"] == f"values!$B$1:$B${len(values)}"
    assert values == sorted(one.name for one in KNOWN.values())


def test_a_filled_calendar_is_read_and_its_row_of_example_is_not(office: Database) -> None:
    row: list[object] = ["Origin", "2018-03-05", "2018-03-09", "Apia", "Samoa", "", "yes"]
    given = open_list(filled(office.read(workshop_template), row), "workshops.xlsx")
    done = office.read(judge_calendar, OFFICE, given, NOW).imported
    assert [one.title for one in done.workshops] == ["Origin"]
    assert done.questions == ()
    assert any("is the example of the template" in str(one) for one in done.warnings)


def test_a_language_without_a_template_says_which_have_one(office: Database) -> None:
    with pytest.raises(BadInput, match=r"'xx' has no template. Use one of: en, fr, th"):
        office.read(people_template, "xx")
