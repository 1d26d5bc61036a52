"""Read the bytes of a form into a checked questionnaire, or report everything that is wrong with it.

The project's own checks read all rows first; then pyxform, which other tools use, must accept the
form too. A form is read whole or not at all.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from surveys.authoring.assembling import assemble
from surveys.authoring.drafts import Draft
from surveys.problem_list import ProblemList
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire, Texts
from surveys.xlsform.acceptance import note_refusal
from surveys.xlsform.books import read_book
from surveys.xlsform.choices import read_lists
from surveys.xlsform.rows import SurveyReader
from surveys.xlsform.sheets import CHOICES, SURVEY, Unreadable, read_place
from surveys.xlsform.tables import (
    Record,
    Table,
    default_language,
    languages_of,
    read_tables,
    settings_record,
)

LONGEST_KEY = 24
MINUTES = 5


def read_xlsform(
    content: bytes, file_name: str, key: str = ""
) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """Return the questionnaire of a form and all its problems.

    None if there is an error; with warnings alone the questionnaire can be used. Its key is the
    `form_id` of the settings in capital letters; `key` takes precedence if it is given.
    """
    problem_list = ProblemList(file_name)
    try:
        tables = read_tables(read_book(content, file_name), problem_list)
    except Unreadable as error:
        problem_list.error("", error.message, fix=error.fix)
        return None, problem_list.problems
    if SURVEY not in tables:
        return None, problem_list.problems
    names = [table.sheet.name for table in tables.values()]
    questionnaire = assemble(
        _draft(tables, PurePath(file_name).stem, key, problem_list), problem_list
    )
    if questionnaire and not problem_list.failed:
        note_refusal(tables, problem_list)
    problems = sorted(problem_list.problems, key=lambda problem: _order(problem, names))
    return (None if problem_list.failed else questionnaire), tuple(problems)


def is_form(content: bytes, file_name: str) -> bool:
    """Return whether a file has a sheet of a form or cannot be opened; False for other tables."""
    try:
        sheets = read_book(content, file_name).sheets
    except Unreadable:
        return True
    return SURVEY in sheets or CHOICES in sheets


def _order(problem: Problem, names: Sequence[str]) -> tuple[int, int]:
    """Sort by sheet from first to last and from top to bottom, as an author corrects them."""
    found = read_place(problem.place)
    return (names.index(found[0]), found[1]) if found and found[0] in names else (-1, 0)


def clean_key(text: str) -> str:
    """Return a text as the key of a questionnaire: "sample followup" is SAMPLE_FOLLOWUP."""
    capitals = re.sub(r"[^A-Z0-9_-]+", "_", text.upper()).strip("_-")
    key = capitals if capitals[:1].isalpha() else f"FORM_{capitals}"
    return key[:LONGEST_KEY].rstrip("_-")


def _draft(tables: Mapping[str, Table], stem: str, key: str, problem_list: ProblemList) -> Draft:
    settings = settings_record(tables)
    default = _default(tables, settings, problem_list)
    form_id = settings.get("form_id") if settings else ""
    languages = languages_of(tables, default)
    lists = read_lists(tables[CHOICES], default, problem_list) if CHOICES in tables else {}
    return Draft(
        key=key or clean_key(form_id or stem),
        title=_title(settings, form_id or stem, default, languages),
        rows=SurveyReader(tables[SURVEY], default, problem_list).rows(),
        lists=lists,
        minutes=_minutes(settings, problem_list),
        default_language=default,
        languages=languages,
        unreviewed=tuple(settings.get("unreviewed").split()) if settings else (),
        places=_places(settings),
    )


def _default(
    tables: Mapping[str, Table], settings: Record | None, problem_list: ProblemList
) -> str:
    default = default_language(tables, settings)
    if default is None and settings:
        known = ", ".join(language for language in languages_of(tables, "") if language)
        fix = f"Write one of the form's languages: {known}." if known else "Write English (en)."
        stated = settings.get("default_language")
        problem_list.error(settings.at("default_language"), "is not a language.", stated, fix)
    return default or default_language(tables, None) or "en"


def _title(
    settings: Record | None, otherwise: str, default: str, languages: tuple[str, ...]
) -> Texts:
    """Return the title in every language: XLSForm has one; columns such as title_fr add others."""
    if settings is None:
        return dict.fromkeys(languages, otherwise)
    title = settings.get("form_title") or otherwise
    columns = {column.name for column in settings.table.columns}
    texts = {
        language: settings.get(own) if own in columns and language != default else title
        for language in languages
        for own in [f"title_{language.lower()}"]
    }
    return {language: text for language, text in texts.items() if text}


def _minutes(settings: Record | None, problem_list: ProblemList) -> int:
    text = settings.get("minutes") if settings else ""
    if settings is None or (text.isdecimal() and 0 < int(text[:6]) < 1_000):
        return int(text[:6]) if text else MINUTES
    if text:
        fix = "Write a whole number such as 5."
        problem_list.error(settings.at("minutes"), "is not a number of minutes.", text, fix)
    return MINUTES


def _places(settings: Record | None) -> dict[str, str]:
    if settings is None:
        return {"survey": "sheet 'survey'"}
    return {
        "survey": "sheet 'survey'",
        "key": settings.at("form_id"),
        "title": settings.at("form_title"),
        "default_language": settings.at("default_language"),
    }
