"""What an interview asks now, as a channel shows it: the question, its choices, the progress.

Reads only; `surveys.interview.interview` decides what a tap or a text does.
"""

from dataclasses import dataclass

from surveys.interview.answers import AnswerState, Interview
from surveys.interview.route import asked_item, label_of, quoted
from surveys.items import type_of
from surveys.items.base import Choice, Shape
from surveys.questionnaire import Item


@dataclass(frozen=True)
class Question:
    """The question to show: its shape, texts with quoted answers inserted, and open choices.

    `value` is the earlier answer (or the ticks so far), '' if there is none; `state` is answered
    or skipped, if it was; `limited` means that only some choices may be ticked. `partly` means
    that some of its texts are not translated and shown in the default language. `number` counts
    from 1 on the present route of `about` questions.
    """

    item: str
    shape: Shape
    text: str
    hint: str
    heading: str
    choices: tuple[Choice, ...]
    value: str
    state: AnswerState | None
    required: bool
    limited: bool
    number: int
    about: int
    partly: bool = False


def current(interview: Interview) -> str | None:
    """Return the name of the question asked now; None when nothing is left to ask."""
    route = interview.route
    if interview.position in route.asked:
        return interview.position
    return next((name for name in route.asked if name not in interview.answers), None)


def question(interview: Interview, name: str | None = None) -> Question | None:
    """Return the question to show: the one named, else the one asked now; None after the last."""
    route = interview.route
    name = name or current(interview)
    if name is None:
        return None
    item = interview.questionnaire.by_name[name]
    shape = type_of(item.type).shape
    assert shape is not None  # noqa: S101 - only asked items stand on a route
    answer = interview.answers.get(name)
    return Question(
        item=name,
        shape=shape,
        text=quoted(interview, route, item.label),
        hint=quoted(interview, route, item.hint),
        heading=quoted(interview, route, item.heading),
        choices=() if shape is Shape.FILE else asked_item(interview, route, item).choices,
        value=interview.draft if interview.draft is not None else answer.value if answer else "",
        state=answer.state if answer else None,
        required=item.required and shape is not Shape.FILE,
        limited="max" in item.parameters,
        number=route.asked.index(name) + 1,
        about=len(route.asked),
        partly=_partly(interview, item),
    )


def _partly(interview: Interview, item: Item) -> bool:
    """Return whether a text of an item is not translated into the language of the interview."""
    options = interview.questionnaire.options(item)
    texts = [item.label, item.hint, item.heading, *(option.label for option in options)]
    return any(any(text.values()) and not text.get(interview.language) for text in texts)


def progress(interview: Interview) -> tuple[int, int]:
    """Return how many questions of the present route are answered or skipped, and how many there are."""
    route = interview.route
    return sum(name in interview.answers for name in route.asked), len(route.asked)


def shown_answer(interview: Interview, name: str, value: str) -> str:
    """Return a stored value as people read it: labels in the language of the interview."""
    return label_of(interview, interview.questionnaire.by_name[name], value)
