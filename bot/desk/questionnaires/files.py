"""Reading a questionnaire from an uploaded file, in a limited process of its own.

The rules for its content are in `surveys`.
"""

import base64
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath

from bot.runtime.sandbox import Limits, file_label, read_apart, within
from surveys.authoring.reading import check_questionnaire
from surveys.authoring.stored_form import dump, load
from surveys.problem_list import ProblemList
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire
from surveys.xlsform.sheets import Unreadable

SECONDS, MEGABYTES = 4, 512
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
        return _received(read_apart(__name__, [name, key], content, limits))
    except Unreadable as error:
        return _refused(name, error.message, error.fix)


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


def _work(arguments: Sequence[str], content: bytes) -> str:
    """Read a file in the limited process; return the result as JSON."""
    name, key = arguments
    checked = _read(content, name, key)
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
