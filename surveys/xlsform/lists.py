"""Lists of choices in a file of their own: the sheet `choices` of a form, without the form.

A workbook has them on a sheet `choices`; a text file may begin with their headings at once.
"""

from collections.abc import Collection

from surveys.authoring.assembling import checked_options
from surveys.authoring.drafts import Draft
from surveys.authoring.proofreading import QUOTE, proofread_list
from surveys.problem_list import ProblemList, did_you_mean
from surveys.problems import Problem
from surveys.questionnaire import Option
from surveys.xlsform.books import read_book
from surveys.xlsform.choices import read_lists
from surveys.xlsform.sheets import CHOICES, Unreadable
from surveys.xlsform.tables import Table, languages_of, read_table

HEADINGS = "list_name, name, label::English (en)"
DEFAULT = "en"


def read_choice_lists(
    content: bytes, file_name: str, known: Collection[str]
) -> tuple[dict[str, tuple[Option, ...]], tuple[Problem, ...]]:
    """Return the lists of a file by name, and all its problems; {} if there is an error.

    `known` are the names that a list may have. Labels without a language are English.
    """
    problem_list = ProblemList(file_name)
    try:
        book = read_book(content, file_name)
    except Unreadable as error:
        problem_list.error("", error.message, fix=error.fix)
        return {}, problem_list.problems
    if CHOICES not in book.sheets:
        fix = f"Put them on a sheet 'choices' with the headings {HEADINGS}."
        problem_list.error("", "There are no lists of choices in this file.", fix=fix)
        return {}, problem_list.problems
    lists = _checked(read_table(CHOICES, book.sheets[CHOICES], problem_list), known, problem_list)
    return ({} if problem_list.failed else lists), problem_list.problems


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
