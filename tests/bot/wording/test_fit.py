"""Buttons and cards fit a small phone in all languages, also with the longest names.

A line of a chat on a screen of 320 points was measured in a browser with the fonts of reports, at
16 points: 300 points hold 38 Latin letters or 19 Chinese signs. Thai and Khmer letters are wider.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

import pytest

from bot.messaging.messages import Button, Card
from bot.participants import personal_data_cards
from bot.settings.office import Office
from bot.wording import service_messages
from bot.wording.cards import OPTIONS_A_PAGE
from bot.wording.case_cards import until_line
from bot.wording.channel_names import NAMES
from bot.wording.rows import beside
from storage.fieldwork.next_contact import Rules
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.proofreading import QUOTE
from surveys.days import day_text, month_text
from surveys.interview.interview import BACK_LABEL, DONE_LABEL, SKIP_LABEL
from surveys.items import BY_NAME
from surveys.items.base import Choice, Shape
from surveys.items.pick_one import numbered
from surveys.names import language_name, place_in
from surveys.people import Enrolment, Participant, Role
from surveys.planning.administrations import packaged_administrations
from surveys.questionnaire import Item, Option, Questionnaire
from surveys.widths import WIDEST_BUTTON, columns
from surveys.wording import Words, worded_languages
from surveys.workshop import Workshop
from tests.places import ROOT

LANGUAGES = worded_languages()
MOST_LINES = 8
A_LINE = {"km": 32, "th": 35}
LATIN_LINE = 38
UNSPACED = ("km", "th", "zh")
NAME = "Siti Nurhaliza binti Abdullah"
TITLE = "Project management for reform and modernisation"
"""The longest title of the calendar of a year that comes with the demo."""
NOW = datetime(2017, 12, 8, 10, tzinfo=UTC)
SHOP = Workshop(
    code="PM-2017",
    title=TITLE,
    kind="regional",
    starts_on=date(2017, 12, 4),
    ends_on=date(2017, 12, 8),
    city="Bandar Seri Begawan",
    country="BN",
)
OFFICE = Office(Rules({}, ()))
LABELS = (
    BACK_LABEL, SKIP_LABEL, DONE_LABEL, "Start", "Continue at question {number}", "Later",
    "I agree", "I have changed my mind: I agree", *NAMES.values(),
)  # fmt: skip
"""Labels that reach their button through a variable."""
LONG_CARDS = {
    "consent": "what a person agrees to is said whole and once, on the card with the button",
    "consent, reminded": "the same, and until when the questions can be answered",
    "stored": "what is stored and for how long is one promise; people ask for this card",
    "delete": "what cannot be undone is said whole before it is done",
}


@lru_cache
def labels_in_code() -> frozenset[str]:
    """The English texts that are written inside a `Button(...)` of the bot."""
    return frozenset(_labels_in_code())


def _labels_in_code() -> Iterator[str]:
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Button":
                told = node.args[0] if node.args else None
                if isinstance(told, ast.Call) and told.args:
                    told = told.args[0]
                if isinstance(told, ast.Constant):
                    yield str(told.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_the_bot_fits_a_phone(language: str) -> None:
    told = {*labels_in_code(), *LABELS}
    assert "Stop these messages" in told
    shown = [Words(language)(label, number="25") for label in told]
    shown += [f"✓ {language_name(code)}" for code in LANGUAGES]
    assert [label for label in shown if columns(label) > WIDEST_BUTTON] == []


def buttons(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Every choice of a questionnaire as its button shows it."""
    for options in questionnaire.choices.values():
        told = tuple(Choice(option.name, option.label[language]) for option in options)
        for number, choice in enumerate(told, 1):
            yield f"{number}. {choice.label}" if numbered(told) else choice.label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", packaged_keys())
def test_every_choice_fits_its_button(key: str, language: str) -> None:
    told = buttons(packaged_questionnaire(key), language)
    assert [label for label in told if columns(label) > WIDEST_BUTTON] == []


@pytest.mark.parametrize("key", packaged_keys())
def test_every_packaged_list_fits_one_page(key: str) -> None:
    longest = max(packaged_questionnaire(key).choices.values(), key=len, default=())
    assert len(longest) <= OPTIONS_A_PAGE


def test_a_button_that_has_no_room_beside_others_stands_above_them() -> None:
    back, keep, menu = Button("‹ Back", "b"), Button("Keep my answer", "k"), Button("⋯", "m")
    assert beside(back, Button("Skip", "s"), menu) == ((back, Button("Skip", "s"), menu),)
    assert beside(back, keep, menu) == ((keep,), (back, menu))
    wide = Button("See or change my answers", "a")
    assert beside(wide, wide) == ((wide,), (wide,))


def lines(text: str, language: str) -> int:
    """How many lines of a phone a text takes."""
    room = A_LINE.get(language, LATIN_LINE)
    return sum(_wrapped(part, room, language) for part in text.split("\n"))


def _wrapped(text: str, room: int, language: str) -> int:
    if language in UNSPACED:
        return max(1, -(-columns(text) // room))
    count, used = 1, 0
    for word in text.split(" "):
        width = columns(word)
        if used and used + 1 + width > room:
            count, used = count + 1, width
        else:
            used += width + bool(used)
    return count


def longest(options: tuple[Option, ...], language: str) -> str:
    return max((option.label[language] for option in options), key=columns)


def longest_administration(language: str) -> str:
    known = packaged_administrations().values()
    return max((place_in(one.code, one.name, language) for one in known), key=columns)


def quotes(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """The longest text for everything that a question may quote."""
    planned = longest(packaged_questionnaire("END").choices["takeaways"], language)
    return {
        "workshop_title": TITLE,
        "administration_name": longest_administration(language),
        "ended_month": month_text(SHOP.ends_on, language),
        "change_1_text": planned,
        "change_2_text": planned,
    }


def asked_texts(questionnaire: Questionnaire, language: str) -> Iterator[tuple[str, str]]:
    words = Words(language)
    filled = quotes(questionnaire, language)
    for item in questionnaire.items:
        shape = BY_NAME[item.type].shape
        if shape is None:
            continue
        head = words("Question {number} of about {about}", number="12", about="17")
        if shape is Shape.PICK_MANY and "max" not in item.parameters:
            head = words("{head}. You can choose more than one answer.", head=head)
        parts = [head, *(_told(item, column, language) for column in ("heading", "label", "hint"))]
        parts.append(words("Please type your answer.") if shape is Shape.TEXT else "")
        told = "\n".join(filter(None, parts))
        for name in QUOTE.findall(told):
            replaced = filled.get(name) or longest(
                questionnaire.options(questionnaire.by_name[name]), language
            )
            told = told.replace(f"${{{name}}}", replaced)
        yield item.name, told


def _told(item: Item, column: str, language: str) -> str:
    return str(getattr(item, column).get(language, ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", packaged_keys())
def test_every_question_fits_a_phone_above_its_buttons(key: str, language: str) -> None:
    asked = asked_texts(packaged_questionnaire(key), language)
    long = {name: told for name, told in asked if lines(told, language) > MOST_LINES}
    assert long == {}


def cards(language: str) -> Iterator[tuple[str, Card]]:
    """The cards around the interviews, with the longest names."""
    words = Words(language)
    person = Participant(1, "P-ABCDE-FGHJ2", NAME, language)
    enrolment = Enrolment(1, "PM-2017", 1, Role.CONTACT_POINT, "BN", NOW)
    yield (
        "consent",
        service_messages.consent_card(OFFICE, person, enrolment, (SHOP, 3), begun=True),
    )
    until = until_line(words, NOW.date(), last=True)
    reminder = service_messages.consent_card(
        OFFICE, person, enrolment, (SHOP, 3), begun=True, reminder=until
    )
    yield "consent, reminded", reminder
    yield "stored", service_messages.stored_card(OFFICE, words, enrolment)
    yield "agreed", service_messages.agreed_card(words, 1, "")
    yield "declined", service_messages.declined_card(words, enrolment)
    yield "stopped", service_messages.stopped_card(OFFICE, words, on_page=False)
    yield "welcome back", service_messages.welcome_back_card(words)
    yield "delete", personal_data_cards.ask_card(words)
    yield "deleted", personal_data_cards.last_card(words, personal_data_cards.ERASED_KEPT)
    yield "invitation", Card(_invitation(words))


def _invitation(words: Words) -> str:
    title = longest_title(words.language)
    return "\n".join(
        [
            words("Hello {name}, this is a short reminder.", name=NAME),
            words("{title}: {workshop}, {city}.", title=title, workshop=TITLE, city=SHOP.city),
            words(
                "Answered so far: {answered} of about {about}.",
                answered="12",
                about="17",
            ),
            words("Last reminder. Open until {day}.", day=day_text(SHOP.ends_on, words.language)),
        ]
    )


def longest_title(language: str) -> str:
    waves = ("PRE", "END", "M3", "M6", "M12", "SUP6", "SUP12", "NCP12")
    return max((packaged_questionnaire(key).title[language] for key in waves), key=columns)


def test_every_card_fits_a_phone_but_for_those_that_say_why() -> None:
    long = {
        name
        for language in LANGUAGES
        for name, card in cards(language)
        if lines(card.text, language) > MOST_LINES
    }
    assert long == set(LONG_CARDS)
