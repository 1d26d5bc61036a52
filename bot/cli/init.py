"""followup init."""

import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.installing.questions import QUESTIONS, TOPICS, Answers, Question, applies

if TYPE_CHECKING:
    from bot.installing.trying import Place

KEEP = "Keep these answers all the same?"
NOTHING = "none"
Folder = Annotated[Path, typer.Argument(help="The folder of the office. [default: this one]")]
AnswersFile = Annotated[
    Path | None,
    typer.Option("--answers", help="A YAML file with the answers; nothing is asked then."),
]
Offline = Annotated[bool, typer.Option("--offline", help="Do not contact any other machine.")]


def _ask_and_write(
    folder: Folder = Path(),
    answers: AnswersFile = None,
    offline: Offline = False,
    **options: str | None,
) -> None:
    """Install an office: ask what it needs, try each answer at once, and write its files.

    Writes the configuration, the secrets, a unit for systemd and the files of the proxy. No file is
    overwritten. Whatever is an option is not asked; with --answers nothing is.
    """
    from bot.installing.answers import read_answers, taken
    from bot.installing.places import check_name, unseen_places
    from bot.installing.trying import Place, try_all
    from bot.installing.writing import CONFIG, check_free, files_of, write_all

    place = Place(Path(os.path.abspath(folder)), offline)  # noqa: PTH100 - links stay as they are
    check_name(place.folder)
    check_free({place.folder / CONFIG: ""})
    for line in unseen_places(place.folder):
        typer.echo(line, err=True)
    typed = {name: value for name, value in options.items() if value is not None}
    given = taken((read_answers(answers) if answers else {}) | typed)
    if answers is None:
        found = _asked(given, place)
    else:
        found, said = try_all(given, place)
        _echo(said)
    write_all(files_of(found, place.folder))
    _tell(found, place)


def _tell(found: Answers, place: "Place") -> None:
    from bot.installing.steps import next_steps

    typer.echo(f"Written to {place.folder}. Nobody else on this machine can read it.")
    _echo(list(next_steps(found, place.folder)))


def _echo(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line)


def _asked(given: Answers, place: "Place") -> dict[str, str]:
    """Return the answers of the person at the terminal, each topic tried before the next one."""
    answers = dict(given)
    for topic in TOPICS:
        answers |= _topic_asked(topic, answers, given, place)
    return answers


def _topic_asked(topic: str, answers: Answers, given: Answers, place: "Place") -> dict[str, str]:
    """Ask the questions of a topic until its answers are right, or kept all the same."""
    from bot.installing.trying import Unreached, try_topic
    from surveys.problems import BadInput

    while True:
        answers = _questions_asked(topic, answers, given)
        try:
            tried = try_topic(topic, answers, place)
        except BadInput as error:
            typer.echo(str(error), err=True)
            if isinstance(error, Unreached) and typer.confirm(KEEP, default=False):
                return dict(answers)
            # What was an option is asked too, or it would be wrong for ever.
            given = {}
        else:
            typer.echo(f"  {topic}: {tried.says}")
            return {**answers, **tried.found}


def _questions_asked(topic: str, answers: Answers, given: Answers) -> dict[str, str]:
    answers = dict(answers)
    for question in TOPICS[topic]:
        if question.name in given or not applies(question, answers):
            continue
        before = answers.pop(question.name, question.default)
        answer = _ask(question, before) if question.asked else before
        if answer:
            answers[question.name] = answer
    return answers


def _ask(question: Question, before: str) -> str:
    """Return what a person answers; "" for Enter without a default, and for "none" where it is shown."""
    shown = "" if question.secret or before else f" [{NOTHING}]" * (not question.needed)
    default = None if question.needed and not before else ("" if question.secret else before)
    answer: str = typer.prompt(
        f"{question.asks}{shown}",
        default=default,
        show_default=bool(default),
        hide_input=question.secret and sys.stdin.isatty(),
    )
    answer = answer.strip()
    return "" if answer == NOTHING and not (question.needed or question.default) else answer


def _option(question: Question) -> inspect.Parameter:
    """Return a question as an option of the command."""
    name = f"--{question.key.replace('_', '-')}"
    asks = f"A file with: {question.asks}" if question.secret else question.asks
    default = f" [default: {question.default}]" if question.default else ""
    kind = Annotated[str | None, typer.Option(name, help=f"{asks}.{default}", show_default=False)]
    return inspect.Parameter(
        question.key, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind
    )


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with an option for each question in place of `options`."""

    def init(**options: Any) -> None:
        command(**options)

    *own, _ = inspect.signature(command, eval_str=True).parameters.values()
    plain = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
    init.__signature__ = inspect.Signature([*plain, *map(_option, QUESTIONS)])  # type: ignore[attr-defined]
    init.__doc__ = command.__doc__
    return init


init = _with_options(_ask_and_write)
