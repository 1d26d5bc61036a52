"""Lists of choices in a file of their own: the sheet `choices` of a form, without the form.

A workbook has them on a sheet `choices`, or on one of any name that begins with their headings; a
text file may begin with their headings at once.
"""

from collections.abc import Collection
from itertools import islice

from surveys.authoring.assembling import checked_options
from surveys.authoring.drafts import Draft
from surveys.authoring.proofreading import QUOTE, proofread_list
from surveys.problem_list import ProblemList, did_you_mean
from surveys.problems import Problem
from surveys.questionnaire import Option
from surveys.xlsform.books import LIST_HEADINGS, read_book
from surveys.xlsform.choices import read_lists
from surveys.xlsform.sheets import CHOICES, Sheet, Unreadable
from surveys.xlsform.tables import Table, languages_of, read_table

HEADINGS = "list_name, name, label::English (en)"
DEFAULT = "en"
MOST = 12
"""Sheets that are looked at for choices."""


def read_choice_lists(
    content: bytes, file_name: str, known: Collection[str]
) -> tuple[dict[str, tuple[Option, ...]], tuple[Problem, ...]]:
    """Return the lists of a file by name, and all its problems; {} if there is an error.

    `known` are the names that a list may have. Labels without a language are English.
    """
    problem_list = ProblemList(file_name)
    try:
        sheet = _sheet_of(content, file_name)
    except Unreadable as error:
        problem_list.error("", error.message, fix=error.fix)
        return {}, problem_list.problems
    if sheet is None:
        fix = f"Put them on a sheet with the headings {HEADINGS}."
        problem_list.error("", "There are no lists of choices in this file.", fix=fix)
        return {}, problem_list.problems
    lists = _checked(read_table(CHOICES, sheet, problem_list), known, problem_list)
    return ({} if problem_list.failed else lists), problem_list.problems


def _sheet_of(content: bytes, file_name: str) -> Sheet | None:
    """Return the sheet `choices`, else the first with the headings of choices, whatever its name."""
    named = read_book(content, file_name).sheets.get(CHOICES)
    if named is not None:
        return named
    some = read_book(content, file_name, lambda names: {one: one for one in islice(names, MOST)})
    return next((sheet for sheet in some.sheets.values() if _is_choices(sheet)), None)


def _is_choices(sheet: Sheet) -> bool:
    headings = {one.casefold() for one in sheet.rows[0]} if sheet.rows else set()
    return "name" in headings and bool(headings.intersection(LIST_HEADINGS))


def _checked(
    table: Table, known: Collection[str], problem_list: ProblemList
) -> dict[str, tuple[Option, ...]]:
    languages = languages_of({CHOICES: table}, DEFAULT)
    if DEFAULT not in languages:
        languages = (DEFAULT, *languages)
    rows = read_lists(table, DEFAULT, problem_list)
    draft = Draft(key="X", title={}, rows=(), lists=rows, languages=languages)
    if not rows and not problem_list.failed:
        problem_list.error("", "There are no choices in this file.", fix="Add at least one row.")
    for name, options in rows.items():
        if name not in known:
            message = "is not a list that a workshop can have of its own."
            problem_list.error(
                options[0].at("list_name"), message, name, did_you_mean(name, known)
            )
        for option in options:
            if any(QUOTE.search(text) for text in option.label.values()):
                message = (
                    "A list of a workshop cannot quote answers: it is used in several places."
                )
                problem_list.error(option.at("label"), message, option.name)
        proofread_list(draft, name, problem_list)
    return {name: checked_options(name, options, problem_list) for name, options in rows.items()}
