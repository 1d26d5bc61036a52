"""The values of the web page: the query for a page of a link, and the page itself."""

from dataclasses import dataclass
from enum import StrEnum

from bot.messaging.messages import Card
from bot.wording.cards import Asking
from storage.people.links import Purpose
from surveys.wording import N_, Words

WRITE_HERE = N_("Write to the office")


class View(StrEnum):
    """The views of a link: the current question, or what can be looked at beside it."""

    HERE = ""
    ANSWERS = "answers"
    LANGUAGES = "languages"
    STORED = "stored"
    MINE = "mydata"
    DELETE = "delete"
    COPY = "copy"
    STOP = "stop"
    CHANNELS = "ways"
    WRITE = "write"


class BadLink(StrEnum):
    """Why a link shows no page."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"


@dataclass(frozen=True)
class PageQuery:
    """Which page of a link is asked for: the view, and the case if there are several."""

    purpose: Purpose = Purpose.INTERVIEW
    case_id: int | None = None
    view: View = View.HERE


@dataclass(frozen=True)
class Page:
    """One page. Without a card it shows the interview: the answers given, or the current question.

    `remark` says what was wrong with the last input, `news` what an accepted one means for other
    answers; "" if there is nothing to say.
    """

    words: Words
    view: View
    card: Card | None = None
    asking: Asking | None = None
    remark: str = ""
    news: str = ""
    about: str = ""
    """The title of the workshop."""
    languages: tuple[str, ...] = ()
    """The languages to choose from if no questionnaire is open yet."""
    final: bool = False
    """Whether the page has no links to other views."""
