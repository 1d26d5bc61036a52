"""The poster for the room of a workshop: the room code, to be scanned or typed, in all its languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.reports.reporting import draw
from bot.desk.workshops.code_sheets import TYPE, TYPE_ALONE, chat_link, picture, sheet_title
from bot.desk.workshops.room_codes import RoomCode
from storage.fieldwork.workshops import get_workshop
from storage.people.administrations import all_administrations
from storage.people.enrolments import languages_in
from surveys.bidi import direction
from surveys.days import day_text
from surveys.people import Role
from surveys.wording import N_, Words

SCAN_ROOM = N_("Scan this with your phone.")
ONLY_TODAY = N_("This code works on {day} only.")
BLOCKED = (
    "Telegram is blocked in {country}, so people there cannot use the code. "
    "`followup participants codes {code}` prints strips that lead to the page."
)


@dataclass(frozen=True)
class PosterFacts:
    """What a poster needs besides its code: a title, languages, and a warning or ''."""

    title: str
    languages: tuple[str, ...]
    warning: str


def poster_facts(connection: Connection, code: str) -> PosterFacts:
    """Return the title of a workshop, the languages of its participants, and what is to be known."""
    workshop = get_workshop(connection, code)
    spoken = languages_in(connection, code, Role.PARTICIPANT)
    host = all_administrations(connection).get(workshop.country)
    blocked = host is not None and host.telegram == "blocked"
    country = host.name if host else ""
    warning = BLOCKED.format(country=country, code=code) if blocked else ""
    languages = dict.fromkeys(["en", *sorted(spoken)])
    return PosterFacts(sheet_title(connection, code), tuple(languages), warning)


def draw_poster(facts: PosterFacts, made: RoomCode, bot: str | None, now: datetime) -> bytes:
    """Return a page in A4 with the room code, its QR code and how it is used."""
    link = chat_link(bot, made.code)
    data: dict[str, object] = {
        "title": facts.title,
        "bot": f"@{bot}" if bot else "",
        "code": made.code,
        "qr": picture(link) if link else "",
        "lines": _lines(facts.languages, made, TYPE if link else TYPE_ALONE),
    }
    return draw("poster.typ", data, now)


def _lines(languages: Sequence[str], made: RoomCode, way: str) -> list[dict[str, str]]:
    """Return the same words in each language."""
    return [
        {
            "language": language,
            "direction": direction(language),
            "scan": Words(language)(SCAN_ROOM),
            "type": Words(language)(way),
            "only": Words(language)(ONLY_TODAY, day=day_text(made.day, language)),
        }
        for language in languages
    ]
