"""Renders a page as HTML. Decides nothing about what stands on it.

All texts come from `surveys.wording`; the templates contain none.
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
from bot.web.interview.page import WRITE_HERE, Page, View
from bot.wording.answers_card import answers_given
from bot.wording.cards import ONLY_OFFICE, Asking
from surveys.bidi import direction
from surveys.interview.interview import BACK_LABEL, SKIP_LABEL, Question, question
from surveys.items.base import Shape
from surveys.items.file_shown import RECEIVED, SEND
from surveys.names import language_name
from surveys.wording import Words

CHAT_ONLY = {Action.LATER, Action.PAUSE, Action.MENU}
"""Buttons that a page does not need, because it can simply be closed."""
VIEW_LINKS = {
    Action.ANSWERS: View.ANSWERS,
    Action.LANGUAGES: View.LANGUAGES,
    Action.MY_LANGUAGES: View.LANGUAGES,
    Action.STORED: View.STORED,
    Action.STOP: View.STOP,
}
"""Buttons that only show something, which are links on a page."""
PERSONAL_DATA_LINKS = {COPY: View.COPY, ASK: View.DELETE}
"""The same for buttons about personal data. The page always shows the answers."""


@dataclass(frozen=True)
class Site:
    """What all pages share: the office, its contact, and the path prefix `base`."""

    office: str
    contact: str
    base: str


@dataclass(frozen=True)
class ViewLink:
    """A link to another view of the same personal link."""

    text: str
    view: View
    case_id: int | None


@dataclass(frozen=True)
class Form:
    """The current question as a form, with the values of an earlier answer filled in."""

    question: Question
    case_id: int
    item: int
    values: tuple[str, ...]
    back: str
    skip: str
    kind: str
    head: str


def render(site: Site, page: Page, typed: tuple[str, ...] | None = None) -> str:
    """Return a page as HTML; `typed` are rejected values to be corrected in the form."""
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
    """Return the HTML of a page with a heading and a text."""
    return _template("note.html").render(
        **_frame(site, words, heading), heading=heading, text=text
    )


def form_of(page: Page, typed: tuple[str, ...] | None) -> Form | None:
    """Return the form of the current question, or None if nothing is asked."""
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
        head = words("{head}. You can choose more than one answer.", head=head)
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
    """Return the token that skips a question, "" if it cannot be skipped."""
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
            "next": words("Continue"),
            "back": words(BACK_LABEL),
            "skip": words(SKIP_LABEL),
            "problem": words("Please check this"),
            "answer": words("Your answer"),
            "kinds": words.remark(SEND),
            "seen": words(ONLY_OFFICE),
            "received": words("Your answer so far: {answer}", answer=words(RECEIVED)),
            "given": words("Your answers so far"),
            "none_given": words("You have not answered anything yet."),
            "change": words("Change it"),
            "stop": words("Stop these messages"),
            "more": words("More"),
            "send": words("Send"),
            "contact": words("Questions: {contact}.", contact=site.contact),
            "privacy": words("Please do not write details about cases or people."),
        },
    }


def _title(page: Page, form: Form | None) -> str:
    if form is not None:
        return form.head
    if page.card is not None:
        return page.card.text.partition("\n")[0]
    return page.words("Your answers so far")


def _lines(page: Page) -> list[str]:
    """Return the lines of a card, the heading first."""
    lines = page.card.text.split("\n") if page.card else []
    return [page.words("What is stored?"), *lines] if page.view is View.STORED else lines


def _buttons(card: Card, view: View) -> list[Button | ViewLink]:
    """Return the buttons of a card for a page; those that only show something become links.

    Left out are buttons for chats, and on a view the button back, for which the page has a link.
    """
    found: list[Button | ViewLink] = []
    for button in (button for row in card.rows for button in row):
        token = read_token(button.token)
        if token is None or _in_chat_only(token) or (view and token.action is Action.GO):
            continue
        if token.action is Action.MINE and token.numbers[0] in PERSONAL_DATA_LINKS:
            found.append(ViewLink(button.text, PERSONAL_DATA_LINKS[token.numbers[0]], None))
        elif token.action in VIEW_LINKS:
            # The buttons about consent name an enrolment or nothing, never a case.
            of_case = token.action not in (Action.STORED, Action.MY_LANGUAGES)
            case_id = token.numbers[0] if of_case else None
            found.append(ViewLink(button.text, VIEW_LINKS[token.action], case_id))
        else:
            found.append(button)
    return found


def _in_chat_only(token: Token) -> bool:
    shown = token.action is Action.MINE and token.numbers[0] in (SHOW, ANSWERS)
    back = token.action is Action.CHANNEL and token.numbers == (STAY,)
    return shown or back or token.action in CHAT_ONLY


def _footer(page: Page) -> list[ViewLink]:
    """Return the links to the other views."""
    asking, words = page.asking, page.words
    if page.final:
        return []
    if asking is None:
        links = [ViewLink(words("Language"), View.LANGUAGES, None)]
    else:
        links = [ViewLink(words("See or change my answers"), View.ANSWERS, asking.case_id)]
        if len(asking.interview.questionnaire.languages) > 1:
            links.append(ViewLink(words("Language"), View.LANGUAGES, asking.case_id))
        links.append(ViewLink(words("What is stored?"), View.STORED, asking.case_id))
        links.append(ViewLink(words("Stop these messages"), View.STOP, asking.case_id))
    links.append(ViewLink(words("How you get our messages"), View.CHANNELS, None))
    links.append(ViewLink(words("What we store about you"), View.MINE, None))
    links.append(ViewLink(words(WRITE_HERE), View.WRITE, None))
    on_card = _buttons(page.card, page.view) if page.card else []
    there = {page.view} | {one.view for one in on_card if isinstance(one, ViewLink)}
    return [link for link in links if link.view not in there]


@cache
def style() -> bytes:
    """Return the style sheet of all pages."""
    return (resources.files("bot.web") / "static" / "style.css").read_bytes()


@cache
def style_version() -> str:
    """Return a hash of the style sheet; browsers may cache an address with it for ever."""
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
