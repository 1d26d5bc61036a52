"""From a page to HTML: what stands on it, in which language and direction. Decides nothing.

All words come from `surveys.wording`; the templates hold none.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, Token, read_token
from bot.participants.contact_channels import STAY
from bot.participants.personal_data_cards import ANSWERS, ASK, COPY, SHOW
from bot.web.interview.pages import Page, View
from bot.wording.answers_card import answers_given
from bot.wording.cards import Asking
from surveys.bidi import direction
from surveys.interview.interview import BACK_LABEL, SKIP_LABEL, Question, question
from surveys.items.base import Shape
from surveys.wording import Words, language_name

CHAT_ONLY = {Action.LATER, Action.PAUSE, Action.MENU}
"""Buttons that a page does not need: it can simply be left."""
LOOKS = {
    Action.ANSWERS: View.ANSWERS,
    Action.LANGUAGES: View.LANGUAGES,
    Action.MY_LANGUAGES: View.LANGUAGES,
    Action.STORED: View.STORED,
    Action.STOP: View.STOP,
}
"""Buttons that only show something are links here."""
MINE = {COPY: View.COPY, ASK: View.DELETE}
"""The same for buttons about a person's own data. The page shows the answers anyway."""


@dataclass(frozen=True)
class Site:
    """What all pages share: the office and its contact, and the path in front of all others."""

    office: str
    contact: str
    base: str


@dataclass(frozen=True)
class Look:
    """A link to a view of the same page."""

    text: str
    view: View
    case_id: int | None


@dataclass(frozen=True)
class Form:
    """The question asked, as a form: what was typed or chosen before stands in it."""

    question: Question
    case_id: int
    item: int
    values: tuple[str, ...]
    back: str
    skip: str
    kind: str
    head: str


def render(site: Site, page: Page, typed: tuple[str, ...] | None = None) -> str:
    """A page as HTML; `typed` is what was sent and not taken, to be corrected."""
    form = form_of(page, typed) if page.card is None and page.view is View.HERE else None
    return _template("page.html").render(
        **_frame(site, page.words, _title(page, form)),
        page=page,
        form=form,
        given=answers_given(page.asking) if page.asking and page.view is View.ANSWERS else (),
        lines=_lines(page),
        rows=_buttons(page.card, page.view) if page.card else (),
        languages=[(code, language_name(code)) for code in page.languages],
        footer=_footer(page),
    )


def render_note(site: Site, words: Words, heading: str, text: str) -> str:
    """A page that says one thing and asks nothing."""
    return _template("note.html").render(
        **_frame(site, words, heading), heading=heading, text=text
    )


def form_of(page: Page, typed: tuple[str, ...] | None) -> Form | None:
    """The form of the question asked now."""
    asking = page.asking
    asked = question(asking.interview) if asking else None
    if asking is None or asked is None:
        return None
    answered = asked.value.split() if asked.choices else [asked.value]
    words = asking.words
    head = words(
        "Question {number} of about {about}", number=str(asked.number), about=str(asked.about)
    )
    if asked.shape is Shape.PICK_MANY and not asked.limited:
        head = words("{head}, choose all that fit", head=head)
    return Form(
        question=asked,
        case_id=asking.case_id,
        item=asking.interview.questionnaire.position[asked.item],
        values=tuple(answered) if typed is None else typed,
        back=asking.token(Action.BACK, asked.item) if asked.number > 1 else "",
        skip=_skip(asking, asked),
        kind=asked.shape.value,
        head=head,
    )


def _skip(asking: Asking, asked: Question) -> str:
    """The button that passes a question over; an answer that stands is kept by going on."""
    if asked.required or asked.shape is Shape.NOTE:
        return ""
    return asking.token(Action.SKIP, asked.item)


def _frame(site: Site, words: Words, title: str) -> dict[str, object]:
    return {
        "site": site,
        "title": title,
        "language": words.language,
        "direction": direction(words.language),
        "style": f"{site.base}/style.css?{style_version()}",
        "labels": {
            "next": words("Go on"),
            "back": words(BACK_LABEL),
            "skip": words(SKIP_LABEL),
            "problem": words("Please look at this once more"),
            "answer": words("Your answer"),
            "given": words("Your answers so far"),
            "none_given": words("You have not answered anything yet."),
            "change": words("Change it"),
            "stop": words("Stop these messages"),
            "more": words("More"),
            "contact": words("Questions: {contact}.", contact=site.contact),
            "privacy": words("Please write no details of cases or persons."),
        },
    }


def _title(page: Page, form: Form | None) -> str:
    if form is not None:
        return form.head
    if page.card is not None:
        return page.card.text.partition("\n")[0]
    return page.words("Your answers so far")


def _lines(page: Page) -> list[str]:
    """The text of a card, the heading first."""
    lines = page.card.text.split("\n") if page.card else []
    return [page.words("What is stored?"), *lines] if page.view is View.STORED else lines


def _buttons(card: Card, view: View) -> list[Button | Look]:
    """The buttons of a card that do something here, and links for those that only show.

    A view beside the interview has its own link back.
    """
    found: list[Button | Look] = []
    for button in (button for row in card.rows for button in row):
        token = read_token(button.token)
        if token is None or _in_chat_only(token) or (view and token.action is Action.GO):
            continue
        if token.action is Action.MINE and token.numbers[0] in MINE:
            found.append(Look(button.text, MINE[token.numbers[0]], None))
        elif token.action in LOOKS:
            # The buttons around the consent name an enrolment, or nothing.
            of_case = token.action not in (Action.STORED, Action.MY_LANGUAGES)
            case_id = token.numbers[0] if of_case else None
            found.append(Look(button.text, LOOKS[token.action], case_id))
        else:
            found.append(button)
    return found


def _in_chat_only(token: Token) -> bool:
    shown = token.action is Action.MINE and token.numbers[0] in (SHOW, ANSWERS)
    back = token.action is Action.CHANNEL and token.numbers == (STAY,)
    return shown or back or token.action in CHAT_ONLY


def _footer(page: Page) -> list[Look]:
    """Ways to the views beside an interview."""
    asking, words = page.asking, page.words
    if page.final:
        return []
    if asking is None:
        looks = [Look(words("Language"), View.LANGUAGES, None)]
    else:
        looks = [Look(words("See or change my answers"), View.ANSWERS, asking.case_id)]
        if len(asking.interview.questionnaire.languages) > 1:
            looks.append(Look(words("Language"), View.LANGUAGES, asking.case_id))
        looks.append(Look(words("What is stored?"), View.STORED, asking.case_id))
        looks.append(Look(words("Stop these messages"), View.STOP, asking.case_id))
    looks.append(Look(words("How you get our messages"), View.CHANNELS, None))
    looks.append(Look(words("What we store about you"), View.MINE, None))
    on_card = _buttons(page.card, page.view) if page.card else []
    there = {page.view} | {one.view for one in on_card if isinstance(one, Look)}
    return [look for look in looks if look.view not in there]


@cache
def style() -> bytes:
    """The one style sheet of all pages."""
    return (resources.files("bot.web") / "static" / "style.css").read_bytes()


@cache
def style_version() -> str:
    """Changes with the style sheet, so that browsers may keep it as long as they like."""
    return hashlib.sha256(style()).hexdigest()[:12]


@cache
def _template(name: str) -> Template:
    loader = PackageLoader("bot.web")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template(name)
