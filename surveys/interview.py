"""One case in memory: what to ask next, and what a tap, a tick or a typed text does to it.

Pure: `step()` returns a new interview and what has to be saved; it saves and says nothing itself.

The rules, all in this file:
- The question asked is the one a person went back to, else the first open one on the route.
- A move that names another question than the one asked changes nothing ("that was answered").
- A typed text is read for the question asked; what is not understood is not stored.
- After each answer the route is worked out again: answers that became irrelevant, that fell out of
  a filtered list, or that break their own constraint now, are cleared (they go to history).
- Ticks are kept as a draft until Done. Ticking is "on" or "off", never "the other way".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from surveys.items import type_of
from surveys.items.base import Asked, Choice, Misread, Shape
from surveys.items.note import READ
from surveys.items.pick_many import in_order, ticked
from surveys.questionnaire import Item, Questionnaire
from surveys.route import (
    EarlierResponse,
    Route,
    asked_item,
    find_route,
    label_of,
    quoted,
    refusal,
)
from surveys.wording import N_, Remark

FIRST_QUESTION = Remark(N_("This is the first question."))
NOTHING_TICKED = Remark(N_("Please choose at least one, or tap Skip."))
ANSWER_NEEDED = Remark(N_("This question needs an answer before you can go on."))
ALREADY_ANSWERED = N_("That question was answered on {day}.")
PASSED_BY = Remark(N_("That button belongs to another question. Here is the one that is open."))
UNDERSTOOD = N_("Understood: {answer}.")


class AnswerState(StrEnum):
    """Answered or skipped on purpose. No answer row at all means: not asked, or not reached."""

    ANSWERED = "answered"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Answer:
    """The value given to one item: codes, decimals, ISO days or words; '' when skipped."""

    item: str
    value: str
    state: AnswerState
    language: str
    at: datetime


@dataclass(frozen=True)
class Interview:
    """A case with its questionnaire, its answers and the earlier answers it may quote.

    `facts` holds texts by (source, field) such as ("workshop", "title"); `now` is local time;
    `position` is the item a person went back to; `draft` are the ticks of the question asked.
    """

    questionnaire: Questionnaire
    now: datetime
    language: str = "en"
    answers: Mapping[str, Answer] = field(default_factory=dict)
    earlier: Mapping[str, EarlierResponse] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    position: str | None = None
    draft: str | None = None
    completed_at: datetime | None = None

    @property
    def answered(self) -> frozenset[str]:
        """Names of the items that are answered or skipped."""
        return frozenset(self.answers)

    @property
    def values(self) -> dict[str, str]:
        """The answered values by item name; skipped items are missing."""
        return {
            name: answer.value
            for name, answer in self.answers.items()
            if answer.state is AnswerState.ANSWERED
        }


@dataclass(frozen=True)
class Pick:
    """One option of a question was chosen."""

    item: str
    option: str


@dataclass(frozen=True)
class Tick:
    """A box was ticked (`on`) or unticked."""

    item: str
    option: str
    on: bool


@dataclass(frozen=True)
class Done:
    """The ticks are complete, or a note was read."""

    item: str


@dataclass(frozen=True)
class Skip:
    item: str


@dataclass(frozen=True)
class Keep:
    """The answer given before stays; go on."""

    item: str


@dataclass(frozen=True)
class Back:
    item: str


@dataclass(frozen=True)
class Change:
    """Go to an answered question to change it."""

    item: str


@dataclass(frozen=True)
class Write:
    """A typed text, which names no question: it is read for the one asked."""

    text: str


Move = Pick | Tick | Done | Skip | Keep | Back | Change | Write


@dataclass(frozen=True)
class Step:
    """What a move did: the interview after it, what to save, and what to say before the next card.

    `saved` are new or changed answers, `cleared` names of answers to take away into history;
    `changeable` names an answered item whose old button was used; `completed` is True once.
    """

    interview: Interview
    saved: tuple[Answer, ...] = ()
    cleared: tuple[str, ...] = ()
    remark: Remark | None = None
    changeable: str | None = None
    completed: bool = False


@dataclass(frozen=True)
class Question:
    """The question to show: its shape, texts with earlier answers put in, and open choices.

    `value` is what was answered before (or the ticks so far), '' if nothing; `number` counts from
    1 on the present route of `about` questions.
    """

    item: str
    shape: Shape
    text: str
    hint: str
    heading: str
    choices: tuple[Choice, ...]
    value: str
    answered: bool
    required: bool
    number: int
    about: int


def current(interview: Interview, route: Route | None = None) -> str | None:
    """The name of the question asked now; None when nothing is left to ask."""
    route = route or find_route(interview)
    if interview.position in route.asked:
        return interview.position
    return next((name for name in route.asked if name not in interview.answers), None)


def question(interview: Interview, name: str | None = None) -> Question | None:
    """The question to show: the one named, else the one asked now; None when all is answered."""
    route = find_route(interview)
    name = name or current(interview, route)
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
        choices=asked_item(interview, route, item).choices,
        value=interview.draft if interview.draft is not None else answer.value if answer else "",
        answered=answer is not None,
        required=item.required,
        number=route.asked.index(name) + 1,
        about=len(route.asked),
    )


def progress(interview: Interview) -> tuple[int, int]:
    """How many questions of the present route are answered or skipped, and how many it has."""
    route = find_route(interview)
    return sum(name in interview.answers for name in route.asked), len(route.asked)


def shown_answer(interview: Interview, name: str, value: str) -> str:
    """A stored value as people read it: labels in the language of the interview."""
    return label_of(interview, interview.questionnaire.by_name[name], value)


def step(interview: Interview, move: Move) -> Step:
    """Decide what a move does. Never raises for anything a participant can do."""
    route = find_route(interview)
    asked = current(interview, route)
    if isinstance(move, Change):
        return _change(interview, route, move.item)
    if asked is None:
        return _stale(interview, move)
    if not isinstance(move, Write) and move.item != asked:
        return _stale(interview, move)
    item = interview.questionnaire.by_name[asked]
    match move:
        case Write(text):
            return _write(interview, asked_item(interview, route, item), text)
        case Pick(_, option):
            return _pick(interview, asked_item(interview, route, item), option)
        case Tick(_, option, on):
            return _tick(interview, asked_item(interview, route, item), option, on)
        case Done():
            return _done(interview, asked_item(interview, route, item))
        case Skip():
            return _skip(interview, item)
        case Keep():
            return Step(replace(interview, position=None, draft=None))
        case Back():
            return _back(interview, route, asked)


def _change(interview: Interview, route: Route, name: str) -> Step:
    if name not in route.asked:
        return Step(interview, remark=PASSED_BY)
    return Step(replace(interview, position=name, draft=None))


def _stale(interview: Interview, move: Move) -> Step:
    """A button of another question than the one asked: say so, store nothing."""
    name = None if isinstance(move, Write) else move.item
    answer = interview.answers.get(name) if name else None
    if answer is None:
        return Step(interview, remark=PASSED_BY)
    if _says_the_same(move, answer):
        return Step(interview)
    return Step(interview, remark=_answered_on(answer), changeable=name)


def _answered_on(answer: Answer) -> Remark:
    return Remark(ALREADY_ANSWERED, {"day": answer.at.date().isoformat()})


def _says_the_same(move: Move, answer: Answer) -> bool:
    """A second tap on what is stored already, which deserves no remark."""
    match move:
        case Pick(_, option):
            return answer.value == option
        case Tick(_, option, on):
            return (option in answer.value.split()) == on
        case Skip():
            return answer.state is AnswerState.SKIPPED
        case Done() | Keep():
            return answer.state is AnswerState.ANSWERED
        case _:
            return False


def _write(interview: Interview, asked: Asked, text: str) -> Step:
    read = type_of(asked.item.type).read(asked, text)
    if isinstance(read, Misread):
        return Step(interview, remark=read.remark)
    told = label_of(interview, asked.item, read)
    remark = Remark(UNDERSTOOD, {"answer": told}) if told and told != text.strip() else None
    return _answer(interview, asked.item, read, remark)


def _pick(interview: Interview, asked: Asked, option: str) -> Step:
    if option not in {choice.code for choice in asked.choices}:
        return Step(interview, remark=PASSED_BY)
    return _answer(interview, asked.item, option)


def _tick(interview: Interview, asked: Asked, option: str, on: bool) -> Step:
    if option not in {choice.code for choice in asked.choices}:
        return Step(interview, remark=PASSED_BY)
    return Step(
        replace(interview, draft=ticked(asked.choices, _ticks(interview, asked), option, on))
    )


def _ticks(interview: Interview, asked: Asked) -> str:
    """The ticks so far: the draft, else the answer being changed."""
    if interview.draft is not None:
        return interview.draft
    answer = interview.answers.get(asked.item.name)
    return answer.value if answer else ""


def _done(interview: Interview, asked: Asked) -> Step:
    if type_of(asked.item.type).shape is Shape.NOTE:
        return _answer(interview, asked.item, READ)
    chosen = in_order(asked.choices, _ticks(interview, asked).split())
    if not chosen:
        return Step(interview, remark=NOTHING_TICKED)
    return _answer(interview, asked.item, chosen)


def _skip(interview: Interview, item: Item) -> Step:
    if item.required:
        return Step(interview, remark=ANSWER_NEEDED)
    return _saved(interview, _new(interview, item.name, "", AnswerState.SKIPPED), None)


def _back(interview: Interview, route: Route, asked: str) -> Step:
    number = route.asked.index(asked)
    if number == 0:
        return Step(interview, remark=FIRST_QUESTION)
    return Step(replace(interview, position=route.asked[number - 1], draft=None))


def _answer(interview: Interview, item: Item, value: str, remark: Remark | None = None) -> Step:
    """Store a value if its constraint holds; a refused value leaves the stored one alone."""
    refused = refusal(interview, find_route(interview), item, value)
    if refused is not None:
        return Step(interview, remark=refused)
    answer = _new(interview, item.name, value, AnswerState.ANSWERED)
    before = interview.answers.get(item.name)
    if before and (before.value, before.state) == (value, AnswerState.ANSWERED):
        return Step(replace(interview, position=None, draft=None), remark=remark)
    return _saved(interview, answer, remark)


def _new(interview: Interview, name: str, value: str, state: AnswerState) -> Answer:
    return Answer(name, value, state, interview.language, interview.now)


def _saved(interview: Interview, answer: Answer, remark: Remark | None) -> Step:
    """The interview with the answer in, what no longer fits out, and completion if it is due."""
    answers = {**interview.answers, answer.item: answer}
    after = replace(interview, answers=answers, position=None, draft=None)
    cleared: list[str] = []
    while gone := find_route(after).gone:
        cleared += gone
        kept = {name: given for name, given in after.answers.items() if name not in gone}
        after = replace(after, answers=kept)
    completed = after.completed_at is None and current(after) is None
    if completed:
        after = replace(after, completed_at=after.now)
    return Step(after, (answer,), tuple(cleared), remark, completed=completed)
