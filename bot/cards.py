"""The messages people see in an interview, as cards: text and buttons, in the person's language.

Pure: from an interview and its facts to a card. Texts are written for readers of English as a
second language, and each card reads well as plain numbered text too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.channels.base import Button, Card
from bot.tokens import Action, token
from storage.interviews import CaseFile
from surveys.contacts import Kind
from surveys.facts import day_text, month_text
from surveys.interview import Interview, Question, progress, question, shown_answer
from surveys.items.base import Choice, Shape
from surveys.questionnaire import Questionnaire
from surveys.route import find_route, label_of, quoted
from surveys.wording import N_, Remark, Words

OPTIONS_A_PAGE = 10
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
    if asked.shape is Shape.PICK_MANY:
        head = words("{head}, choose all that fit", head=head)
    lines = [words.remark(remark) if remark else "", about, head, asked.heading, asked.text]
    lines += [_typing_hint(words, asked), asked.hint]
    text = "\n".join(line for line in lines if line)
    return Card(text, (*_choice_rows(asking, asked), *_navigation(asking, asked)))


def _typing_hint(words: Words, asked: Question) -> str:
    """What to send where there is no button, with the answer given before."""
    hints = {
        Shape.TEXT: words("Please type your answer."),
        Shape.NUMBER: words("Please type the number."),
    }
    hint = hints.get(asked.shape, "")
    if hint and asked.answered and asked.value:
        hint = words("{hint} So far: {value}", hint=hint, value=asked.value)
    return hint


def _choice_rows(asking: Asking, asked: Question) -> tuple[tuple[Button, ...], ...]:
    if asked.shape is Shape.NOTE:
        done = asking.token(Action.DONE, asked.item)
        return ((Button(asking.words("Go on"), done),),)
    if asked.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return ()
    start = asking.page * OPTIONS_A_PAGE
    shown = list(enumerate(asked.choices, 1))[start : start + OPTIONS_A_PAGE]
    buttons = [_choice_button(asking, asked, number, choice) for number, choice in shown]
    rows = _in_rows(buttons, [choice.label for _, choice in shown])
    if len(asked.choices) > OPTIONS_A_PAGE:
        pages = -(-len(asked.choices) // OPTIONS_A_PAGE)
        turn = asking.token(Action.PAGE, asked.item, (asking.page + 1) % pages)
        rows.append((Button(asking.words("More choices"), turn),))
    if asked.shape is Shape.PICK_MANY:
        ticks = len(asked.value.split())
        text = asking.words("Done ({ticks})", ticks=str(ticks))
        rows.append((Button(text, asking.token(Action.DONE, asked.item)),))
    return tuple(rows)


def _choice_button(asking: Asking, asked: Question, number: int, choice: Choice) -> Button:
    """A choice with its number on screen, so that typing the number works; ✓ when chosen."""
    chosen = choice.code in asked.value.split()
    label = choice.label if choice.label == choice.code else f"{number}. {choice.label}"
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
        row.append(Button(words("‹ Back"), asking.token(Action.BACK, asked.item)))
    if asked.answered:
        row.append(Button(words("Keep my answer"), asking.token(Action.KEEP, asked.item)))
    elif not asked.required:
        row.append(Button(words("Skip"), asking.token(Action.SKIP, asked.item)))
    row.append(Button("⋯", token(Action.MENU, asking.case_id)))
    return (tuple(row),)


def last_card(asking: Asking, file: CaseFile, remark: Remark | None = None) -> Card:
    """All is answered: thanks, and until when answers can still be changed."""
    words = asking.words
    lines = [
        words.remark(remark) if remark else "",
        words("Thank you. That was all; your answers are saved."),
        words("Until {day} you can still change them.", day=_day(file.wave.closes_on, words)),
    ]
    row = (
        Button(words("See or change my answers"), token(Action.ANSWERS, asking.case_id)),
        Button("⋯", token(Action.MENU, asking.case_id)),
    )
    return Card("\n".join(line for line in lines if line), (row,))


def closed_card(file: CaseFile, words: Words, next_month: date | None) -> Card:
    """The window has ended."""
    closed = words(
        "This questionnaire closed on {day}. Thank you.", day=_day(file.wave.closes_on, words)
    )
    if next_month is None:
        return Card(closed)
    month = month_text(next_month, words.language)
    return Card(closed + "\n" + words("The next one comes in {month}.", month=month))


def invitation_card(asking: Asking, file: CaseFile, kind: Kind, last: bool) -> Card:
    """The first message of a case, or a reminder: who asks, how long it takes, until when."""
    words = asking.words
    answered, about = progress(asking.interview)
    title = asking.interview.questionnaire.text(
        asking.interview.questionnaire.title, asking.interview.language
    )
    workshop = file.workshop
    lines = [
        words("Hello {name}.", name=file.participant.name),
        words(
            "{title}: {workshop}, {city}.",
            title=title,
            workshop=workshop.title,
            city=workshop.city,
        ),
    ]
    if answered and kind is Kind.REMINDER:
        lines.append(
            words(
                "You have answered {answered} of about {about} questions.",
                answered=str(answered),
                about=str(about),
            )
        )
    else:
        lines.append(
            words(
                "About {about} questions, about {minutes} minutes.",
                about=str(about),
                minutes=str(asking.interview.questionnaire.minutes),
            )
        )
    lines.append(_until(words, file, last))
    return Card("\n".join(lines), (_start_row(asking, answered), (_stop_button(words, asking),)))


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


def menu_card(asking: Asking) -> Card:
    """What lies behind ⋯: language, change an answer, pause, stop."""
    words = asking.words
    case = asking.case_id
    rows = (
        (Button(words("See or change my answers"), token(Action.ANSWERS, case)),),
        (Button(words("Language"), token(Action.LANGUAGES, case)),),
        (Button(words("Pause, go on later"), token(Action.PAUSE, case)),),
        (Button(words("Stop these messages"), token(Action.STOP, case)),),
        (Button(words("‹ Back to the question"), token(Action.GO, case)),),
    )
    return Card(words("What would you like to do?"), rows)


def answers_card(asking: Asking) -> Card:
    """The answers given so far; each can be changed while the window is open."""
    words = asking.words
    interview = asking.interview
    route = find_route(interview)
    lines = [words("Your answers so far. Tap a number to change an answer.")]
    buttons = []
    for number, name in enumerate(route.asked, 1):
        answer = interview.answers.get(name)
        if answer is None:
            continue
        asked = quoted(interview, route, interview.questionnaire.by_name[name].label)
        told = shown_answer(interview, name, answer.value) or words("skipped")
        lines.append(f"{number}. {_shortened(asked)}\n   {told}")
        buttons.append(Button(str(number), asking.token(Action.CHANGE, name)))
    rows = [tuple(buttons[start : start + 5]) for start in range(0, len(buttons), 5)]
    rows.append((Button(words("‹ Back to the question"), token(Action.GO, asking.case_id)),))
    return Card("\n".join(lines), tuple(rows))


def _shortened(text: str) -> str:
    return text if len(text) <= ANSWERS_SHOWN else text[: ANSWERS_SHOWN - 1].rstrip() + "…"


def answered_card(asking: Asking, item: str, remark: Remark) -> Card:
    """An old button was used: what is stored there, and the way to change it."""
    words = asking.words
    interview = asking.interview
    answer = interview.answers[item]
    told = label_of(interview, interview.questionnaire.by_name[item], answer.value)
    text = (
        words.remark(remark)
        + "\n"
        + words("Your answer: {answer}", answer=told or words("skipped"))
    )
    rows = (
        (Button(words("Change it"), asking.token(Action.CHANGE, item)),),
        (Button(words("‹ Back to the question"), token(Action.GO, asking.case_id)),),
    )
    return Card(text, rows)


def languages_card(words: Words, case_id: int, languages: Sequence[tuple[int, str]]) -> Card:
    """The languages this questionnaire can be asked in, by their own names."""
    rows = [(Button(name, token(Action.LANGUAGE, case_id, number)),) for number, name in languages]
    rows.append((Button(words("‹ Back to the question"), token(Action.GO, case_id)),))
    return Card(words("Which language would you like?"), tuple(rows))


CLOSED_NOTICE = N_("This questionnaire is closed. Thank you.")


def _day(day: date, words: Words) -> str:
    return day_text(day, words.language)
