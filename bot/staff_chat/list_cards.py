"""Cards about a list that was sent: what was understood, what is asked, and the buttons. Pure."""

from collections.abc import Iterable, Sequence

from bot.desk.workshops.listing import Listed
from bot.importing.rows.imported import Imported
from bot.importing.rows.open_questions import COLUMN, Question
from bot.importing.tables.cells import Book
from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.staff_chat.list_steps import Step
from bot.staff_chat.sent_lists import GONE, Sent
from bot.staff_chat.workshop_choice import buttons, more_row
from bot.wording.counts import counted
from surveys.people import Administration
from surveys.problems import Problem

ASKED_AT_ONCE = 3
LINES, ALL_LINES, LONGEST = 10, 60, 200
PROBLEMS = 20
END = 90


def list_card(sent: Sent, done: Imported) -> Card:
    """Return a list as it would be imported, with its open questions."""
    text = [*_lines(sent, done, LINES), *(question.text for question in _asked(done))]
    if len(done.questions) > ASKED_AT_ONCE:
        text.append(f"… and {counted(len(done.questions) - ASKED_AT_ONCE, 'more question')}.")
    end = () if done.nothing_to_do else ("Nothing is saved yet.",)
    return Card("\n".join((*text, *end)), _buttons(sent, done))


def refused_card(sent: Sent, problems: Sequence[Problem]) -> Card:
    """Return what is wrong with a list that cannot be imported."""
    number = counted(len(problems), "problem")
    head = f"Nothing was saved. Please correct {number} in {sent.name}."
    text = "\n".join((head, *_told(problems, PROBLEMS)))
    return Card(text, (_last_row(sent),) if isinstance(sent.read, Book) else ())


def whole_text(sent: Sent, done: Imported) -> str:
    """Return a list as it would be imported, line by line."""
    lines = [*_lines(sent, done, ALL_LINES), *_cut(list(done.lines), ALL_LINES)]
    return "\n".join(lines)


def workshops_card(sent: Sent, listed: Sequence[Listed]) -> Card:
    """Ask for the workshop of a list of people."""
    if not listed:
        return Card("There are no workshops yet. Send a calendar of workshops first.")
    before = (sent.number, Step.WORKSHOP)
    rows = buttons(listed, Action.OFFICE_LIST, before=before)
    more = more_row(len(listed), Action.OFFICE_LIST, before=before)
    cancel = (Button("Cancel", _token(sent, Step.CANCEL)),)
    question = f"{sent.name} is a list of people. Which workshop is it for?"
    return Card(question, (*rows, *more, cancel))


def administrations_card(sent: Sent, number: int, known: Iterable[Administration]) -> Card:
    """Return all administrations as answers to a question."""
    buttons = [
        Button(one.name, _token(sent, Step.ADMINISTRATION, number, at))
        for at, one in enumerate(known)
    ]
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
    asked = sent.asked[number].text if number < len(sent.asked) else GONE
    return Card(asked, rows)


def _token(sent: Sent, step: Step, *numbers: int) -> str:
    return token(Action.OFFICE_LIST, sent.number, step, *numbers)


def _open(done: Imported) -> tuple[Question, ...]:
    return (*done.questions, *done.offers)[:ASKED_AT_ONCE]


def _asked(done: Imported) -> tuple[Question, ...]:
    """Return the questions that are shown at once: those that are open, then those with an answer."""
    return (*_open(done), *([] if done.questions else done.offers[:ASKED_AT_ONCE]))


def _told(problems: Sequence[Problem], most: int) -> list[str]:
    """Return a line for each problem, always with what to do about it."""
    return _with_more([f"- {one.within(LONGEST)}" for one in problems[:most]], len(problems))


def _cut(lines: list[str], most: int) -> list[str]:
    """Return the first lines; of a long one the beginning, and the end, which says what to do."""
    shown = [
        line
        if len(line) <= LONGEST
        else f"{line[: LONGEST - END].rstrip()} … {line[-END:].lstrip()}"
        for line in lines[:most]
    ]
    return _with_more(shown, len(lines))


def _with_more(shown: list[str], number: int) -> list[str]:
    more = number - len(shown)
    return [*shown, f"… and {more} more."] if more > 0 else shown


def _lines(sent: Sent, done: Imported, most: int) -> list[str]:
    """Return what was understood, and the warnings."""
    what = f"{sent.name} for {sent.workshop.title}" if sent.workshop else sent.name
    return [
        what,
        *_cut(list(done.notes), most),
        done.nothing_to_do or done.counts,
        *_cut([f"- {change}" for change in done.changes], most),
        *_told(done.warnings, most),
    ]


def _buttons(sent: Sent, done: Imported) -> tuple[tuple[Button, ...], ...]:
    rows = [row for question in _asked(done) for row in _answers(sent, question)]
    meetings = sum("is a meeting" in note for note in done.notes)
    if meetings:
        label = f"Take the {counted(meetings, 'meeting')} too"
        rows.append((Button(label, _token(sent, Step.MEETINGS)),))
    if not done.questions and done.rows and not done.nothing_to_do:
        rows.append((Button(f"Save {done.rows}", _token(sent, Step.SAVE)),))
    show = Button("Show all", _token(sent, Step.SHOW))
    last = _last_row(sent) if done.sheets else (Button("Cancel", _token(sent, Step.CANCEL)),)
    return (*rows, (show,), last)


def _last_row(sent: Sent) -> tuple[Button, ...]:
    columns = Button("Columns …", _token(sent, Step.COLUMNS))
    return (columns, Button("Cancel", _token(sent, Step.CANCEL)))


def _answers(sent: Sent, question: Question) -> list[tuple[Button, ...]]:
    """Return a button for each answer to a question."""
    number = sent.place_of(question)
    holds = sent.answers.get(question.key, question.chosen)
    labels = [
        f"{'✓ ' * (choice.value == holds)}{_short(question)}: {choice.label}"[:60]
        for choice in question.choices
    ]
    rows: list[tuple[Button, ...]] = [
        (Button(label, _token(sent, Step.ANSWER, number, at)),) for at, label in enumerate(labels)
    ]
    if question.any_administration:
        rows.append((Button(f"{question.key}: Other …", _token(sent, Step.OTHER, number)),))
    return rows


def _short(question: Question) -> str:
    """Return what a question is about, before the labels of its buttons."""
    return question.key.removeprefix(COLUMN)
