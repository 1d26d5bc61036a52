"""Lists of choices in a file of their own: the sheet `choices` of a form, without the form.

A workbook has them on a sheet `choices`; a text file may begin with their headings at once.
"""

from collections.abc import Collection

from surveys.authoring.assembling import checked_options
from surveys.authoring.drafts import Draft
from surveys.authoring.proofreading import QUOTE, proofread_list
from surveys.problem_list import Findings, did_you_mean
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
    findings = Findings(file_name)
    try:
        book = read_book(content, file_name)
    except Unreadable as error:
        findings.error("", error.message, fix=error.fix)
        return {}, findings.problems
    if CHOICES not in book.sheets:
        fix = f"Put them on a sheet 'choices' with the headings {HEADINGS}."
        findings.error("", "There are no lists of choices in this file.", fix=fix)
        return {}, findings.problems
    lists = _checked(read_table(CHOICES, book.sheets[CHOICES], findings), known, findings)
    return ({} if findings.failed else lists), findings.problems


def _checked(
    table: Table, known: Collection[str], findings: Findings
) -> dict[str, tuple[Option, ...]]:
    languages = languages_of({CHOICES: table}, DEFAULT)
    if DEFAULT not in languages:
        languages = (DEFAULT, *languages)
    rows = read_lists(table, DEFAULT, findings)
    draft = Draft(key="X", title={}, rows=(), lists=rows, languages=languages)
    if not rows and not findings.failed:
        findings.error("", "There are no choices in this file.", fix="Add at least one row.")
    for name, options in rows.items():
        if name not in known:
            message = "is not a list that a workshop can have of its own."
            findings.error(options[0].at("list_name"), message, name, did_you_mean(name, known))
        for option in options:
            if any(QUOTE.search(text) for text in option.label.values()):
                message = (
                    "A list of a workshop cannot quote answers: it is used in several places."
                )
                findings.error(option.at("label"), message, option.name)
        proofread_list(draft, name, findings)
    return {name: checked_options(name, options, findings) for name, options in rows.items()}
