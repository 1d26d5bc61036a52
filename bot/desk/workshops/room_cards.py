"""The card to project in the room: what will be asked and how to join, one page for each language."""

from datetime import datetime

from sqlalchemy import Connection

from bot.desk.reports.reporting import draw
from bot.desk.workshops.code_sheets import ALONE, sheet_title
from bot.fieldwork.planned_waves import plan_of
from bot.settings.office import Office
from bot.wording.service_messages import ONLY_IF_YOU_AGREE, WHO_SEES, how_long
from storage.fieldwork.workshops import get_workshop
from surveys.bidi import direction
from surveys.names import language_name
from surveys.people import Role
from surveys.wording import ENGLISH, N_, Words, worded_languages
from surveys.workshop import Workshop

STRIP = N_("Scan the code on your strip of paper with your phone, or open the link beside it.")


def card_pages(connection: Connection, office: Office, code: str) -> list[dict[str, object]]:
    """Return the pages of the card of a workshop: English first, then all languages of the bot."""
    workshop = get_workshop(connection, code)
    title = sheet_title(connection, workshop.code)
    languages = dict.fromkeys([ENGLISH, *worded_languages()])
    return [_page(office, workshop, title, language) for language in languages]


def _page(office: Office, workshop: Workshop, title: str, language: str) -> dict[str, object]:
    words = Words(language)
    waves = [one for one in plan_of(office, workshop).waves if one.role is Role.PARTICIPANT]
    return {
        "title": title,
        "language": language,
        "named": language_name(language),
        "direction": direction(language),
        "first": words(
            "The {office} would like to know what happens after its workshops.", office=office.name
        ),
        "lines": [
            words(STRIP),
            words(ALONE),
            how_long(words, workshop, max(1, len(waves))),
            words(WHO_SEES),
            words(ONLY_IF_YOU_AGREE),
            words("You can stop at any time. You can also ask us to delete your answers."),
        ],
    }


def draw_card(pages: list[dict[str, object]], now: datetime) -> bytes:
    """Return the card as a PDF for a projector: one page for each language."""
    return draw("card.typ", {"pages": pages}, now)
