"""The table of addresses of the desk, one row each. The first row that fits is used."""

from bot.web.desk.pages import (
    codes,
    importing,
    mistakes,
    more_questions,
    office,
    own_words,
    programmes,
    reports,
    room,
    today,
    wave,
    workshop,
    workshops,
)
from bot.web.desk.pages.people import answers, calls, entering, inbox, listing, person, waiting
from bot.web.desk.rows import DeskPage

PAGES: tuple[DeskPage, ...] = (
    today.PAGE,
    workshops.PAGE,
    workshops.YEAR,
    programmes.PAGE,
    *importing.PAGES,
    *more_questions.PAGES,
    workshop.PAGE,
    codes.PAGE,
    room.PAGE,
    wave.PAGE,
    own_words.PAGE,
    *reports.PAGES,
    *office.PAGES,
    mistakes.PAGE,
    *listing.PAGES,
    calls.PAGE,
    inbox.PAGE,
    waiting.PAGE,
    person.PAGE,
    answers.PAGE,
    entering.PAGE,
)
