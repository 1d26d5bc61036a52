"""The table of addresses of the desk, one row each. The first row that fits is used."""

from bot.web.desk.pages import mistakes, today, workshops
from bot.web.desk.pages.people import answers, calls, entering, inbox, listing, person, waiting
from bot.web.desk.rows import DeskPage

PAGES: tuple[DeskPage, ...] = (
    today.PAGE,
    workshops.PAGE,
    mistakes.PAGE,
    *listing.PAGES,
    calls.PAGE,
    inbox.PAGE,
    waiting.PAGE,
    person.PAGE,
    answers.PAGE,
    entering.PAGE,
)
