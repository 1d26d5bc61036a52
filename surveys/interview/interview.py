"""The interview: what a tap, a tick or a typed text does.

Pure: `step()` returns a new interview and what has to be saved; it saves and sends nothing itself.

The rules, all in this file:
- The question asked is the one a person went back to, else the first open one on the route.
- A move that names another question than the one asked changes nothing ("that was answered").
- A typed text is read for the question asked; a text that is not understood is not stored.
- A constraint is judged when its answer is given, and not again: neither a later day nor another
  answer takes a stored answer away by it.
- After each answer the route is computed again: answers that became irrelevant, or that fell out of a
  filtered list, are cleared (they go to the history), and the person is told how many.
- A file answers only a question that asks for one, and such a question can always be skipped.
- Ticks are kept as a draft until Done. A tick is "on" or "off", never a toggle.
"""

from dataclasses import replace

from surveys.days import day_text
from surveys.interview.answers import Answer, AnswerState, Interview
from surveys.interview.forms import read_form
from surveys.interview.moves import (
    Back,
    Change,
    Done,
    Fill,
    Keep,
    Move,
    Pick,
    Show,
    Skip,
    Tick,
    Write,
)
from surveys.interview.questions import Question, current, progress, question, shown_answer
from surveys.interview.route import Route, asked_item, label_of, refusal
from surveys.interview.saving import Step, is_stored, kept, saved
from surveys.items import type_of
from surveys.items.base import Asked, Misread, Shape, plain
from surveys.items.file_shown import SHOWN
from surveys.items.note import READ
from surveys.items.pick_many import in_order, ticked
from surveys.questionnaire import Item
from surveys.wording import N_, Remark, Words

__all__ = [
    "BACK_LABEL",
    "DONE_LABEL",
    "SKIP_LABEL",
    "Answer",
    "AnswerState",
    "Back",
    "Change",
    "Done",
    "Fill",
    "Interview",
    "Keep",
    "Move",
    "Pick",
    "Question",
    "Show",
    "Skip",
    "Step",
    "Tick",
    "Write",
    "current",
    "progress",
    "question",
    "shown_answer",
    "step",
]

FIRST_QUESTION = Remark(N_("This is the first question."))
NOTHING_TICKED = Remark(N_("Please choose at least one, or tap Skip."))
NOTHING_NEEDED = Remark(N_("Please choose at least one."))
ANSWER_NEEDED = Remark(N_("Please answer this question before you continue."))
ALREADY_ANSWERED = N_("You answered that question on {day}.")
PASSED_BY = Remark(N_("That button belongs to another question. Here is your question now."))
PASSED_BY_FORM = Remark(N_("That page belongs to another question. Here is your question now."))
NO_LONGER_ASKED = Remark(N_("We do not ask that question any more."))
UNDERSTOOD = N_("Understood: {answer}.")
SKIP_LABEL = N_("Skip")
BACK_LABEL = N_("‹ Back")
DONE_LABEL = N_("Done")


def step(interview: Interview, move: Move) -> Step:
    """Return what a move does. Never raises for anything a participant can do."""
    route = interview.route
    asked = current(interview)
    if isinstance(move, Change):
        return _change(interview, route, move.item)
    if isinstance(move, Write):
        return _write(interview, route, move.text)
    if isinstance(move, Show):
        return _show(interview, route, move)
    if asked is None or move.item != asked:
        return _stale(interview, route, move)
    item = asked_item(interview, route, interview.questionnaire.by_name[asked])
    match move:
        case Pick(_, option):
            return _pick(interview, item, option)
        case Tick(_, option, on):
            return _tick(interview, item, option, on)
        case Done():
            return _done(interview, item)
        case Fill(_, values):
            return _fill(interview, item, values)
        case Skip():
            return _skip(interview, item.item)
        case Keep():
            return kept(interview)
        case Back():
            return _back(interview, route, asked)


def _change(interview: Interview, route: Route, name: str) -> Step:
    if name not in route.asked:
        return Step(interview, remark=NO_LONGER_ASKED)
    if name == current(interview):
        return Step(interview)
    return Step(replace(interview, position=name, draft=None))


def _stale(interview: Interview, route: Route, move: Move) -> Step:
    """Handle a button of another question than the one asked: a remark, nothing stored.

    A repeated Back or Keep gets no remark.
    """
    if isinstance(move, Write | Show | Back | Keep):
        return Step(interview)
    answer = interview.answers.get(move.item)
    if answer is not None and not _says_the_same(move, answer):
        return Step(interview, remark=_answered_on(interview, answer), changeable=move.item)
    if answer is not None:
        return Step(interview)
    if move.item not in route.asked:
        return Step(interview, remark=NO_LONGER_ASKED)
    return Step(interview, remark=PASSED_BY_FORM if isinstance(move, Fill) else PASSED_BY)


def _answered_on(interview: Interview, answer: Answer) -> Remark:
    day = answer.at.astimezone(interview.now.tzinfo).date()
    return Remark(ALREADY_ANSWERED, {"day": day_text(day, interview.language)})


def _says_the_same(move: Move, answer: Answer) -> bool:
    """Return whether a move repeats the stored answer; it gets no remark then."""
    match move:
        case Pick(_, option):
            return answer.value == option
        case Tick(_, option, on):
            return (option in answer.value.split()) == on
        case Skip():
            return answer.state is AnswerState.SKIPPED
        case Fill(_, values):
            return set(values) == set(answer.value.split()) or values == (answer.value,)
        case Done() | Keep():
            return answer.state is AnswerState.ANSWERED
        case _:
            return False


def _write(interview: Interview, route: Route, text: str) -> Step:
    """Read a typed text as the answer to the question asked, or as the label of one of its buttons."""
    name = current(interview)
    if name is None:
        return Step(interview)
    asked = asked_item(interview, route, interview.questionnaire.by_name[name])
    button = _button_meant(interview, asked, text)
    if button is not None:
        return step(interview, button)
    read = type_of(asked.item.type).read(asked, text)
    if isinstance(read, Misread):
        return Step(interview, remark=read.remark)
    told = label_of(interview, asked.item, read)
    remark = Remark(UNDERSTOOD, {"answer": told}) if told and told != text.strip() else None
    return _answer(interview, asked.item, read, remark)


def _show(interview: Interview, route: Route, move: Show) -> Step:
    """Take a file as the answer to the question asked, if that asks for one."""
    name = current(interview)
    item = interview.questionnaire.by_name[name] if name else None
    asks = item is not None and type_of(item.type).shape is Shape.FILE
    if item is None or not asks or move.item not in ("", name):
        return Step(interview, remark=PASSED_BY_FORM)
    answer = _new(interview, item.name, SHOWN, AnswerState.ANSWERED)
    refused = refusal(interview, route, item, SHOWN)
    told = Remark(UNDERSTOOD, {"answer": label_of(interview, item, SHOWN)})
    return Step(interview, remark=refused) if refused else saved(interview, answer, told)


def _button_meant(interview: Interview, asked: Asked, text: str) -> Move | None:
    """Return the button below the question with this label, unless a choice has the same label."""
    said, words = plain(text), Words(interview.language)
    if said in {plain(choice.label) for choice in asked.choices}:
        return None
    buttons: dict[str, Move] = {
        plain(words(BACK_LABEL)): Back(asked.item.name),
        plain(words(SKIP_LABEL)): Skip(asked.item.name),
    }
    if type_of(asked.item.type).shape is Shape.PICK_MANY:
        buttons[plain(words(DONE_LABEL))] = Done(asked.item.name)
    return buttons.get(said)


def _offers(asked: Asked, shape: Shape, option: str) -> bool:
    """Return whether the question has this shape and the option is open in it."""
    codes = {choice.code for choice in asked.choices}
    return type_of(asked.item.type).shape is shape and option in codes


def _pick(interview: Interview, asked: Asked, option: str) -> Step:
    if not _offers(asked, Shape.PICK_ONE, option):
        return Step(interview, remark=PASSED_BY)
    return _answer(interview, asked.item, option)


def _tick(interview: Interview, asked: Asked, option: str, on: bool) -> Step:
    if not _offers(asked, Shape.PICK_MANY, option):
        return Step(interview, remark=PASSED_BY)
    draft = ticked(asked.choices, _ticks(interview, asked), option, on)
    return Step(replace(interview, draft=draft))


def _ticks(interview: Interview, asked: Asked) -> str:
    """Return the ticks so far: the draft, else the answer being changed."""
    if interview.draft is not None:
        return interview.draft
    answer = interview.answers.get(asked.item.name)
    return answer.value if answer else ""


def _done(interview: Interview, asked: Asked) -> Step:
    shape = type_of(asked.item.type).shape
    if shape is Shape.NOTE:
        return _answer(interview, asked.item, READ)
    if shape is not Shape.PICK_MANY:
        return Step(interview, remark=PASSED_BY)
    chosen = in_order(asked.choices, _ticks(interview, asked).split())
    if not chosen:
        return Step(interview, remark=NOTHING_NEEDED if asked.item.required else NOTHING_TICKED)
    return _answer(interview, asked.item, chosen)


def _fill(interview: Interview, asked: Asked, values: tuple[str, ...]) -> Step:
    read = read_form(asked, values)
    if isinstance(read, Misread):
        return Step(interview, remark=read.remark)
    return _answer(interview, asked.item, read)


def _skip(interview: Interview, item: Item) -> Step:
    if item.required and type_of(item.type).shape is not Shape.FILE:
        return Step(interview, remark=ANSWER_NEEDED)
    answer = _new(interview, item.name, "", AnswerState.SKIPPED)
    return kept(interview) if is_stored(interview, answer) else saved(interview, answer)


def _back(interview: Interview, route: Route, asked: str) -> Step:
    number = route.asked.index(asked)
    if number == 0:
        return Step(interview, remark=FIRST_QUESTION)
    return Step(replace(interview, position=route.asked[number - 1], draft=None))


def _answer(interview: Interview, item: Item, value: str, remark: Remark | None = None) -> Step:
    """Store a value if its constraint holds; the stored value was judged when it was given."""
    answer = _new(interview, item.name, value, AnswerState.ANSWERED)
    if is_stored(interview, answer):
        return kept(interview, remark)
    refused = refusal(interview, interview.route, item, value)
    return Step(interview, remark=refused) if refused else saved(interview, answer, remark)


def _new(interview: Interview, name: str, value: str, state: AnswerState) -> Answer:
    return Answer(name, value, state, interview.language, interview.now)
