"""The code sheet for the last day of a workshop: a strip for each person, with their ways to join.

It shows names and valid codes: hand each strip to its person only.
"""

import io
from collections.abc import Sequence
from datetime import datetime

import segno
from sqlalchemy import Connection

from bot.access.codes import in_groups
from bot.desk.people.joining_codes import GivenCode
from bot.desk.reports.reporting import draw
from storage.fieldwork.workshops import get_workshop
from surveys.bidi import direction
from surveys.days import span_text
from surveys.wording import N_, Words

SCAN = N_("Scan this with your phone, or open:")
WITHOUT = N_("If you do not have Telegram, open:")
TYPE = N_("Or write to the bot in Telegram:")
TYPE_ALONE = N_("Write to the bot in Telegram:")
ALONE = N_("Only for you. Please do not give it to anyone else.")


def sheet_title(connection: Connection, code: str) -> str:
    """Return the title of a sheet: the workshop, its place and its days."""
    workshop = get_workshop(connection, code)
    days = span_text(workshop.starts_on, workshop.ends_on, "en")
    return f"{workshop.title}, {workshop.city}, {days}"


def chat_link(bot: str | None, code: str) -> str:
    """Return the link that opens the chat with a one-time code; '' if the bot has no name."""
    return f"https://t.me/{bot}?start={code}" if bot else ""


def draw_sheet(title: str, given: Sequence[GivenCode], bot: str | None, now: datetime) -> bytes:
    """Return the strips of one-time codes as a PDF: A4, eight a page, with lines to cut along."""
    return draw("strips.typ", {"title": title, "strips": [_strip(one, bot) for one in given]}, now)


def _strip(one: GivenCode, bot: str | None) -> dict[str, object]:
    words = Words(one.language)
    ways = ways_of(one, bot)
    return {
        "name": one.name,
        "administration": one.administration,
        "language": one.language,
        "direction": direction(one.language),
        "ways": [{"words": words(text), "value": value} for text, value in ways],
        "alone": words(ALONE),
        "qr": picture(ways[0][1]) if ways[0][0] == SCAN else "",
    }


def ways_of(one: GivenCode, bot: str | None) -> list[tuple[str, str]]:
    """Return the ways to join with what stands above each; the first has the QR code.

    Where the messenger is blocked it is the page alone, if there is one.
    """
    if one.blocked and one.page:
        return [(SCAN, one.page)]
    chat = chat_link(bot, one.code)
    ways = [(SCAN, chat or one.page)] if chat or one.page else []
    if chat and one.page:
        ways.append((WITHOUT, one.page))
    typed = (f"@{bot}  " if bot else "") + f"/start {in_groups(one.code)}"
    return [*ways, (TYPE if ways else TYPE_ALONE, typed)]


def picture(address: str) -> str:
    """Return a QR code as SVG, with enough error correction for a bad print."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
