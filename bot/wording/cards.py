"""The card of a question: text and buttons, in the person's language.

Pure: from an interview and its facts to a card. Texts are written for readers of English as a
second language, and each card reads well as plain numbered text too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.wording.rows import beside
from surveys.interview.interview import (
    BACK_LABEL,
    DONE_LABEL,
    SKIP_LABEL,
    AnswerState,
    Interview,
    Question,
    Tick,
    question,
    shown_answer,
)
from surveys.items.base import Choice, Shape
from surveys.items.file_shown import RECEIVED, SEND
from surveys.items.pick_one import numbered
from surveys.names import language_in
from surveys.questionnaire import Questionnaire
from surveys.widths import columns
from surveys.wording import N_, Remark, Words

OPTIONS_A_PAGE = 12
"""More rows do not fit on a phone; the longest packaged list has eleven."""
SHORT_LABEL = 12
"""Labels up to this width stand two in a row; wider ones need a row of their own on a phone."""
SCALE_LABEL = 2
ONLY_OFFICE = N_("Only the office sees it. A photo is kept without the place where it was taken.")


@dataclass(frozen=True)
class Asking:
    """What a question card is made from: the case, its interview, and the page of options shown."""

    case_id: int
    interview: Interview
    page: int = 0

    @property
    def words(self) -> Words:
        return Words(self.interview.language)

    def token(self, action: Action, item: str, *more: int) -> str:
        """Return the token of a button of this case about an item."""
        return token(action, self.case_id, self.interview.questionnaire.position[item], *more)


def question_card(asking: Asking, remark: Remark | None = None, about: str = "") -> Card:
    """Return the question asked now, under a remark about the last answer.

    `about` names the workshop if another questionnaire is on the screen too. ValueError if no
    question is left.
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
        head = words("{head}. You can choose more than one answer.", head=head)
    lines = [about, head, asked.heading, asked.text, asked.hint]
    lines += [_not_translated(asking, asked), _typing_hint(asking, asked)]
    text = "\n".join(line for line in lines if line)
    said = words.remark(remark) + "\n\n" if remark else ""
    return Card(said + text, (*_choice_rows(asking, asked), *_navigation(asking, asked)))


def _not_translated(asking: Asking, asked: Question) -> str:
    """Return a line if some of the question is in another language; '' if none is."""
    if not asked.partly:
        return ""
    shown = language_in(asking.interview.questionnaire.default_language, asking.words.language)
    return asking.words("Part of this is not translated yet: it is in {language}.", language=shown)


def page_of(interview: Interview, tick: Tick) -> int:
    """Return the page of options on which a box was ticked, to be shown again."""
    asked = question(interview)
    codes = [choice.code for choice in asked.choices] if asked else []
    return codes.index(tick.option) // OPTIONS_A_PAGE if tick.option in codes else 0


def _typing_hint(asking: Asking, asked: Question) -> str:
    """Return what to type where there is no button, with the answer given before."""
    words = asking.words
    if asked.shape is Shape.FILE:
        return "\n".join([words.remark(SEND), words(ONLY_OFFICE), *_file_so_far(words, asked)])
    hints = {
        Shape.TEXT: words("Please type your answer."),
        Shape.NUMBER: words("Please type a number."),
    }
    hint = hints.get(asked.shape, "")
    if hint and asked.value:
        told = shown_answer(asking.interview, asked.item, asked.value)
        return hint + "\n" + words("Your answer so far: {answer}", answer=told)
    return hint


def _file_so_far(words: Words, asked: Question) -> list[str]:
    """Return that a file was received before; nothing if none was."""
    told = words("Your answer so far: {answer}", answer=words(RECEIVED))
    return [told] if asked.value else []


def _choice_rows(asking: Asking, asked: Question) -> tuple[tuple[Button, ...], ...]:
    if asked.shape is Shape.NOTE:
        done = asking.token(Action.DONE, asked.item)
        return ((Button(asking.words("Continue"), done),),)
    if asked.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return ()
    pages = max(1, -(-len(asked.choices) // OPTIONS_A_PAGE))
    page = asking.page % pages
    start = page * OPTIONS_A_PAGE
    shown = list(enumerate(asked.choices, 1))[start : start + OPTIONS_A_PAGE]
    with_number = numbered(asked.choices)
    buttons = [
        _choice_button(asking, asked, number if with_number else 0, choice)
        for number, choice in shown
    ]
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
    """Return the button of a choice, with the number that may be typed if any; ✓ if it is chosen."""
    chosen = choice.code in asked.value.split()
    label = f"{number}. {choice.label}" if number else choice.label
    action = Action.PICK
    if asked.shape is Shape.PICK_MANY:
        action = Action.UNTICK if chosen else Action.TICK
    option = option_number(asking.interview.questionnaire, asked.item, asked.choices, choice)
    return Button(("✓ " if chosen else "") + label, asking.token(action, asked.item, option))


def option_number(
    questionnaire: Questionnaire, item: str, choices: Sequence[Choice], choice: Choice
) -> int:
    """Return the number of an option in its whole list, which a filter does not change."""
    options = questionnaire.options(questionnaire.by_name[item])
    codes = [option.name for option in options] or [choice.code for choice in choices]
    return codes.index(choice.code)


def _in_rows(buttons: list[Button], labels: list[str]) -> list[tuple[Button, ...]]:
    widest = max((columns(label) for label in labels), default=0)
    a_row = 5 if widest <= SCALE_LABEL else 2 if widest <= SHORT_LABEL else 1
    return [tuple(buttons[start : start + a_row]) for start in range(0, len(buttons), a_row)]


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
    return beside(*row)
