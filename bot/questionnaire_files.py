"""Questionnaires that people send in as files: read in a process of its own, within limits.

A file from outside can be made to eat memory and time. The process has neither the settings of the
bot nor its secrets, and ends with the reading. What the files mean is known in surveys.
"""

import base64
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import PurePath

from surveys.authoring import check_questionnaire, dump, load
from surveys.findings import Findings
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire

LARGEST = 2_000_000
SECONDS, MEGABYTES = 20, 512
YAML = (".yaml", ".yml")
FORMS = (".xlsx", ".xlsm", ".xls", ".csv", ".md")
SHORTER = "Send a form without pictures and other sheets."
OUT_OF_MEMORY = 3
"""How the process says that its memory did not suffice."""


@dataclass(frozen=True)
class CheckedFile:
    """A read file. `marked` is an .xlsx with the cells to mend coloured, if there are any.

    `form` is False for a readable table without any sheet of a questionnaire: it may be a list.
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
    """The questionnaire of a file (.yaml, .xlsx, .xls, .csv, .md) or all that is wrong with it.

    Never raises for what is in the file. It waits for the other process, so an async caller runs
    it in a thread. `key` replaces the key that a form gives itself.
    """
    name = PurePath(file_name).name or "form"
    if PurePath(name).suffix.lower() not in (*YAML, *FORMS):
        kinds = ", ".join((YAML[0], *(kind for kind in FORMS if kind != ".xlsm")))
        return _refused(name, "This kind of file is not read here.", f"Send one of {kinds}.")
    if len(content) > LARGEST:
        size = f"{len(content) / 1_000_000:.1f} MB"
        message = f"The file has {size}; at most {LARGEST // 1_000_000} MB are read."
        return _refused(name, message, SHORTER)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            [sys.executable, "-m", __name__, name, key, str(seconds), str(megabytes)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"The file was not read to its end within {seconds:g} seconds."
        return _refused(name, message, SHORTER)
    if done.returncode == 0:
        return _received(done.stdout)
    if done.returncode == OUT_OF_MEMORY:
        return _refused(name, f"Reading the file needs more than {megabytes} MB.", SHORTER)
    return _refused(
        name, "The file could not be read.", "Save it again, or copy it into a new one."
    )


def _environment() -> dict[str, str]:
    """Enough to find the modules. Tokens and passwords of the bot stay here."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    path = os.pathsep.join(part for part in sys.path if part) or os.curdir
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}


def _refused(name: str, message: str, fix: str) -> CheckedFile:
    findings = Findings(name)
    findings.error("", message, fix=fix)
    return CheckedFile(None, findings.problems)


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
            return _refused(name, "The file is not a text in UTF-8.", "Save it as UTF-8.")
    from surveys.xlsform import is_form, read_xlsform

    questionnaire, problems = read_xlsform(content, name, key)
    form = questionnaire is not None or is_form(content, name)
    return CheckedFile(questionnaire, problems, _marked(content, name, problems), form)


def _marked(content: bytes, name: str, problems: tuple[Problem, ...]) -> bytes | None:
    from surveys.xlsform import marked_workbook
    from surveys.xlsform.sheets import Unreadable, read_place

    if not any(read_place(problem.place) for problem in problems):
        return None
    try:
        return marked_workbook(content, problems, name)
    except Unreadable:
        return None


def _limit(seconds: float, megabytes: int) -> None:
    """Bounds of the system for this process: they also hold where Python cannot look."""
    import resource

    space = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(name: str, key: str, seconds: str, megabytes: str) -> int:
    """The other process: the file comes in, JSON goes out."""
    try:
        _limit(float(seconds), int(megabytes))
        checked = _read(sys.stdin.buffer.read(), name, key)
        questionnaire = checked.questionnaire
        answer = {
            "questionnaire": dump(questionnaire) if questionnaire else None,
            "problems": [asdict(problem) for problem in checked.problems],
            "marked": base64.b64encode(checked.marked).decode() if checked.marked else None,
            "form": checked.form,
        }
        sys.stdout.write(json.dumps(answer))
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
