"""The messages people see in an interview, as cards: text and buttons, in the person's language.

Pure: from an interview and its facts to a card. Texts are written for readers of English as a
second language, and each card reads well as plain numbered text too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from storage.fieldwork.case_files import CaseFile
from surveys.interview.closings import closing
from surveys.interview.facts import day_text
from surveys.interview.interview import (
    BACK_LABEL,
    DONE_LABEL,
    SKIP_LABEL,
    AnswerState,
    Interview,
    Question,
    Tick,
    progress,
    question,
    shown_answer,
)
from surveys.interview.route import quoted
from surveys.items import type_of
from surveys.items.base import Choice, Shape
from surveys.items.pick_one import numbered
from surveys.planning.contacts import Kind
from surveys.questionnaire import Questionnaire
from surveys.wording import N_, Remark, Words, language_name

OPTIONS_A_PAGE = 12
"""More rows than this do not fit on a phone; the longest packaged list has eleven."""
SHORT_LABEL = 12
"""Labels up to this length stand two in a row; longer ones need a row of their own on a phone."""
SCALE_LABEL = 2
ANSWERS_SHOWN = 60


@dataclass(frozen=True)
class Asking:
    """What a question card is made of: the case, its interview, and the page of options shown."""

    case_id: int
    interview: Interview
    page: int = 0

    @property
    def words(self) -> Words:
        return Words(self.interview.language)

    def token(self, action: Action, item: str, *more: int) -> str:
        """A button of this case about an item."""
        return token(action, self.case_id, self.interview.questionnaire.position[item], *more)


def question_card(asking: Asking, remark: Remark | None = None, about: str = "") -> Card:
    """The question asked now, under a remark about the last answer; the last card when all is said.

    `about` names the workshop when the person has more than one questionnaire open.
    """
    asked = question(asking.interview)
    if asked is None:
        raise ValueError("nothing is left to ask: show the last card instead")
    words = asking.words
    head = words(
        "Question {number} of about {about}", number=str(asked.number), about=str(asked.about)
    )
    # Where the number of choices is limited, the question itself says so.
    if asked.shape is Shape.PICK_MANY and not asked.limited:
        head = words("{head}, choose all that fit", head=head)
    lines = [about, head, asked.heading, asked.text, asked.hint]
    lines += [_not_translated(asking, asked), _typing_hint(asking, asked)]
    text = "\n".join(line for line in lines if line)
    said = words.remark(remark) + "\n\n" if remark else ""
    return Card(said + text, (*_choice_rows(asking, asked), *_navigation(asking, asked)))


def _not_translated(asking: Asking, asked: Question) -> str:
    """Why some of the question is in another language, if it is."""
    if not asked.partly:
        return ""
    shown = language_name(asking.interview.questionnaire.default_language)
    return asking.words("Part of this is not translated yet: it is in {language}.", language=shown)


def page_of(interview: Interview, tick: Tick) -> int:
    """The page of options on which a box was ticked, to be shown again after it."""
    asked = question(interview)
    codes = [choice.code for choice in asked.choices] if asked else []
    return codes.index(tick.option) // OPTIONS_A_PAGE if tick.option in codes else 0


def _typing_hint(asking: Asking, asked: Question) -> str:
    """What to send where there is no button, with the answer given before."""
    words = asking.words
    hints = {
        Shape.TEXT: words("Please type your answer."),
        Shape.NUMBER: words("Please type the number."),
    }
    hint = hints.get(asked.shape, "")
    if hint and asked.value:
        told = shown_answer(asking.interview, asked.item, asked.value)
        return hint + "\n" + words("Your answer so far: {answer}", answer=told)
    return hint


def _choice_rows(asking: Asking, asked: Question) -> tuple[tuple[Button, ...], ...]:
    if asked.shape is Shape.NOTE:
        done = asking.token(Action.DONE, asked.item)
        return ((Button(asking.words("Go on"), done),),)
    if asked.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return ()
    pages = max(1, -(-len(asked.choices) // OPTIONS_A_PAGE))
    page = asking.page % pages
    start = page * OPTIONS_A_PAGE
    shown = list(enumerate(asked.choices, 1))[start : start + OPTIONS_A_PAGE]
    buttons = [_choice_button(asking, asked, number, choice) for number, choice in shown]
    rows = _in_rows(buttons, [choice.label for _, choice in shown])
    if pages > 1:
        turn = asking.token(Action.PAGE, asked.item, (page + 1) % pages)
        rows.append((Button(asking.words("More choices"), turn),))
    if asked.shape is Shape.PICK_MANY:
        ticks = len(asked.value.split())
        text = asking.words(DONE_LABEL) + (f" ({ticks})" if ticks else "")
        rows.append((Button(text, asking.token(Action.DONE, asked.item)),))
    return tuple(rows)


def _choice_button(asking: Asking, asked: Question, number: int, choice: Choice) -> Button:
    """A choice with its number on screen, so that typing the number works; ✓ when chosen."""
    chosen = choice.code in asked.value.split()
    label = f"{number}. {choice.label}" if numbered(asked.choices) else choice.label
    action = Action.PICK
    if asked.shape is Shape.PICK_MANY:
        action = Action.UNTICK if chosen else Action.TICK
    option = option_number(asking.interview.questionnaire, asked.item, asked.choices, choice)
    return Button(("✓ " if chosen else "") + label, asking.token(action, asked.item, option))


def option_number(
    questionnaire: Questionnaire, item: str, choices: Sequence[Choice], choice: Choice
) -> int:
    """The number of an option in its whole list, which a filter cannot shift."""
    options = questionnaire.options(questionnaire.by_name[item])
    codes = [option.name for option in options] or [choice.code for choice in choices]
    return codes.index(choice.code)


def _in_rows(buttons: list[Button], labels: list[str]) -> list[tuple[Button, ...]]:
    longest = max((len(label) for label in labels), default=0)
    width = 5 if longest <= SCALE_LABEL else 2 if longest <= SHORT_LABEL else 1
    return [tuple(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def _navigation(asking: Asking, asked: Question) -> tuple[tuple[Button, ...], ...]:
    words = asking.words
    row = []
    if asked.number > 1:
        row.append(Button(words(BACK_LABEL), asking.token(Action.BACK, asked.item)))
    if asked.shape is Shape.NOTE:
        pass
    elif asked.state is AnswerState.ANSWERED:
        row.append(Button(words("Keep my answer"), asking.token(Action.KEEP, asked.item)))
    elif not asked.required:
        row.append(Button(words(SKIP_LABEL), asking.token(Action.SKIP, asked.item)))
    row.append(Button("⋯", token(Action.MENU, asking.case_id)))
    return (tuple(row),)


def last_card(asking: Asking, file: CaseFile, next_one: str = "", about: str = "") -> Card:
    """All is answered: thanks, until when answers can be changed, and when the next one comes."""
    words = asking.words
    lines = [
        about,
        words("Thank you. That was all; your answers are saved."),
        *closing_lines(asking),
        words("Until {day} you can still change them.", day=_day(file.wave.closes_on, words)),
        next_one,
    ]
    row = (
        Button(words("See or change my answers"), token(Action.ANSWERS, asking.case_id)),
        Button("⋯", token(Action.MENU, asking.case_id)),
    )
    return Card("\n".join(line for line in lines if line), (row,))


def closing_lines(asking: Asking) -> list[str]:
    """What some questionnaires say after the last answer, such as an advised order of work."""
    return [asking.words.remark(remark) for remark in closing(asking.interview)]


def closed_card(file: CaseFile, words: Words, next_one: str) -> Card:
    """The window has ended, on its last day or earlier by an organiser."""
    ended = file.case.closed_at or file.wave.closed_at
    last = min(file.wave.closes_on, file.calendar.local_day(ended)) if ended else None
    day = _day(last or file.wave.closes_on, words)
    closed = words("This questionnaire closed on {day}. Thank you.", day=day)
    return Card("\n".join(filter(None, (closed, next_one))))


def invitation_card(asking: Asking, file: CaseFile, kind: Kind, last: bool) -> Card:
    """The first message of a case, or a reminder: who asks, how long it takes, until when."""
    words = asking.words
    answered, about = progress(asking.interview)
    title = asking.interview.questionnaire.text(
        asking.interview.questionnaire.title, asking.interview.language
    )
    if kind is Kind.REMINDER:
        greeting = words("Hello {name}, a short reminder.", name=file.participant.name)
    else:
        greeting = words("Hello {name}.", name=file.participant.name)
    workshop = file.workshop
    about_it = words(
        "{title}: {workshop}, {city}.", title=title, workshop=workshop.title, city=workshop.city
    )
    lines = [greeting, about_it, _how_far(asking, answered, about), _until(words, file, last)]
    rows = (_start_row(asking, answered), (_stop_button(words, asking),))
    return Card("\n".join(lines), rows)


def _how_far(asking: Asking, answered: int, about: int) -> str:
    words = asking.words
    if answered:
        return words(
            "You have answered {answered} of about {about} questions.",
            answered=str(answered),
            about=str(about),
        )
    return words(
        "About {about} questions, about {minutes} minutes.",
        about=str(about),
        minutes=str(asking.interview.questionnaire.minutes),
    )


def _until(words: Words, file: CaseFile, last: bool) -> str:
    day = _day(file.wave.closes_on, words)
    if last:
        return words("This is the last reminder. It closes on {day}.", day=day)
    return words("Open until {day}.", day=day)


def _start_row(asking: Asking, answered: int) -> tuple[Button, ...]:
    words = asking.words
    text = words("Start")
    if answered:
        asked = question(asking.interview)
        number = asked.number if asked else answered
        text = words("Continue at question {number}", number=str(number))
    return (
        Button(text, token(Action.GO, asking.case_id)),
        Button(words("Later"), token(Action.LATER, asking.case_id)),
    )


def _stop_button(words: Words, asking: Asking) -> Button:
    return Button(words("Stop these messages"), token(Action.STOP, asking.case_id))


@dataclass(frozen=True)
class Given:
    """An answer as its giver sees it again: number and text of the question, what was said, and
    the token that leads back to it."""

    number: int
    asked: str
    told: str
    change: str


def answers_given(asking: Asking) -> list[Given]:
    """The answers so far in the order of the questions; notes that were read are none."""
    interview = asking.interview
    found = []
    for number, name in enumerate(interview.route.asked, 1):
        answer = interview.answers.get(name)
        item = interview.questionnaire.by_name[name]
        if answer is None or type_of(item.type).shape is Shape.NOTE:
            continue
        asked = quoted(interview, interview.route, item.label)
        told = shown_answer(interview, name, answer.value) or asking.words("skipped")
        found.append(Given(number, asked, told, asking.token(Action.CHANGE, name)))
    return found


def answers_card(asking: Asking) -> Card:
    """The answers given so far; each can be changed while the window is open."""
    words = asking.words
    lines = []
    buttons = []
    for given in answers_given(asking):
        lines.append(f"{given.number}. {_shortened(given.asked)}\n   {given.told}")
        buttons.append(Button(str(given.number), given.change))
    head = words("Your answers so far. Tap a number to change an answer.")
    text = "\n".join([head, *lines]) if lines else words("You have not answered anything yet.")
    rows = [tuple(buttons[start : start + 5]) for start in range(0, len(buttons), 5)]
    return Card(text, (*rows, (back_button(asking),)))


def back_button(asking: Asking) -> Button:
    """From a card beside the questions back to the question asked, or to the thanks."""
    if question(asking.interview) is None:
        return Button(asking.words(BACK_LABEL), token(Action.GO, asking.case_id))
    return Button(asking.words("‹ Back to the question"), token(Action.GO, asking.case_id))


def _shortened(text: str) -> str:
    """A question cut at a word, or anywhere in scripts that have no spaces between words."""
    if len(text) <= ANSWERS_SHOWN:
        return text
    begun = text[:ANSWERS_SHOWN]
    return (begun.rpartition(" ")[0] or begun).rstrip(" ,;:") + " …"


CLOSED_NOTICE = N_("This questionnaire is closed. Thank you.")


def _day(day: date, words: Words) -> str:
    return day_text(day, words.language)
