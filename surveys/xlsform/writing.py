"""Write a questionnaire as an XLSForm workbook that other tools accept and that reads back equal.

Loops are written out, groups are dissolved already; a heading becomes a group of one question.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from surveys.questionnaire import Item, Option, Questionnaire, Texts
from surveys.xlsform.languages import language_name
from surveys.xlsform.marking import saved, write_text
from surveys.xlsform.sheets import CHOICES, SETTINGS, SURVEY
from surveys.xlsform.texts import marked_up

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Line = dict[str, str]
TEXTS = ("label", "hint", "constraint_message")
CELLS = ("relevant", "constraint", "calculation", "choice_filter")
OWN_COLUMNS = ("max", "reversed")
SCALE = {"start": "1", "end": "5", "step": "1"}
"""The range without parameters here; XLSForm's own goes to 10, so it is written out."""
WIDE = {"label": 50, "hint": 30, "constraint_message": 30, "relevant": 40, "calculation": 40}


def write_xlsform(questionnaire: Questionnaire) -> bytes:
    """Return the questionnaire as .xlsx with the sheets survey, choices and settings."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    languages = questionnaire.languages
    texts = [_heading(name, language) for name in TEXTS for language in languages]
    survey = ["type", "name", *texts, *CELLS, "required", "parameters"]
    survey += ["max", "reversed", "loop"]
    label = [_heading("label", language) for language in languages]
    choices = ["list_name", "name", *label, "exclusive", "non_answer"]
    _write(book.create_sheet(SURVEY), survey, _survey(questionnaire))
    _write(book.create_sheet(CHOICES), choices, list(_choices(questionnaire)))
    _write(book.create_sheet(SETTINGS), [], [_settings(questionnaire)])
    return saved(book)


def _heading(name: str, language: str) -> str:
    return f"{name}::{language_name(language)}"


def _texts(name: str, texts: Texts) -> Line:
    return {_heading(name, language): marked_up(text) for language, text in texts.items()}


def _survey(questionnaire: Questionnaire) -> list[Line]:
    taken = set(questionnaire.by_name)
    lines: list[Line] = []
    for item in questionnaire.items:
        if item.heading:
            name = _free(f"about_{item.name}", taken)
            lines.append({"type": "begin_group", "name": name, **_texts("label", item.heading)})
        lines.append(_item(item))
        if item.heading:
            lines.append({"type": "end_group"})
    return lines


def _free(name: str, taken: set[str]) -> str:
    """Return a name for a group that no question has."""
    while name in taken:
        name = f"{name}_"
    taken.add(name)
    return name


def _item(item: Item) -> Line:
    line = {"type": f"{item.type} {item.list_name or ''}".strip(), "name": item.name}
    for column in TEXTS:
        line |= _texts(column, getattr(item, column))
    line |= {column: getattr(item, column) for column in CELLS}
    parameters = {**(SCALE if item.type == "range" else {}), **item.parameters}
    # Other tools refuse these among the parameters, so they have columns of their own.
    aside = {name: parameters.pop(name, "") for name in OWN_COLUMNS}
    shown = " ".join(f"{name}={value}" for name, value in parameters.items())
    own = {"parameters": shown, **aside, "loop": item.loop or ""}
    return {**line, **own, "required": "yes" if item.required else ""}


def _choices(questionnaire: Questionnaire) -> Iterable[Line]:
    for name, options in questionnaire.choices.items():
        for option in options:
            yield {"list_name": name, **_option(option)}


def _option(option: Option) -> Line:
    return {
        "name": option.name,
        **_texts("label", option.label),
        "exclusive": "yes" if option.exclusive else "",
        "non_answer": option.non_answer or "",
        **option.extra,
    }


def _settings(questionnaire: Questionnaire) -> Line:
    default = questionnaire.default_language
    titles = {
        f"title_{language.lower()}": questionnaire.title.get(language, "")
        for language in questionnaire.languages
        if language != default
    }
    return {
        "form_title": questionnaire.title.get(default, ""),
        "form_id": questionnaire.key,
        "version": str(questionnaire.version or ""),
        "default_language": language_name(default),
        "minutes": str(questionnaire.minutes),
        "unreviewed": " ".join(questionnaire.unreviewed),
        **titles,
    }


def _write(sheet: "Worksheet", headings: Sequence[str], lines: Sequence[Line]) -> None:
    """Write the lines below their headings; headings that only some lines have come last."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    columns = list(dict.fromkeys([*headings, *(name for line in lines for name in line)]))
    for number, heading in enumerate(columns, start=1):
        write_text(sheet, 1, number, heading)
        sheet.cell(1, number).font = Font(bold=True)
        width = WIDE.get(heading.partition("::")[0], 16)
        sheet.column_dimensions[get_column_letter(number)].width = width
        for row, line in enumerate(lines, start=2):
            if line.get(heading):
                write_text(sheet, row, number, line[heading])
    sheet.freeze_panes = "A2"
