"""Reading a questionnaire, or lists of choices, from a file, in a limited process of its own.

The rules for its content are in `surveys`.
"""

import base64
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.runtime.sandbox import Limits, file_label, read_apart, within
from surveys.authoring.reading import check_questionnaire
from surveys.authoring.stored_form import dump, load
from surveys.authoring.workshop_lists import WORKSHOP_LISTS
from surveys.problem_list import ProblemList
from surveys.problems import BadInput, Problem
from surveys.questionnaire import Option, Questionnaire
from surveys.xlsform.lists import read_choice_lists
from surveys.xlsform.sheets import Unreadable

if TYPE_CHECKING:  # the limited process starts without the libraries of the database
    from storage.instruments.workshop_lists import Lists

SECONDS, MEGABYTES = 4, 512
FORM, LISTS = "form", "lists"
"""What the limited process reads."""
YAML = (".yaml", ".yml")
FORMS = (".xlsx", ".xlsm", ".xls", ".csv", ".md")
SHORTER = "Send a form without pictures and other sheets."


@dataclass(frozen=True)
class CheckedFile:
    """The questionnaire of a file, or its problems.

    `marked` is the same workbook with the cells to mend coloured, if there are any. `form` is False
    for a readable table without any sheet of a questionnaire: it may be a list.
    """

    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]
    marked: bytes | None = None
    form: bool = True


@dataclass(frozen=True)
class ChoiceLists:
    """The lists of choices of a file, its name for messages, and whether it is a dry run."""

    lists: "Lists"
    warnings: tuple[Problem, ...]
    source: str
    dry_run: bool = False


def read_safely(
    content: bytes,
    file_name: str,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    key: str = "",
) -> CheckedFile:
    """Return the questionnaire of a file (.yaml, .xlsx, .xls, .csv, .md), or all its problems.

    Never raises because of the content. Blocks until the other process ends: call it in a thread.
    `key` replaces the key in the file.
    """
    name = file_label(PurePath(file_name).name) or "form"
    if PurePath(name).suffix.lower() not in (*YAML, *FORMS):
        kinds = ", ".join((YAML[0], *(kind for kind in FORMS if kind != ".xlsm")))
        return _refused(name, "Files of this kind cannot be read.", f"Send one of {kinds}.")
    limits = Limits(seconds, megabytes, SHORTER)
    try:
        return _received(read_apart(__name__, [FORM, name, key], content, limits))
    except Unreadable as error:
        return _refused(name, error.message, error.fix)


def read_lists_safely(content: bytes, file_name: str, *, dry_run: bool = False) -> ChoiceLists:
    """Return the choice lists of a file. Raise BadInput with all problems if there are none."""
    name = file_label(file_name)
    try:
        answer = read_apart(__name__, [LISTS, name], content, Limits(SECONDS, MEGABYTES, SHORTER))
    except Unreadable as error:
        raise BadInput((Problem(name, "", error.message, fix=error.fix),)) from None
    data = json.loads(answer)
    lists = {
        list_name: tuple(Option.model_validate(option) for option in options)
        for list_name, options in data["lists"].items()
    }
    problems = tuple(Problem(**problem) for problem in data["problems"])
    return _lists_of(lists, problems, name, dry_run)


def parse_lists(content: bytes, file_name: str, *, dry_run: bool = False) -> ChoiceLists:
    """Return what `read_lists_safely` returns, read in this process."""
    lists, problems = read_choice_lists(content, file_name, WORKSHOP_LISTS)
    return _lists_of(lists, problems, file_name, dry_run)


def _lists_of(
    lists: "Lists", problems: tuple[Problem, ...], name: str, dry_run: bool
) -> ChoiceLists:
    if not lists:
        raise BadInput(problem for problem in problems if problem.severity == "error")
    return ChoiceLists(lists, problems, name, dry_run)


def _refused(name: str, message: str, fix: str) -> CheckedFile:
    problem_list = ProblemList(name)
    problem_list.error("", message, fix=fix)
    return CheckedFile(None, problem_list.problems)


def _received(text: bytes) -> CheckedFile:
    data = json.loads(text)
    return CheckedFile(
        questionnaire=load(data["questionnaire"]) if data["questionnaire"] else None,
        problems=tuple(Problem(**problem) for problem in data["problems"]),
        marked=base64.b64decode(data["marked"]) if data["marked"] else None,
        form=data["form"],
    )


def _read(content: bytes, name: str, key: str) -> CheckedFile:
    if PurePath(name).suffix.lower() in YAML:
        try:
            return CheckedFile(*check_questionnaire(content.decode("utf-8-sig"), name))
        except UnicodeDecodeError:
            return _refused(name, "The file is not UTF-8 text.", "Save it as UTF-8.")
    from surveys.xlsform.reading import is_form, read_xlsform

    questionnaire, problems = read_xlsform(content, name, key)
    form = questionnaire is not None or is_form(content, name)
    return CheckedFile(questionnaire, problems, _marked(content, name, problems), form)


def _marked(content: bytes, name: str, problems: tuple[Problem, ...]) -> bytes | None:
    from surveys.xlsform.marking import marked_workbook
    from surveys.xlsform.sheets import read_place

    if not any(read_place(problem.place) for problem in problems):
        return None
    try:
        return marked_workbook(content, problems, name)
    except Unreadable:
        return None


def _lists_work(content: bytes, name: str) -> str:
    lists, problems = read_choice_lists(content, name, WORKSHOP_LISTS)
    plain = {
        list_name: [option.model_dump(mode="json") for option in options]
        for list_name, options in lists.items()
    }
    return json.dumps({"lists": plain, "problems": [asdict(problem) for problem in problems]})


def _work(arguments: Sequence[str], content: bytes) -> str:
    """Read a file in the limited process; return the result as JSON."""
    kind, name, *key = arguments
    if kind == LISTS:
        return _lists_work(content, name)
    checked = _read(content, name, *key)
    questionnaire = checked.questionnaire
    answer = {
        "questionnaire": dump(questionnaire) if questionnaire else None,
        "problems": [asdict(problem) for problem in checked.problems],
        "marked": base64.b64encode(checked.marked).decode() if checked.marked else None,
        "form": checked.form,
    }
    return json.dumps(answer)


if __name__ == "__main__":
    sys.exit(within(_work))
