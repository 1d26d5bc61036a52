"""Files to fill: a list of people or a calendar, with a row of example and choices in the cells.

The row of example is not read if it stays.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.importing.rows.template_words import EXAMPLE, HEADINGS
from storage.people.administrations import all_administrations
from surveys.people import Role
from surveys.problems import BadInput, Problem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 500
"""Rows whose cells offer choices."""
VALUES = "values"
PERSON = {
    "name": f"{EXAMPLE}Mele Tupou",
    "administration": "Tonga",
    "email": "mele@example.org",
    "language": "en",
    "role": Role.PARTICIPANT.value,
    "supervisor": "Ana Vea",
    "supervisor_email": "ana@example.org",
}
WORKSHOP = {
    "Title": f"{EXAMPLE}Risk management for Oceania",
    "First day": date(2018, 2, 5),
    "Last day": date(2018, 2, 9),
    "City": "Suva",
    "Country": "Fiji",
    "Donors": "CCF/Japan; NORAD",
    "Confirmed": "yes",
}


def people_template(connection: Connection, language: str) -> bytes:
    """Return a workbook for a list of people with headings in a language.

    Raise BadInput for a language without headings.
    """
    headings = HEADINGS.get(language)
    if headings is None:
        fix = f"Use one of: {', '.join(HEADINGS)}."
        raise BadInput((Problem("--lang", "", "has no template.", language, fix),))
    known = [one.name for one in all_administrations(connection).values()]
    choices = {
        "administration": sorted(known),
        "language": list(HEADINGS),
        "role": [role.value for role in Role],
    }
    row = {headings[name]: value for name, value in PERSON.items()}
    return _workbook(row, {headings[name]: values for name, values in choices.items()})


def workshop_template(connection: Connection) -> bytes:
    """Return a workbook for a calendar of workshops."""
    known = [one.name for one in all_administrations(connection).values()]
    return _workbook(WORKSHOP, {"Country": sorted(known), "Confirmed": ["yes", "tbc"]})


def _workbook(row: Mapping[str, object], choices: Mapping[str, Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet, values = book.worksheets[0], book.create_sheet(VALUES)
    values.sheet_state = "hidden"
    sheet.append(list(row))
    sheet.append(list(row.values()))
    for at, heading in enumerate(row, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = 28
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}2"].font = Font(italic=True, color="00808080")
        if heading in choices:
            _offer(sheet, values, letter, choices[heading])
    sheet.freeze_panes = "A2"
    with io.BytesIO() as file:
        book.save(file)
        return file.getvalue()


def _offer(sheet: "Worksheet", values: "Worksheet", letter: str, choices: Sequence[str]) -> None:
    """Offer choices in the cells of a column; other values can be typed too."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, choice in enumerate(choices, 1):
        values[f"{letter}{number}"] = choice
    area = f"{VALUES}!${letter}$1:${letter}${len(choices)}"
    offer = DataValidation("list", formula1=area, allow_blank=True, showErrorMessage=False)
    offer.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(offer)
